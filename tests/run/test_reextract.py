"""Today's extractors on the pages that were kept."""

from __future__ import annotations

from dataclasses import replace

from in_process import Town

from ingest.model import Rule
from ingest.run.reextract import reextract
from ingest.run.report import SourceReport


def _reextract(town: Town, rule: Rule | None = None, *, dry_run: bool = False) -> SourceReport:
    source = replace(town.source, rule=rule)
    report = town.run(lambda runtime: reextract(runtime, [source], dry_run=dry_run), source)
    return report.sources[0]


def _fetch(town: Town) -> None:
    town.run(lambda runtime: runtime.pipeline.run_source(town.source))
    town.web.asked.clear()


SHORTER = Rule(body=("article",), drop=("h1", "p:last-of-type"))


def test_pages_that_read_the_same_today_are_unchanged_and_no_server_is_asked(town: Town) -> None:
    _fetch(town)
    report = _reextract(town)
    assert (report.found, report.unchanged, report.changed, report.outcome) == (2, 2, 0, "ok")
    assert town.web.asked == []


def test_a_page_that_reads_otherwise_today_becomes_a_new_version(town: Town) -> None:
    _fetch(town)
    links = town.rows("SELECT * FROM links")
    assert _reextract(town, SHORTER).changed == 2
    assert town.rows("SELECT count(*) FROM versions") == [(2,)]
    assert town.rows("SELECT * FROM links") == links


def test_a_dry_run_counts_and_stores_nothing(town: Town) -> None:
    _fetch(town)
    before = town.rows("SELECT * FROM articles")
    assert _reextract(town, SHORTER, dry_run=True).changed == 2
    assert town.rows("SELECT * FROM articles") == before


def test_a_page_that_cannot_be_read_today_is_reported_and_its_article_stays(town: Town) -> None:
    _fetch(town)
    before = town.rows("SELECT text FROM articles ORDER BY id")
    report = _reextract(town, Rule(body=(".nowhere",), drop=("p",)))
    assert report.changed == 0
    assert town.rows("SELECT text FROM articles ORDER BY id") == before
