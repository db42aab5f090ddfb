from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.extraction.markup import loose_json


@pytest.mark.parametrize(
    "text",
    [
        '{"name": "A // b, }"}',
        '<!-- {"name": "A // b, }"} -->',
        '//<![CDATA[\n{"name": "A // b, }"}\n//]]>',
        '/*<![CDATA[*/ {"name": "A // b, }"} /*]]>*/',
        '{"name": "A // b, }",}',
        '{"name": "A // b, }" // the name\n}',
        '{/* the name */ "name": "A // b, }"}',
        '\ufeff{"name": "A // b, }"};',
    ],
)
def test_json_is_read_through_what_pages_wrap_around_it(text: str) -> None:
    assert loose_json.loads(text) == {"name": "A // b, }"}


def test_raw_line_breaks_and_stray_backslashes_are_kept_in_strings() -> None:
    assert loose_json.loads('{"text": "one\ntwo \\d"}') == {"text": "one\ntwo \\d"}


@pytest.mark.parametrize("text", ["", "   ", "window.x = 1", '{"a": ', "[" * 100_000])
def test_what_is_no_json_is_none(text: str) -> None:
    assert loose_json.loads(text) is None


@pytest.mark.parametrize("bait", ['"\\"', "/*", ", ", '{"a":', "\\", "//"])
def test_bait_for_the_repair_is_answered(bait: str) -> None:
    assert loose_json.loads("{" + bait * 60_000) is None


@given(
    st.recursive(
        st.none() | st.booleans() | st.text(), lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner)
    )
)
def test_sound_json_is_not_changed(value: object) -> None:
    assert loose_json.loads(json.dumps(value)) == value


def test_a_long_text_is_not_repaired():
    def broken(length: int) -> str:
        return '{"a": "' + "x" * (length - 11) + '",}x'

    assert len(broken(200_000)) == 200_000
    assert loose_json.loads(broken(200_000)) is not None
    assert loose_json.loads(broken(200_001)) is None


def test_only_the_wrapping_at_the_beginning_is_taken_off():
    assert loose_json.loads("<!-- <!-- 5") is None
    assert loose_json.loads('<!-- {"a": "<!-- b"} -->') == {"a": "<!-- b"}
