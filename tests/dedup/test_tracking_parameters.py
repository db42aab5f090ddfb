"""Which parameters only say how a reader came."""

import pytest

from ingest.dedup.tracking_parameters import is_tracking_parameter


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("fbclid", "x"), ("FBCLID", ""), ("utm_anything", "1"), ("UTM_Source", "x"), ("hsa_cam", "1"),
        ("source", "rss"), ("via", "Twitter"), ("source", "home---stories----0"), ("ref", "Blog.Other.example"),
    ],
)  # fmt: skip
def test_a_name_of_a_campaign_or_a_value_that_names_a_referrer_is_one(name: str, value: str):
    assert is_tracking_parameter(name, value)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("id", "7"), ("utm", "7"), ("source", "kim"), ("via", "a---b"), ("ref", "home"), ("ref", "77"), ("page", "rss"),
        ("ref", "a/b.example"),
    ],
)  # fmt: skip
def test_a_parameter_that_may_name_a_page_is_none(name: str, value: str):
    assert not is_tracking_parameter(name, value)
