"""How an unknown site could be followed: what it declares, which of that works, and what articles it would give."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ingest import discover
from ingest.discover import customary_urls
from ingest.discover.crawl import keyed_links
from ingest.discover.kinds import KINDS
from ingest.discover.proposals import Proposal
from ingest.errors import PageError
from ingest.model import Source
from ingest.run.acceptance import check_article

if TYPE_CHECKING:
    from collections.abc import Callable

    from ingest.fetch.client import Fetcher
    from ingest.model import Article, Link, Page
    from ingest.run.workers import Workers

#: Articles that are fetched as samples.
SAMPLES = 3
_MOST_TRIALS = 10
_MOST_PAGES = 4


@dataclass(frozen=True, slots=True)
class Trial:
    """A way to follow the site: how many links it gave, or why it gave none; neither if it was not tried."""

    proposal: Proposal
    links: int | None = None
    error: str = ""


@dataclass(frozen=True, slots=True)
class Survey:
    """What was found at an address. ``source`` is the best of ``trials``, None if none of them works."""

    trials: tuple[Trial, ...]
    source: Source | None
    samples: tuple[Article | PageError, ...] = ()


def no_progress(_: str) -> None:
    """Default progress callback; does nothing."""


async def survey(
    url: str, name: str, fetcher: Fetcher, workers: Workers, on_request: Callable[[str], None] = no_progress
) -> Survey:
    """Finds out how the site at ``url`` could be followed as a source called ``name``.

    ``on_request`` is called with each URL before it is fetched. Raises `PageError` if the page at ``url`` cannot be.
    """
    site = _Site(fetcher, workers, on_request)
    page = await site.fetch(url)
    trials: list[Trial] = []
    chosen: Source | None = None
    links: list[Link] = []
    for proposal in await site.proposals(page):
        if chosen or len(trials) >= _MOST_TRIALS:
            trials.append(Trial(proposal))
            continue
        source = _source(name, proposal)
        trial, links = await site.attempt(source, proposal)
        trials.append(trial)
        chosen = source if links else None
    samples = [await site.sample(link, chosen) for link in reversed(links[-SAMPLES:])] if chosen else []
    return Survey(tuple(trials), chosen, tuple(samples))


@dataclass(frozen=True, slots=True)
class _Site:
    """An unknown site, and what it is fetched and read with."""

    fetcher: Fetcher
    workers: Workers
    on_request: Callable[[str], None]

    async def proposals(self, page: Page) -> list[Proposal]:
        """What the page declares, the best first; where feeds are that nobody declares; the page itself as a list."""
        found = await self.workers.propose(page)
        if any(each.url == page.final_url for each in found):
            return found
        found += await self._robots(page.final_url)
        declared = sorted(dict.fromkeys(found), key=lambda proposal: KINDS[proposal.kind].rank)
        has_feed = KINDS[declared[0].kind].rank <= KINDS["feed"].rank
        guesses = [] if has_feed else customary_urls.feeds(page.final_url)
        listing = Proposal("listing", page.final_url, "", "the page may be a list of articles")
        return [*declared, *(Proposal("feed", request.url, "", "a customary address") for request in guesses), listing]

    async def fetch(self, url: str) -> Page:
        self.on_request(url)
        return await self.fetcher.get(url)

    async def _robots(self, url: str) -> list[Proposal]:
        """The sitemaps that robots.txt names, or the customary one if it names none."""
        request = customary_urls.robots_txt(url)
        try:
            page = await self.fetch(request.url)
            found = await self.workers.read_index(page, request, Source("", url))
        except PageError:
            return [Proposal("sitemap", customary_urls.sitemap(url).url, "", "the customary address")]
        why = "robots.txt names it" if b"sitemap:" in page.content.lower() else "the customary address"
        return [Proposal("sitemap", each.url, "", why) for each in (*found.requests, *found.history)]

    async def attempt(self, source: Source, proposal: Proposal) -> tuple[Trial, list[Link]]:
        """Reads the first index pages of an ordinary run, until there are links."""
        links: dict[str, Link] = {}
        requests = discover.start(source)
        try:
            for request in requests:
                page = await self.fetch(request.url)
                found = await self.workers.read_index(page, request, source)
                links.update(keyed_links(found, source))
                if links:
                    break
                requests.extend(found.requests[: _MOST_PAGES - len(requests)])
        except PageError as error:
            return Trial(proposal, error=str(error)), []
        return Trial(proposal, len(links), "" if links else "it names no articles"), list(links.values())

    async def sample(self, link: Link, source: Source) -> Article | PageError:
        try:
            page = await self.fetch(link.url)
            article = await self.workers.read_article(page, source, link.hints)
            check_article(article)
        except PageError as error:
            return error
        return article


def address(proposal: Proposal) -> str:
    """What is written down for it; for an API, the home page that it belongs to."""
    return _source("", proposal).url


def _source(name: str, proposal: Proposal) -> Source:
    return Source(name, KINDS[proposal.kind].source_url(proposal.url), proposal.kind)
