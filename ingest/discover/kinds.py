"""The registry of kinds of index pages: for each kind, how it is requested, parsed, proposed and written down.

To add a kind, write its module, one entry here and, if operators may write it in sources.yaml, its name in
docs/sources.md. Every other module looks the kind up in `KINDS` and compares no names.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from importlib import import_module
from typing import TYPE_CHECKING, Any

from ingest.discover import customary_urls
from ingest.discover.index_model import IndexPage, IndexRequest, IndexResult

if TYPE_CHECKING:
    from collections.abc import Callable

    from selectolax.lexbor import LexborHTMLParser

    from ingest.discover.proposals import Proposal
    from ingest.errors import PageError
    from ingest.model import Source

#: Rank of the kinds that are never proposed to an operator.
_UNRANKED = 100


def _lazy(name: str) -> Callable[..., Any]:
    """A function of a parser module, ``module:function``, imported when it is first called.

    The parsers import feedparser, lxml and selectolax, which the process that fetches and stores seldom needs.
    """
    module, _, function = name.partition(":")

    def call(*arguments: Any) -> Any:
        return getattr(import_module(f"ingest.discover.{module}"), function)(*arguments)

    return call


def _unchanged(url: str) -> str:
    return url


def _source_as_listing(request: IndexRequest, source: Source, _: PageError | None) -> list[IndexRequest]:
    """The page of an ``auto`` source itself, read as a list, where a feed or sitemap that it declares is dead."""
    if request.optional or source.kind != "auto":
        return []
    return [IndexRequest(source.url, "listing", via=request.url)]


def _customary_urls(request: IndexRequest, *_: object) -> list[IndexRequest]:
    """Where most sites publish, for a page that declares nothing and lists nothing."""
    guesses = [] if request.optional else customary_urls.guesses(request.url)
    return [replace(guess, via=request.url) for guess in guesses]


def _customary_sitemap(request: IndexRequest, *_: object) -> list[IndexRequest]:
    return [replace(customary_urls.sitemap(request.url), via=request.url)]


def _nothing(*_: object) -> list[IndexRequest]:
    return []


@dataclass(frozen=True, slots=True)
class IndexKind:
    """One kind of index page. The defaults are those of a page that is fetched at the source's own URL."""

    name: str
    parse: Callable[[IndexPage], IndexResult]
    """Raises `DiscoverError` for a page that is not of this kind."""
    first_url: Callable[[str], str] = _unchanged
    """The URL to request first, made of the source's URL: for an API, its newest posts."""
    source_url: Callable[[str], str] = _unchanged
    """The URL to write into sources.yaml, made of a proposal's URL: for an API, the home page of its blog."""
    fallbacks: Callable[[IndexRequest, Source, PageError | None], list[IndexRequest]] = _source_as_listing
    """What to request when an index page of this kind could not be fetched or parsed."""
    declared_by: Callable[[LexborHTMLParser, str], Proposal | None] | None = None
    """Finds, in a page of a site and its URL, that the site has an API of this kind."""
    rank: int = _UNRANKED
    """Order among proposals, the best first: APIs have the whole history and the best dates, a list has only links."""
    configurable: bool = True
    """Whether an operator may write it as the ``kind`` of a source."""
    nests: bool = False
    """Whether an index page may lead to further ones of its own kind, to a limited depth."""
    names_whole_site: bool = False
    """Whether an index page names the articles of all sections of a site."""
    history_in_sitemaps: bool = False
    """Whether older articles are looked for in the sitemaps of the site, for want of an archive of its own."""


KINDS: dict[str, IndexKind] = {
    kind.name: kind
    for kind in (
        IndexKind("auto", _lazy("autodetect:parse"), fallbacks=_customary_urls),
        IndexKind("feed", _lazy("feed:parse"), rank=3, history_in_sitemaps=True),
        IndexKind("sitemap", _lazy("sitemap:parse"), rank=4, nests=True, names_whole_site=True),
        IndexKind("listing", _lazy("listing:parse"), rank=5, fallbacks=_nothing, history_in_sitemaps=True),
        IndexKind(
            "wordpress",
            _lazy("wordpress:parse"),
            rank=2,
            first_url=_lazy("wordpress:api_url"),
            source_url=_lazy("wordpress:home_url"),
            fallbacks=_lazy("wordpress:fallbacks"),
            declared_by=_lazy("wordpress:declared_by"),
        ),
        IndexKind(
            "blogger",
            _lazy("blogger:parse"),
            rank=1,
            first_url=_lazy("blogger:api_url"),
            source_url=_lazy("blogger:home_url"),
            fallbacks=_lazy("blogger:fallbacks"),
            declared_by=_lazy("blogger:declared_by"),
        ),
        IndexKind("robots", _lazy("robots_txt:parse"), fallbacks=_customary_sitemap, configurable=False),
        IndexKind("substack", _lazy("substack:parse"), configurable=False),
    )
}


def configurable() -> list[str]:
    """The names that an operator may write as the ``kind`` of a source."""
    return [kind.name for kind in KINDS.values() if kind.configurable]
