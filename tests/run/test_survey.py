"""How an unknown site could be followed."""

from __future__ import annotations

import asyncio

import pytest
from in_process import SETTINGS, InThisProcess, Town

from ingest.errors import PageError
from ingest.fetch.client import Fetcher
from ingest.model import Article
from ingest.run.survey import Survey, survey

HOME = '<html><head><link rel="alternate" type="application/rss+xml" href="/{}"></head><body><p>Home</p></body>'


def _survey(town: Town, path: str = "/") -> tuple[Survey, list[str]]:
    requests: list[str] = []

    async def run() -> Survey:
        async with Fetcher(SETTINGS) as fetcher:
            workers = InThisProcess()
            return await survey(f"{town.web.origin}{path}", "town", fetcher, workers, requests.append)  # type: ignore[arg-type]

    return asyncio.run(run()), [url.removeprefix(town.web.origin) for url in requests]


def test_a_feed_that_the_page_declares_is_chosen_with_samples_of_its_articles(town: Town) -> None:
    town.web.text("/", HOME.format("feed.xml"), "text/html")
    found, requests = _survey(town)
    assert found.source == town.source
    assert (found.trials[0].proposal.kind, found.trials[0].links, found.trials[0].error) == ("feed", 2, "")
    titles = {sample.title for sample in found.samples if isinstance(sample, Article)}
    assert titles == {"Story of /2026/ferry", "Story of /2026/fog"}
    assert requests[0] == "/"
    assert "/feed.xml" in requests


def test_ways_that_were_not_needed_are_shown_untried(town: Town) -> None:
    town.web.text("/", HOME.format("feed.xml"), "text/html")
    found, _ = _survey(town)
    assert [trial.links for trial in found.trials[1:]] == [None] * (len(found.trials) - 1)
    assert len(found.trials) > 1


def test_a_declared_feed_that_is_dead_says_why_and_the_next_way_is_tried(town: Town) -> None:
    town.web.text("/", HOME.format("dead.xml"), "text/html")
    town.web.text("/robots.txt", f"Sitemap: {town.web.origin}/map.xml")
    town.web.text("/map.xml", f"<urlset><url><loc>{town.web.origin}/2026/fog</loc></url></urlset>", "text/xml")
    found, _ = _survey(town)
    assert "http_4xx" in found.trials[0].error
    assert found.source is not None
    assert (found.source.kind, found.source.url) == ("sitemap", f"{town.web.origin}/map.xml")


def test_a_sample_that_is_no_article_is_shown_with_its_reason(town: Town) -> None:
    town.web.text("/", HOME.format("feed.xml"), "text/html")
    del town.web.pages["/2026/ferry"]
    found, _ = _survey(town)
    failures = [sample for sample in found.samples if isinstance(sample, PageError)]
    assert [failure.code for failure in failures] == ["http_4xx"]


def test_a_page_that_leads_nowhere_gives_no_source(town: Town) -> None:
    town.web.pages.clear()
    town.web.text("/", "<html><body><p>Under construction</p></body>", "text/html")
    found, _ = _survey(town)
    assert (found.source, found.samples) == (None, ())
    assert all(trial.error for trial in found.trials)


def test_a_page_that_cannot_be_fetched_is_a_failure(town: Town) -> None:
    with pytest.raises(PageError):
        _survey(town, "/nowhere")
