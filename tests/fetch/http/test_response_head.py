"""What heads of answers mean."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.fetch.http.response_head import ResponseHead, retry_after

NOW = datetime(2026, 3, 2, 10, 0, 0, tzinfo=UTC)

WAITS = [
    ("0", 0.0),
    ("120", 120.0),
    (" 7 ", 7.0),
    ("99999999999999999999", 86_400.0),
    ("Mon, 02 Mar 2026 10:05:00 GMT", 300.0),
    ("Monday, 02-Mar-26 10:05:00 GMT", 300.0),
    ("Mon, 02 Mar 2026 09:00:00 GMT", 0.0),
    ("Fri, 31 Dec 9999 23:59:59 GMT", 86_400.0),
    ("", None),
    ("-5", None),
    ("3.7", None),
    ("1e9", None),
    ("0x10", None),
    ("soon", None),
    ("\u0663", None),
    ("9" * 400, 86_400.0),
    ("9" * 401, None),
    ("Thu, 99 Foo 2026 99:99:99 GMT", None),
    ("Thu, 01 Jan 0000 00:00:00 GMT", 0.0),
]


@pytest.mark.parametrize(("value", "seconds"), WAITS)
def test_retry_after_is_read_in_both_forms_and_kept_within_a_day(value: str, seconds: float | None) -> None:
    assert retry_after(value, NOW) == seconds


@given(st.text(max_size=40) | st.text(max_size=30).map(lambda text: text + " GMT"))
def test_any_retry_after_is_a_wait_within_a_day_or_none(value: str) -> None:
    seconds = retry_after(value, NOW)
    assert seconds is None or 0.0 <= seconds <= 86_400.0


def test_only_fields_that_later_steps_read_are_kept_and_long_ones_are_cut() -> None:
    raw = [(b"ETag", b'"\xe9"'), (b"Link", b"<a>"), (b"link", b"<b>"), (b"Age", b"9" * 5000), (b"Set-Cookie", b"a=b")]
    kept = ResponseHead.of(200, raw).kept
    assert kept == {"etag": '"\xe9"', "link": "<a>, <b>", "age": "9" * 4096}


@given(st.binary(max_size=50))
def test_any_location_is_text_that_a_url_can_be_read_from(location: bytes) -> None:
    assert ResponseHead.of(302, [(b"Location", location)]).location.encode() is not None


@pytest.mark.parametrize(("length", "read"), [("12", 12), ("", 0), ("-1", 0), ("1e3", 0), ("\xb2", 0), ("9" * 5000, 0)])
def test_an_announced_length_is_a_plain_number_or_none(length: str, read: int) -> None:
    assert ResponseHead.of(200, [(b"Content-Length", length.encode("latin-1"))]).length == read
