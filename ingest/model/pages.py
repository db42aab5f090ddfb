"""What a feed or a listing names, and what a server answers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime


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
