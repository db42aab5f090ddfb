"""The whole history of a source, an index page at a time."""

from __future__ import annotations

from datetime import UTC, datetime

from in_process import Town

from ingest.model import Source
from ingest.run.backfill import backfill
from ingest.run.report import SourceReport
from ingest.store.backfills import Progress


def _sitemaps(town: Town) -> Source:
    """An index of three sitemaps with one article each, the newest first."""
    listed = "".join(f"<sitemap><loc>{town.web.origin}/map{n}.xml</loc></sitemap>" for n in (3, 2, 1))
    town.web.text("/maps.xml", f"<sitemapindex>{listed}</sitemapindex>", "text/xml")
    town.write("/2026/one", "/2026/two", "/2026/three")
    for n, name in enumerate(("one", "two", "three"), 1):
        entry = f"<url><loc>{town.web.origin}/2026/{name}</loc><lastmod>2026-0{n}-01</lastmod></url>"
        town.web.text(f"/map{n}.xml", f"<urlset>{entry}</urlset>", "text/xml")
    return Source("town", f"{town.web.origin}/maps.xml", "sitemap")


def _backfill(town: Town, source: Source, **limits: object) -> tuple[SourceReport, Progress]:
    return town.run(lambda runtime: backfill(runtime, source, **limits), source)  # type: ignore[arg-type]


def test_every_index_page_is_read_and_every_article_stored(town: Town) -> None:
    report, progress = _backfill(town, _sitemaps(town))
    assert (report.new, report.found, report.outcome) == (3, 3, "ok")
    assert progress == Progress(read=4)


def test_a_limited_backfill_goes_on_where_it_ended_and_reads_no_index_page_twice(town: Town) -> None:
    source = _sitemaps(town)
    report, progress = _backfill(town, source, limit=1)
    assert (report.new, progress.unread > 0) == (1, True)
    report, progress = _backfill(town, source)
    assert (report.new, progress) == (2, Progress(read=4))
    for path in ("/maps.xml", "/map1.xml", "/map2.xml", "/map3.xml"):
        assert town.web.asked.count(path) == 1


def test_older_articles_are_left_out(town: Town) -> None:
    report, _ = _backfill(town, _sitemaps(town), since=datetime(2026, 2, 1, tzinfo=UTC))
    assert report.new == 2
    assert town.rows("SELECT count(*) FROM links WHERE url LIKE '%/one'") == [(0,)]


def test_an_index_page_that_fails_for_a_while_stays_for_the_next_run(town: Town) -> None:
    source = _sitemaps(town)
    whole = town.web.pages["/map2.xml"]
    town.answer("/map2.xml", status=500)
    report, progress = _backfill(town, source)
    assert (report.new, report.outcome, report.error, progress) == (2, "failed", "http_5xx", Progress(3, 1))
    town.web.pages["/map2.xml"] = whole
    report, progress = _backfill(town, source)
    assert (report.new, report.outcome, progress) == (1, "ok", Progress(read=4))


def test_an_index_page_that_is_not_there_is_given_up(town: Town) -> None:
    source = _sitemaps(town)
    del town.web.pages["/map2.xml"]
    report, progress = _backfill(town, source)
    assert (report.new, report.error, progress) == (2, "http_4xx", Progress(read=3, failed=1))
