"""What a run says it did."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from ingest.errors import FetchError, HostPausedError, PageError
from ingest.model import Changed, Duplicate, New, Unchanged
from ingest.run.report import RunReport, SourceReport

URL = "https://news.example/a"
NOW = datetime(2026, 3, 4, 5, 6, 7, tzinfo=UTC)


def _error(code: str = "timeout", message: str = "no answer") -> PageError:
    return PageError(URL, code, message)


def test_each_decision_is_counted_by_its_name() -> None:
    report = SourceReport("news")
    for decision in (New(1), New(2), New(3), New(4), Changed(1), Changed(2), Changed(3), Unchanged(1), Unchanged(2)):
        report.count(decision)
    report.count(Duplicate(5, of=1))
    assert (report.new, report.changed, report.unchanged, report.duplicate) == (4, 3, 2, 1)
    assert report.stored == 10


def test_a_source_whose_index_cannot_be_read_has_failed() -> None:
    report = SourceReport("news")
    report.fail(_error())
    assert (report.outcome, report.error, report.message) == ("failed", "timeout", "no answer")


def test_a_source_that_wants_to_be_left_alone_is_skipped() -> None:
    report = SourceReport("news")
    report.fail(HostPausedError(URL, "asked to wait", retry_after=60.0))
    assert (report.outcome, report.error) == ("skipped", "rate_limited")


def test_one_failed_link_gives_its_own_message() -> None:
    report = SourceReport("news")
    report.fail_link(_error())
    assert (report.outcome, report.failed, report.error, report.message) == ("ok", 1, "timeout", "no answer")


def test_several_failed_links_are_counted_under_their_commonest_class_with_the_last_message() -> None:
    report = SourceReport("news")
    report.fail_link(_error("http_5xx", "503"))
    report.fail_link(_error("timeout", "slow"))
    assert report.message == "2 links failed, last: slow"
    report.fail_link(_error("timeout", "slower"))
    assert (report.error, report.message) == ("timeout", "3 links failed, last: slower")


def test_failed_links_do_not_hide_why_the_index_failed() -> None:
    report = SourceReport("news")
    report.fail(_error("not_a_feed", "a page"))
    report.fail_link(_error())
    assert (report.failed, report.error, report.message) == (1, "not_a_feed", "a page")


def test_links_that_wait_for_their_host_are_named_unless_something_failed_before() -> None:
    report = SourceReport("news")
    report.postpone(_error("rate_limited", "asked to wait"))
    assert (report.outcome, report.error, report.failed) == ("ok", "rate_limited", 0)
    report = SourceReport("news")
    report.fail_link(_error())
    report.postpone(_error("rate_limited", "asked to wait"))
    assert (report.error, report.message) == ("timeout", "no answer")


def test_a_source_of_which_no_link_could_be_read_has_failed() -> None:
    report = SourceReport("news")
    report.fail_link(_error())
    report.close()
    assert (report.outcome, report.closed) == ("failed", True)


def test_a_source_with_an_article_or_without_links_is_ok() -> None:
    report = SourceReport("news")
    report.fail_link(_error())
    report.count(Unchanged(1))
    report.close()
    assert (report.outcome, report.closed) == ("ok", True)
    report = SourceReport("news")
    assert not report.closed
    report.close()
    assert report.outcome == "ok"


def test_a_paused_source_of_which_links_failed_has_failed() -> None:
    report = SourceReport("news")
    report.fail(HostPausedError(URL, "asked to wait", retry_after=60.0))
    report.fail_link(FetchError(URL, "http_5xx", "503"))
    report.close()
    assert report.outcome == "failed"


def test_a_run_reads_as_json_with_totals_and_times_in_utc() -> None:
    first, second = SourceReport("a", found=3, new=2, skipped=1), SourceReport("b", found=1)
    second.fail(_error())
    run = RunReport(NOW, NOW + timedelta(seconds=9), [first, second])
    assert run.failed == [second]
    counts = {"changed": 0, "unchanged": 0, "duplicate": 0, "held_back": 0, "failed": 0}
    assert run.as_json() == {
        "started": "2026-03-04T05:06:07Z",
        "finished": "2026-03-04T05:06:16Z",
        "sources": [
            {"name": "a", "outcome": "ok", "error": None, "message": "", "found": 3, "new": 2, "skipped": 1} | counts,
            {"name": "b", "outcome": "failed", "error": "timeout", "message": "no answer", "found": 1, "new": 0,
             "skipped": 0} | counts,
        ],
        "totals": {"found": 4, "new": 2, "skipped": 1} | counts,
    }  # fmt: skip


def test_a_run_that_goes_on_has_no_end() -> None:
    assert RunReport(NOW).as_json()["finished"] is None


def test_a_source_that_was_not_run_has_counted_nothing() -> None:
    counts = SourceReport("news").as_json()
    assert set(counts.values()) == {"news", "ok", None, "", 0}
