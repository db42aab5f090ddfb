"""What is followed, and how: the content of sources.yaml."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Literal, get_args

Kind = str  # the name of a kind of source, as registered in `ingest.discover.kinds`
KeepRaw = Literal["none", "latest", "all"]
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
