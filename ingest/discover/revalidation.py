"""What is remembered of an index page between two requests, and how it is asked next. Decides; fetches nothing.

Validators are trusted until they are seen to lie, the hash of the body speaks for servers that send none, and an
address that has moved for good is followed there.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from hashlib import blake2b
from typing import TYPE_CHECKING

from ingest.model import Validators

if TYPE_CHECKING:
    from ingest.discover import IndexRequest, IndexResult
    from ingest.model import Page, Source

#: After so many 304 in a row, and so long, the whole page is asked for, to see whether they were true.
DOUBT_AFTER, DOUBT_TIME = 8, timedelta(days=1)
#: How long a server that lied is asked without conditions.
DISTRUST = timedelta(days=30)
#: Redirects (301, 308) to the same address, run after run, until it is asked there directly.
MOVED_AFTER = 5

_NONE = Validators()


@dataclass(frozen=True, slots=True)
class IndexPageState:
    """One index page, as the table ``index_pages`` holds it. Times are aware, UTC."""

    validators: Validators = _NONE
    content_hash: str = ""
    read_as: str = ""
    whole_at: datetime | None = None
    unchanged: int = 0
    distrusted_at: datetime | None = None
    redirect_to: str = ""
    redirects: int = 0
    moved_to: str = ""


def reading_of(request: IndexRequest, source: Source) -> str:
    """What decides how the page is read. When it changes, the page is news even if it is the same."""
    said = (request.kind, source.kind, source.listing, source.id_pattern)
    return blake2b(repr(said).encode(), digest_size=8).hexdigest()


def hash_of(page: Page) -> str:
    """Of the body, as far as it bears on the links: relative ones depend on where it was read."""
    return blake2b(page.content + b"\0" + page.final_url.encode(), digest_size=16).hexdigest()


def in_doubt(standing: IndexPageState, now: datetime) -> bool:
    """Whether it is time to see if the 304 answers were true."""
    old = standing.whole_at is None or now - standing.whole_at >= DOUBT_TIME
    return standing.unchanged >= DOUBT_AFTER and old


def conditions(standing: IndexPageState, read_as: str, now: datetime) -> Validators:
    """What to ask with: nothing where an answer in full is wanted."""
    distrusted = standing.distrusted_at is not None and now - standing.distrusted_at < DISTRUST
    if distrusted or standing.read_as != read_as or in_doubt(standing, now):
        return _NONE
    return standing.validators


def followed(standing: IndexPageState, page: Page) -> IndexPageState:
    """With what the answer says of the page's address."""
    target = page.permanent_url
    if not target:
        return replace(standing, redirect_to="", redirects=0)
    count = standing.redirects + 1 if target == standing.redirect_to else 1
    if count >= MOVED_AFTER:
        return replace(standing, moved_to=target, redirect_to="", redirects=0)
    return replace(standing, redirect_to=target, redirects=count)


def not_modified(standing: IndexPageState) -> IndexPageState:
    """The server said that nothing has changed (304)."""
    return replace(standing, unchanged=standing.unchanged + 1)


def same(standing: IndexPageState, page: Page, now: datetime) -> IndexPageState:
    """The server sent what it had sent before, perhaps under a new validator."""
    return replace(standing, validators=page.validators, whole_at=now, unchanged=0)


def read(standing: IndexPageState, page: Page, found: IndexResult, read_as: str, now: datetime) -> IndexPageState:
    """The page was read. One that leads to others is read each time: that it is unchanged says nothing of them."""
    leads_on = bool(found.requests)
    return replace(
        standing,
        validators=_NONE if leads_on else page.validators,
        content_hash="" if leads_on else hash_of(page),
        read_as=read_as,
        whole_at=now,
        unchanged=0,
    )


def back(standing: IndexPageState) -> IndexPageState:
    """What has moved for good cannot be had there any more: the configured address is asked again."""
    return replace(standing, validators=_NONE, content_hash="", moved_to="", redirect_to="", redirects=0)
