"""The nouns, in the order a page meets them. Frozen data: no behaviour beyond what a field means."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Literal

from ingest.article.body import EMPTY_BODY, Body

if TYPE_CHECKING:
    from collections.abc import Mapping


Kind = str  # the name of a kind of source, as registered in `ingest.discover.kinds`
KeepRaw = Literal["none", "latest", "all"]
PageType = Literal["article", "listing", "forum", "other"]


@dataclass(frozen=True, slots=True)
class Rule:
    """How one site's pages are read, as data: CSS selectors and literal strings, nothing more.

    Every field is a tuple, newest layout first; the first selector that matches with a non-empty answer wins.
    ``selector@attribute`` reads an attribute instead of the text. A rule without ``body`` leaves the body to others.
    """

    title: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()
    published: tuple[str, ...] = ()
    modified: tuple[str, ...] = ()
    section: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    summary: tuple[str, ...] = ()
    image: tuple[str, ...] = ()
    body: tuple[str, ...] = ()
    lead: tuple[str, ...] = ()
    """Standfirsts outside the body, put in front of it."""
    drop: tuple[str, ...] = ()
    """Selectors of what is no part of the body although it stands inside it."""
    drop_text: tuple[str, ...] = ()
    """Literal strings: a paragraph that begins with one of them is left out."""
    cut_at: tuple[str, ...] = ()
    """Literal strings: the body ends before the first paragraph that begins with one of them."""
    next_page: tuple[str, ...] = ()
    time_zone: str = ""
    """IANA name for times that the site prints without an offset."""


@dataclass(frozen=True, slots=True)
class Listing:
    """Where the links stand on an HTML listing page. CSS selectors; an empty one is found by itself."""

    list: str = ""
    item: str = ""
    next: str = ""


@dataclass(frozen=True, slots=True)
class Settings:
    """The ``settings:`` of sources.yaml. Seconds, bytes and counts, as named."""

    user_agent: str = "ingest/0.1 (+https://example.org/about-this-bot)"
    concurrency: int = 64
    delay: float = 1.0
    connections_per_host: int = 2
    deadline: float = 30.0
    max_bytes: int = 10_000_000
    allow_addresses: tuple[str, ...] = ()
    keep_raw: KeepRaw = "all"
    time_zone: str = "UTC"
    browser: str = ""
    """Program of the Chromium or Chrome for sources with ``render``; searched for if empty."""


@dataclass(frozen=True, slots=True)
class Source:
    """What to follow. ``every`` is None for an interval of the source's own rhythm (``every: auto``)."""

    name: str
    url: str
    kind: Kind = "auto"
    every: timedelta | None = timedelta(hours=1)
    language: str = ""
    time_zone: str = "UTC"
    keep_raw: KeepRaw = "all"
    render: bool = False
    """Its pages are shown in a browser, and read once their scripts have run."""
    id_pattern: str = ""
    """Regular expression; what its first group captures in a URL names the article, whatever the rest says."""
    retry_scope: Literal["host", "source"] = "host"
    tags: tuple[str, ...] = ()
    rule: Rule | None = None
    listing: Listing = Listing()
    feed_content: bool = False
    """The feed's content is the whole article: no page is fetched for it (``content: feed``)."""


@dataclass(frozen=True, slots=True)
class Hints:
    """What a feed, sitemap or listing already said of an article. Dates are raw strings, as written there."""

    title: str = ""
    authors: tuple[str, ...] = ()
    published: str = ""
    modified: str = ""
    summary: str = ""
    content: str = ""
    """HTML of the entry, whole or cut."""
    tags: tuple[str, ...] = ()
    language: str = ""


NO_HINTS = Hints()


@dataclass(frozen=True, slots=True)
class Link:
    """One URL that may be an article, and where it was found."""

    url: str
    source: str
    via: str
    """URL of the feed, sitemap or listing that named it."""
    hints: Hints = NO_HINTS


@dataclass(frozen=True, slots=True)
class Validators:
    """What a server gave to ask again cheaply. Saved only together with what they vouch for."""

    etag: str = ""
    last_modified: str = ""


@dataclass(frozen=True, slots=True)
class Page:
    """One answer of a server. ``content`` is decoded of its content codings, not yet of its characters.

    ``headers`` keeps what later steps read, names in lower case. A 304 has ``not_modified`` and no content.
    """

    url: str
    final_url: str
    status: int
    content: bytes
    headers: Mapping[str, str]
    fetched_at: datetime
    not_modified: bool = False
    elapsed_ms: int = 0
    """Wall time from the request to the last byte."""
    permanent_url: str = ""
    """Where a chain of only permanent redirects (301, 308) led, if there was one."""

    @property
    def validators(self) -> Validators:
        return Validators(self.headers.get("etag", ""), self.headers.get("last-modified", ""))


@dataclass(frozen=True, slots=True)
class DateCandidate:
    """A date as a page gave it. ``parsed`` is aware, in the offset it was written with, or None if unreadable."""

    field: Literal["published", "modified"]
    where: str
    raw: str
    parsed: datetime | None


@dataclass(frozen=True, slots=True)
class Article:
    """What a page says. Dates are aware, in the offset they were written with; the store turns them into UTC."""

    url: str
    canonical_url: str
    title: str = ""
    authors: tuple[str, ...] = ()
    published: datetime | None = None
    modified: datetime | None = None
    language: str = ""
    section: str = ""
    tags: tuple[str, ...] = ()
    summary: str = ""
    image: str = ""
    site_name: str = ""
    next_page: str = ""
    """Where the text goes on, if it is not all here."""
    first_page: str = ""
    """Where the text begins, if this page is a later one."""
    pages: int = 1
    """How many pages the text was joined from."""
    paywalled: bool = False
    robots: str = ""
    page_type: PageType = "article"
    page_type_confidence: float = 0.0
    quality: float = 0.0
    body: Body = EMPTY_BODY
    origins: Mapping[str, str] = field(default_factory=dict)
    """Field → the extractor that answered."""
    dates: tuple[DateCandidate, ...] = ()

    @property
    def text(self) -> str:
        return self.body.text

    @property
    def html(self) -> str:
        return self.body.html


@dataclass(frozen=True, slots=True)
class New:
    """The article was not held before."""

    article_id: int


@dataclass(frozen=True, slots=True)
class Changed:
    """The article was held with another title or text; that one is now a version."""

    article_id: int


@dataclass(frozen=True, slots=True)
class Unchanged:
    """The article is held, word for word."""

    article_id: int


@dataclass(frozen=True, slots=True)
class Duplicate:
    """The same text is held under another address; this one is stored and points to the first."""

    article_id: int
    of: int


Decision = New | Changed | Unchanged | Duplicate
