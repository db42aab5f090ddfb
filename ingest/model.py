"""The data types that all packages share, in the order in which a page meets them. Frozen, without behaviour."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Literal, get_args

from ingest.article.body import EMPTY_BODY, Body

if TYPE_CHECKING:
    from collections.abc import Mapping


Kind = str  # the name of a kind of source, as registered in `ingest.discover.kinds`
KeepRaw = Literal["none", "latest", "all"]
PageType = Literal["article", "listing", "forum", "other"]
Event = Literal[
    "article.new", "article.edited", "article.gone", "finding.opened", "finding.closed", "source.failing",
    "source.recovered",
]  # fmt: skip
EVENTS: tuple[Event, ...] = get_args(Event)


@dataclass(frozen=True, slots=True)
class Rule:
    """How the pages of one site are extracted, as data: CSS selectors and literal strings.

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
    """CSS selectors for an HTML listing page: list, entry, link to older entries. Empty: found by structure."""

    list: str = ""
    item: str = ""
    next: str = ""


@dataclass(frozen=True, slots=True)
class Receiver:
    """Whom events are reported to: a ``webhook`` by POST, or a ``command`` on its standard input."""

    key: str
    """Hash of the address: what the database knows the receiver by, which holds neither its URL nor its secret."""
    name: str
    """Host of the webhook or name of the program, for log lines."""
    webhook: str = field(default="", repr=False)
    secret: str = field(default="", repr=False)
    """Key of the signature; empty for none."""
    command: tuple[str, ...] = field(default=(), repr=False)
    events: tuple[Event, ...] = EVENTS
    sources: tuple[str, ...] = ()
    """Only events of these sources; empty for all. The same for ``tags``; a source has to pass both."""
    tags: tuple[str, ...] = ()


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
    notify: tuple[Receiver, ...] = ()


@dataclass(frozen=True, slots=True)
class Source:
    """A source of articles. ``every`` is None for an interval learned from the source (``every: auto``)."""

    name: str
    url: str
    kind: Kind = "auto"
    every: timedelta | None = timedelta(hours=1)
    language: str = ""
    time_zone: str = "UTC"
    keep_raw: KeepRaw = "all"
    render: bool = False
    """Its pages are loaded in a browser, and extracted once their scripts have run."""
    id_pattern: str = ""
    """Regular expression; what its first group captures in a URL identifies the article, whatever the rest is."""
    retry_scope: Literal["host", "source"] = "host"
    tags: tuple[str, ...] = ()
    rule: Rule | None = None
    listing: Listing = Listing()
    feed_content: bool = False
    """The feed holds whole articles, so that no page is fetched for them (``content: feed``)."""


@dataclass(frozen=True, slots=True)
class Hints:
    """What a feed, sitemap or listing says of an article. Dates are raw strings, as written there."""

    title: str = ""
    authors: tuple[str, ...] = ()
    published: str = ""
    modified: str = ""
    summary: str = ""
    content: str = ""
    """HTML of the entry, complete or abridged."""
    tags: tuple[str, ...] = ()
    language: str = ""


NO_HINTS = Hints()


@dataclass(frozen=True, slots=True)
class Link:
    """One URL that may be an article, and where it was found."""

    url: str
    source: str
    via: str
    """URL of the index page (feed, sitemap, listing) that named it."""
    hints: Hints = NO_HINTS


@dataclass(frozen=True, slots=True)
class Validators:
    """HTTP validators of a response, for conditional requests. Saved only together with what the response contained."""

    etag: str = ""
    last_modified: str = ""


@dataclass(frozen=True, slots=True)
class Page:
    """A response. ``content`` are its bytes without Content-Encoding, in the charset of the page.

    ``headers`` has those that later steps read, names in lower case. A 304 has ``not_modified`` and no content.
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
    """Final URL of a chain of permanent redirects only (301, 308), if there was one."""

    @property
    def validators(self) -> Validators:
        return Validators(self.headers.get("etag", ""), self.headers.get("last-modified", ""))


@dataclass(frozen=True, slots=True)
class DateCandidate:
    """A date found on a page. ``parsed`` is aware, in the offset it was written with, or None if it is not a date."""

    field: Literal["published", "modified"]
    where: str
    raw: str
    parsed: datetime | None


@dataclass(frozen=True, slots=True)
class Article:
    """What was extracted from a page. Dates are aware, in the offset they were written with; the store uses UTC."""

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
    """URL of the page on which the text continues."""
    first_page: str = ""
    """URL of the page on which the text begins, if this is a later one."""
    pages: int = 1
    """Number of pages that the text was joined from."""
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
    """The article was not stored before."""

    article_id: int
    claimed: int | None = None
    """The stored article whose URL its page names as canonical, although the texts have nothing in common."""


@dataclass(frozen=True, slots=True)
class Changed:
    """The article was stored with another title or text, which is now a version."""

    article_id: int


@dataclass(frozen=True, slots=True)
class Unchanged:
    """The article is stored already, word for word."""

    article_id: int


@dataclass(frozen=True, slots=True)
class Duplicate:
    """The same text is stored under another URL; this article is stored as a duplicate of it."""

    article_id: int
    of: int


@dataclass(frozen=True, slots=True)
class HeldBack:
    """What the page says today is worse than the stored article, which stays; the reading is kept as a version."""

    article_id: int
    reason: str
    """Why, in one word (`ingest.dedup.actions.HeldBackReason`)."""
    message: str = ""
    """Why, in a sentence."""


Decision = New | Changed | Unchanged | Duplicate | HeldBack


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one link in one run: an article and how it was read, or an error. Health is measured by these.

    ``outcome`` is ``new``, ``changed``, ``unchanged``, ``duplicate``, ``held_back``, ``failed`` or ``skipped``, as the
    counts of a run are called.
    """

    source: str
    url: str
    at: datetime
    outcome: str
    error: str = ""
    """Error class of what failed or was skipped; the reason of what was held back; ``canonical`` for a new article
    whose page names another one as its canonical URL."""
    body_origin: str = ""
    """The extractor that answered the body; empty if no body was read."""
    filled: tuple[str, ...] = ()
    """Names of the fields of the article that have an answer."""
    words: int = 0
    quality: float = 0.0


@dataclass(frozen=True, slots=True)
class Finding:
    """Something about a source that is not as it used to be, in one sentence for an operator."""

    source: str
    """Empty for one that is about no single source."""
    kind: str
    since: datetime
    message: str
    evidence: tuple[str, ...] = ()
    """URLs of up to three examples."""
    baseline: Mapping[str, float] = field(default_factory=dict)
    """Measure → its value before the change, by which is known when the cause is gone."""


@dataclass(frozen=True, slots=True)
class SourceDay:
    """What the runs of one day (UTC) brought. Days without articles are left out, but for the last one."""

    day: date
    found: int = 0
    """Links that the index pages named, over all runs."""
    links: int = 0
    """Those of them that were not known before."""
    articles: int = 0
    gap: float = 0.0
    """The longest time without articles that ended on this day, in seconds."""
    last_at: datetime | None = None
    """When the last run of the day ended that brought articles."""


@dataclass(frozen=True, slots=True)
class SourceHistory:
    """What is remembered of a source, for its health to be judged. Times are aware, UTC."""

    source: str
    now: datetime
    outcomes: tuple[Outcome, ...] | None = None
    """The newest outcomes, oldest first; None if there are none since they were last judged."""
    days: tuple[SourceDay, ...] = ()
    """Oldest first."""
    open: tuple[Finding, ...] = ()
    added_at: datetime | None = None
    first_run: datetime | None = None
    """The end of the first run: what was read before was there when the source was added."""
    runs: int = 0
    failed_since: datetime | None = None
    """When the first of the runs ended that failed in a row, up to the last one; None if that was well."""
    failed_runs: int = 0
    error: str = ""
    message: str = ""
    empty_since: datetime | None = None
    """When the index began to name no links, although it answers; None if it names some."""
    empty_runs: int = 0
    has_articles: bool = True
    read: Mapping[str, int] = field(default_factory=dict)
    """Of a source without articles: state or error class → links."""


@dataclass(frozen=True, slots=True)
class Notification:
    """An event that waits to be delivered to one receiver."""

    id: int
    event: str
    at: str
    """Time of the event, as stored."""
    source: str
    details: str
    """JSON object with the ``article``, the ``finding`` or the ``failure`` that the event is about."""
    attempts: int = 0
    """How often its delivery has failed."""
