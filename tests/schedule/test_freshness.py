"""How long an HTTP response stays fresh."""

from datetime import UTC, datetime

import pytest

from ingest.schedule.freshness import freshness_lifetime

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({}, 0),
        ({"cache-control": "public, max-age=600"}, 600),
        ({"cache-control": "max-age=600", "age": "200"}, 400),
        ({"cache-control": "max-age=600", "age": "9000"}, 0),
        ({"cache-control": 'MAX-AGE="600"'}, 600),
        ({"cache-control": "no-cache, max-age=600"}, 0),
        ({"cache-control": "s-maxage=600"}, 0),
        ({"cache-control": "max-age=600", "expires": "Sun, 01 Mar 2026 18:00:00 GMT"}, 600),
        ({"expires": "Sun, 01 Mar 2026 13:00:00 GMT"}, 3600),
        ({"expires": "Sun, 01 Mar 2026 13:00:00 GMT", "date": "Sun, 01 Mar 2026 12:30:00 GMT"}, 1800),
        ({"expires": "Thu, 01 Jan 1970 00:00:00 GMT"}, 0),
        ({"expires": "0"}, 0),
        ({"expires": "-1"}, 0),
        ({"cache-control": "max-age=" + "9" * 5000}, 9_999_999_999),
    ],
)
def test_a_response_is_fresh_as_long_as_its_headers_say(headers: dict[str, str], seconds: float):
    assert freshness_lifetime(headers, NOW) == seconds
