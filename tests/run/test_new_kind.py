"""A kind of source that this test adds: one entry in the registry, and every step that meets it goes along."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from in_process import SETTINGS, InThisProcess, in_this_process
from selectolax.lexbor import LexborHTMLParser

from ingest.discover import IndexPage, IndexRequest, IndexResult
from ingest.discover.kinds import KINDS, IndexKind
from ingest.discover.link_collection import Entry, collect_links
from ingest.discover.proposals import Proposal
from ingest.errors import SourcesError
from ingest.fetch.client import Fetcher
from ingest.model import Source
from ingest.run.backfill import backfill
from ingest.run.runtime import open_runtime
from ingest.run.survey import Survey, survey
from ingest.sources import parse as parse_sources

LINES = (
    "The almanac gives the tides of the harbour for every day of the year, and the names of those who measured them.",
    "In spring the highest water came at night, which the keeper of the gauge wrote down by the light of a candle.",
    "His grandson reads the same gauge today, and sends what he reads to an office that has never seen the harbour.",
)


def parse(index_page: IndexPage) -> IndexResult:
    """An almanac: one path of an article a line; a line that begins with ``older`` leads to the almanac before it."""
    lines = index_page.page.content.decode().split()
    links = collect_links([Entry((line,)) for line in lines if "older" not in line], index_page).links
    older = [index_page.page.final_url.replace("/almanac.txt", line) for line in lines if "older" in line]
    return IndexResult(links=tuple(links), history=tuple(IndexRequest(url, "almanac") for url in older))


def declared_by(tree: LexborHTMLParser, base: str) -> Proposal | None:
    if tree.css_first('meta[name="generator"][content="Almanac"]') is None:
        return None
    return Proposal("almanac", base + "almanac.txt", "", "an almanac made it")


ALMANAC = IndexKind(
    "almanac",
    parse,
    rank=0,
    first_url=lambda url: f"{url}almanac.txt",
    source_url=lambda url: url.removesuffix("almanac.txt"),
    fallbacks=lambda request, source, _: [IndexRequest(f"{source.url}feed.xml", "feed", via=request.url)],
    declared_by=declared_by,
)


@pytest.fixture(autouse=True)
def almanac(monkeypatch: pytest.MonkeyPatch, web: Any) -> None:
    monkeypatch.setitem(KINDS, "almanac", ALMANAC)
    web.text(
        "/", '<html><head><meta name="generator" content="Almanac"></head><body><h1>Tides</h1></body>', "text/html"
    )
    web.text("/almanac.txt", "/tides/one /tides/two /older.txt")
    web.text("/older.txt", "/tides/three")
    for name in ("one", "two", "three"):
        web.article(f"/tides/{name}", f"Tides of day {name}", *(f"{line} ({name})" for line in LINES))


@pytest.fixture
def source(web: Any) -> Source:
    return Source("tides", f"{web.origin}/", "almanac")  # type: ignore[arg-type]


def test_a_run_reads_it_at_the_url_that_its_entry_makes(web: Any, source: Source, tmp_path: Path):
    async def run() -> int:
        async with open_runtime(SETTINGS, [source], tmp_path / "articles.db", jobs=1) as runtime:
            return (await in_this_process(runtime).pipeline.run_source(source)).new

    assert asyncio.run(run()) == 2
    assert "/almanac.txt" in web.asked
    assert "/older.txt" not in web.asked


def test_a_backfill_follows_its_history(web: Any, source: Source, tmp_path: Path):
    async def run() -> tuple[int, int]:
        async with open_runtime(SETTINGS, [source], tmp_path / "articles.db", jobs=1) as runtime:
            report, progress = await backfill(in_this_process(runtime), source)
            return report.new, progress.read

    assert asyncio.run(run()) == (3, 2)


def test_a_run_goes_to_its_fallback_when_it_is_gone(web: Any, source: Source, tmp_path: Path):
    del web.pages["/almanac.txt"]
    web.feed("/feed.xml", "/tides/one")

    async def run() -> int:
        async with open_runtime(SETTINGS, [source], tmp_path / "articles.db", jobs=1) as runtime:
            return (await in_this_process(runtime).pipeline.run_source(source)).new

    assert asyncio.run(run()) == 1


def test_a_survey_finds_it_prefers_it_and_names_the_url_to_write_down(web: Any):
    async def run() -> Survey:
        async with Fetcher(SETTINGS) as fetcher:
            return await survey(f"{web.origin}/", "tides", fetcher, InThisProcess())

    found = asyncio.run(run())
    assert (found.trials[0].proposal.kind, found.trials[0].links) == ("almanac", 2)
    assert found.source == Source("tides", f"{web.origin}/", "almanac")  # type: ignore[arg-type]


def sources_yaml(kind: str) -> str:
    return f"sources:\n  - url: https://tides.example/\n    kind: {kind}\n"


def test_sources_yaml_may_name_it_and_the_advice_does():
    assert parse_sources(sources_yaml("almanac")).sources[0].kind == "almanac"
    with pytest.raises(SourcesError, match=r"write auto, feed, .*blogger or almanac \(not 'almanack'\)"):
        parse_sources(sources_yaml("almanack"))


def test_one_that_is_not_for_operators_cannot_be_written(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setitem(KINDS, "almanac", replace(ALMANAC, configurable=False))
    with pytest.raises(SourcesError, match="wordpress or blogger"):
        parse_sources(sources_yaml("almanac"))
