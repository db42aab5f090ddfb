"""How a run shows what it does, in lines."""

from datetime import UTC, datetime, timedelta

import pytest

from ingest.cli.progress import display, run_line, source_line
from ingest.errors import FetchError
from ingest.run.report import RunReport, SourceReport

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)


def failed(name: str) -> SourceReport:
    report = SourceReport(name)
    report.fail(FetchError("https://town.example/", "connect", "no\x1b route"))
    return report


def test_a_source_is_a_line_with_its_counts_and_what_went_wrong():
    assert source_line(SourceReport("town", new=2, unchanged=1)) == "town: ok (2 new, 1 unchanged)"
    assert source_line(SourceReport("town")) == "town: ok (nothing new)"
    assert source_line(failed("town")) == "town: failed — connect: no route"


def test_a_long_message_is_cut():
    report = SourceReport("town")
    report.fail(FetchError("https://town.example/", "connect", "x" * 1_000))
    assert source_line(report) == "town: failed — connect: " + "x" * 199 + "…"


def test_a_run_is_a_line_with_its_totals_and_its_failures():
    report = RunReport(NOW, NOW + timedelta(seconds=1.26), [SourceReport("a", found=3, new=2), failed("b")])
    assert run_line(report) == "2 new in 1.3 s; 1 of 2 sources failed"
    assert run_line(RunReport(NOW)) == "nothing new in 0.0 s"


def test_in_a_pipe_a_source_is_printed_once_it_is_done(capsys: pytest.CaptureFixture[str]):
    report = SourceReport("town", new=2)
    context, on_progress = display(1)
    with context:
        on_progress(report)
        assert capsys.readouterr().out == ""
        report.close()
        on_progress(report)
        assert capsys.readouterr().out == "town: ok (2 new)\n"


def test_a_quiet_run_prints_nothing(capsys: pytest.CaptureFixture[str]):
    report = SourceReport("town", new=2)
    report.close()
    _, on_progress = display(1, quiet=True)
    on_progress(report)
    assert capsys.readouterr().out == ""
