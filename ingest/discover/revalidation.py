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
VERIFY_AFTER_304S, VERIFY_INTERVAL = 8, timedelta(days=1)
#: How long a server that lied is asked without conditions.
DISTRUST_PERIOD = timedelta(days=30)
#: Redirects (301, 308) to the same address, run after run, until it is asked there directly.
REDIRECTS_UNTIL_MOVED = 5

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


def cache_key(request: IndexRequest, source: Source) -> str:
    """What decides how the page is read. When it changes, the page is news even if it is the same."""
    said = (request.kind, source.kind, source.listing, source.id_pattern)
    return blake2b(repr(said).encode(), digest_size=8).hexdigest()


def body_hash(page: Page) -> str:
    """Of the body, as far as it bears on the links: relative ones depend on where it was read."""
    return blake2b(page.content + b"\0" + page.final_url.encode(), digest_size=16).hexdigest()


def is_verification_due(state: IndexPageState, now: datetime) -> bool:
    """Whether it is time to see if the 304 answers were true."""
    old = state.whole_at is None or now - state.whole_at >= VERIFY_INTERVAL
    return state.unchanged >= VERIFY_AFTER_304S and old


def validators_to_send(state: IndexPageState, read_as: str, now: datetime) -> Validators:
    """What to ask with: nothing where an answer in full is wanted."""
    distrusted = state.distrusted_at is not None and now - state.distrusted_at < DISTRUST_PERIOD
    if distrusted or state.read_as != read_as or is_verification_due(state, now):
        return _NONE
    return state.validators


def after_redirect(state: IndexPageState, page: Page) -> IndexPageState:
    """With what the answer says of the page's address."""
    target = page.permanent_url
    if not target:
        return replace(state, redirect_to="", redirects=0)
    count = state.redirects + 1 if target == state.redirect_to else 1
    if count >= REDIRECTS_UNTIL_MOVED:
        return replace(state, moved_to=target, redirect_to="", redirects=0)
    return replace(state, redirect_to=target, redirects=count)


def after_not_modified(state: IndexPageState) -> IndexPageState:
    """The server said that nothing has changed (304)."""
    return replace(state, unchanged=state.unchanged + 1)


def after_same_body(state: IndexPageState, page: Page, now: datetime) -> IndexPageState:
    """The server sent what it had sent before, perhaps under a new validator."""
    return replace(state, validators=page.validators, whole_at=now, unchanged=0)


def after_parse(state: IndexPageState, page: Page, result: IndexResult, read_as: str, now: datetime) -> IndexPageState:
    """The page was read. One that leads to others is read each time: that it is unchanged says nothing of them."""
    leads_on = bool(result.requests)
    return replace(
        state,
        validators=_NONE if leads_on else page.validators,
        content_hash="" if leads_on else body_hash(page),
        read_as=read_as,
        whole_at=now,
        unchanged=0,
    )


def back_to_configured_url(state: IndexPageState) -> IndexPageState:
    """What has moved for good cannot be had there any more: the configured address is asked again."""
    return replace(state, validators=_NONE, content_hash="", moved_to="", redirect_to="", redirects=0)
