"""What becomes of an exception that nobody expected."""

from __future__ import annotations

import pytest
from structlog.testing import capture_logs

from ingest.errors import FetchError, IngestError, PageError, StoreError
from ingest.run.bugs import as_page_error

URL = "https://news.example/a"


def test_a_bug_becomes_a_failure_of_its_url_with_a_traceback_in_the_log() -> None:
    with capture_logs() as logs, pytest.raises(PageError) as caught, as_page_error("bug while reading", "news", URL):
        raise KeyError("oops")
    assert (caught.value.code, caught.value.url) == ("extract", URL)
    (line,) = logs
    assert (line["event"], line["source"], line["url"]) == ("bug while reading", "news", URL)
    assert line["exc_info"]


@pytest.mark.parametrize("failure", [StoreError("the disk is full"), FetchError(URL, "timeout", "slow")])
def test_expected_failures_pass_without_a_line_in_the_log(failure: IngestError) -> None:
    with capture_logs() as logs, pytest.raises(type(failure)) as caught, as_page_error("bug", "news", URL):
        raise failure
    assert caught.value is failure
    assert logs == []


def test_a_cancelled_run_is_no_bug() -> None:
    with capture_logs() as logs, pytest.raises(KeyboardInterrupt), as_page_error("bug", "news", URL):
        raise KeyboardInterrupt
    assert logs == []
