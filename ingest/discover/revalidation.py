"""HTTP revalidation of index pages: which validators to send next, and what to remember of each response.

Validators (ETag, Last-Modified) are trusted until a server is seen to answer 304 although it has news. For servers that
send none, the hash of the body tells whether anything is new. A page that is redirected permanently, run after run, is
requested at its new URL.
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

#: After so many 304 in a row, and so long, the page is requested without validators, to verify that they were true.
VERIFY_AFTER_304S, VERIFY_INTERVAL = 8, timedelta(days=1)
#: How long no validators are sent for a page that was answered with 304 although it had news.
DISTRUST_PERIOD = timedelta(days=30)
#: Permanent redirects (301, 308) to the same URL, run after run, until the page is requested there directly.
REDIRECTS_UNTIL_MOVED = 5

_NONE = Validators()


@dataclass(frozen=True, slots=True)
class IndexPageState:
    """What is remembered of one index page: a row of the table ``index_pages``. Times are aware, UTC."""

    validators: Validators = _NONE
    content_hash: str = ""
    """`body_hash` of the last page that was parsed; "" for one that leads to other index pages."""
    read_as: str = ""
    """`cache_key` under which it was parsed."""
    whole_at: datetime | None = None
    """When the server last sent a body."""
    unchanged: int = 0
    """Responses 304 since then."""
    distrusted_at: datetime | None = None
    """When the server was seen to answer 304 although it had news."""
    redirect_to: str = ""
    """Where the last ``redirects`` responses were permanently redirected."""
    redirects: int = 0
    moved_to: str = ""
    """URL at which the page is requested instead of its configured one."""


def cache_key(request: IndexRequest, source: Source) -> str:
    """Hash of the configuration that decides how the page is parsed: when it changes, the page is parsed again."""
    configuration = (request.kind, source.kind, source.listing, source.id_pattern)
    return blake2b(repr(configuration).encode(), digest_size=8).hexdigest()


def body_hash(page: Page) -> str:
    """Hash of the body and of the final URL, on which its relative links depend."""
    return blake2b(page.content + b"\0" + page.final_url.encode(), digest_size=16).hexdigest()


def is_verification_due(state: IndexPageState, now: datetime) -> bool:
    """Whether it is time to verify that the 304 responses were true."""
    # A time that is still to come was written by a wrong clock, and counts as long ago once it is far away.
    old = state.whole_at is None or abs(now - state.whole_at) >= VERIFY_INTERVAL
    return state.unchanged >= VERIFY_AFTER_304S and old


def validators_to_send(state: IndexPageState, read_as: str, now: datetime) -> Validators:
    """The validators to send; none where the whole page is wanted: see `is_verification_due`, `DISTRUST_PERIOD`."""
    distrusted = state.distrusted_at is not None and abs(now - state.distrusted_at) < DISTRUST_PERIOD
    if distrusted or state.read_as != read_as or is_verification_due(state, now):
        return _NONE
    return state.validators


def after_redirect(state: IndexPageState, page: Page) -> IndexPageState:
    """After a response, redirected or not: after `REDIRECTS_UNTIL_MOVED` permanent redirects the page has moved."""
    target = page.permanent_url
    if not target:
        return replace(state, redirect_to="", redirects=0)
    count = state.redirects + 1 if target == state.redirect_to else 1
    if count >= REDIRECTS_UNTIL_MOVED:
        return replace(state, moved_to=target, redirect_to="", redirects=0)
    return replace(state, redirect_to=target, redirects=count)


def after_not_modified(state: IndexPageState) -> IndexPageState:
    """After a response 304."""
    return replace(state, unchanged=state.unchanged + 1)


def after_same_body(state: IndexPageState, page: Page, now: datetime) -> IndexPageState:
    """After a body that was sent before, perhaps with new validators."""
    return replace(state, validators=page.validators, whole_at=now, unchanged=0)


def after_parse(state: IndexPageState, page: Page, result: IndexResult, read_as: str, now: datetime) -> IndexPageState:
    """After a new body. A page that leads to others is parsed each time: if it is unchanged, they may have changed."""
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
    """After a failure at the URL that the page had moved to: the configured URL is requested again."""
    return replace(state, validators=_NONE, content_hash="", moved_to="", redirect_to="", redirects=0)
