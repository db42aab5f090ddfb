"""Today's extractors on the pages that were kept."""

from __future__ import annotations

from dataclasses import replace

from in_process import LINES, Town

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


OLD, NEW = Rule(body=("article",), drop=("h1",)), Rule(body=(".story", "article"), drop=("h1", ".stamp"))


def test_a_rule_that_is_corrected_closes_the_finding_of_the_redesign(town: Town) -> None:
    paths = [f"/2026/story-{number}" for number in range(10)]
    town.write(*paths)
    source = replace(town.source, rule=OLD)
    town.run(lambda runtime: runtime.pipeline.run_source(source), source)
    later = dict.fromkeys(paths, "Mon, 02 Mar 2026 10:00:00 GMT")
    town.web.feed("/feed.xml", *paths, dates=later)
    for path in paths:
        lines = "".join(f"<p>{line} ({path})</p>" for line in LINES)
        html = f"<h1>Story of {path}</h1><div class=story><div class=stamp>Four minutes</div>{lines}</div>"
        town.answer(path, html.encode(), content_type="text/html")
    assert town.run(lambda runtime: runtime.pipeline.run_source(source), source).held_back == 10
    found = "SELECT kind, closed_at IS NULL FROM findings"
    assert town.rows(found) == [("rule", 1)]
    corrected = replace(source, rule=NEW)
    town.run(lambda runtime: reextract(runtime, [corrected], dry_run=True), corrected)
    assert town.rows(found) == [("rule", 1)]
    town.run(lambda runtime: reextract(runtime, [corrected]), corrected)
    assert town.rows(found) == [("rule", 0)]
