"""What status and header fields mean: content, a redirect, a failure, or a pause."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.errors import FetchError
from ingest.fetch.http.response_head import REDIRECTS, ResponseHead, raise_for_status, retry_after

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


def outcome(status: int, *, conditional: bool = False, **fields: str) -> tuple[str, int | None, float | None]:
    """Error class ("ok" for none), status of the error, and the wait it asks for."""
    raw = [(name.replace("_", "-").encode(), value.encode()) for name, value in fields.items()]
    try:
        raise_for_status(ResponseHead.of(status, raw), "https://harbour.example/", conditional=conditional, now=NOW)
    except FetchError as failure:
        return failure.code, failure.status, failure.retry_after
    return "ok", None, None


CLASSES = {
    "ok": [200, 201, 204, 299],
    "http_3xx": [300, 305, 306, 310, 399],
    "auth": [401, 403, 407],
    "gone": [410],
    "http_4xx": [400, 402, 404, 405, 408, 409, 418, 451, 499],
    "rate_limited": [429],
    "http_5xx": [500, 502, 503, 504, 599],
    "protocol": [206],
}


@pytest.mark.parametrize(("status", "code"), [(status, code) for code, each in CLASSES.items() for status in each])
def test_a_status_has_one_error_class_and_is_kept_with_it(status: int, code: str) -> None:
    assert outcome(status) == (code, None if code == "ok" else status, None)


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_redirect_needs_a_location(status: int) -> None:
    assert status in REDIRECTS
    assert outcome(status, location="/elsewhere") == ("ok", None, None)
    assert outcome(status) == ("http_3xx", status, None)


def test_not_modified_is_an_answer_only_to_a_condition() -> None:
    assert outcome(304, conditional=True) == ("ok", None, None)
    assert outcome(304) == ("protocol", 304, None)


def test_only_a_503_that_names_a_time_asks_for_a_pause() -> None:
    assert outcome(503, retry_after="120") == ("rate_limited", 503, 120.0)
    assert outcome(503, retry_after="after lunch") == ("http_5xx", 503, None)
    assert outcome(429, retry_after="120") == ("rate_limited", 429, 120.0)
    assert outcome(500, retry_after="120") == ("http_5xx", 500, 120.0)
    assert outcome(404, retry_after="120") == ("http_4xx", 404, None)


@pytest.mark.parametrize("content_type", ["image/png", " Application/PDF; x=y", "video/mp4", "application/zip"])
def test_what_cannot_be_a_page_is_refused_by_its_type(content_type: str) -> None:
    assert outcome(200, content_type=content_type) == ("unsupported_type", 200, None)


@pytest.mark.parametrize("content_type", ["text/html", "application/json", "application/octet-stream", "nonsense", ""])
def test_any_other_type_may_be_a_page(content_type: str) -> None:
    assert outcome(200, content_type=content_type) == ("ok", None, None)


def message(status: int, **fields: str) -> str:
    raw = [(name.replace("_", "-").encode(), value.encode()) for name, value in fields.items()]
    with pytest.raises(FetchError) as caught:
        raise_for_status(ResponseHead.of(status, raw), "https://harbour.example/", conditional=False, now=NOW)
    return caught.value.message


def test_a_message_says_what_an_operator_wants_to_know() -> None:
    assert message(404) == "404: there is no such page"
    assert message(418) == "418: the server refused the request"
    assert message(429, retry_after="120").endswith("until 2026-03-02 10:02 UTC")
    assert message(429).endswith("for a while")
    assert message(200, content_type="image/png; x=y") == "image/png is not a page"


def test_a_hostile_content_type_is_shown_short_and_in_plain_characters() -> None:
    shown = message(200, content_type="image/\x1b[31m" + "x" * 500)
    assert shown.isprintable()
    assert len(shown) < 120
