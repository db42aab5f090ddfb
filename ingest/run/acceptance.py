"""What a run accepts: links within a time limit, and pages that are articles, with what the store saves of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ingest import schedule
from ingest.article import not_found, walls
from ingest.dedup import urls
from ingest.errors import ExtractError
from ingest.extraction.metadata import dates
from ingest.store import Extracted

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from ingest.dedup.actions import HeldBackReason
    from ingest.extraction.pagination.follow import JoinedArticle
    from ingest.model import Article, Hints, Page, Source
    from ingest.store import QueuedLink

#: The error class of a first reading that is no article.
_ERROR_CLASSES: Mapping[HeldBackReason, str] = {
    "emptied": "empty",
    "error_page": "empty",
    "wall": "wall",
    "unlike": "not_an_article",
}


def is_recent(hints: Hints, source: Source, since: datetime | None) -> bool:
    """Whether a link is not known to be older than ``since`` (aware): one without a date that can be read is recent.

    A date of modification counts where there is none of publication: no article was published after it was edited.
    """
    written = hints.published or hints.modified
    if since is None or not written:
        return True
    date = dates.parse(written, time_zone=source.time_zone, language=source.language)
    return date is None or date >= since


def check_article(article: Article) -> None:
    """Raises `ExtractError` for what is no article. The words of a forum or a stub are still words and are accepted."""
    _raise(article, refusal(article))


def check_wall(article: Article) -> None:
    """Raises `ExtractError` for a wall or an error message in place of an article."""
    _raise(article, _wall(article))


def _raise(article: Article, refused: tuple[HeldBackReason, str] | None) -> None:
    if refused:
        reason, message = refused
        raise ExtractError(article.url, _ERROR_CLASSES[reason], message)


def _wall(article: Article) -> tuple[HeldBackReason, str] | None:
    kind = walls.kind_of(article.title, article.text)
    if kind == "error":
        return "error_page", "the page says that an error occurred, though with status 200"
    return ("wall", f"the page asks for {walls.ASKS_FOR[kind]} in place of an article") if kind else None


def refusal(article: Article) -> tuple[HeldBackReason, str] | None:
    """Why what was read is no article, or None if it is one: the reason, and what the page is in a few words."""
    wall = _wall(article)
    if wall:
        return wall
    if not article.text.strip():
        return "emptied", "no text of an article was found in the page"
    if not_found.is_error_page(article.title, article.text):
        return "error_page", "the page says that there is no such page, though with status 200"
    if article.page_type == "listing":
        return "unlike", "the page is a list of links"
    return None


def extracted(source: Source, queued: QueuedLink, page: Page | None, joined: JoinedArticle) -> Extracted:
    """What the store saves of an article and its pages; ``page`` is None for one that came whole out of a feed.

    An article whose later page is missing only for now is fetched again unconditionally.
    """
    key = urls.key(joined.article.canonical_url, source.id_pattern)
    revalidate = joined.gap is None or joined.gap.error_class.permanent
    return Extracted(queued, joined.article, key, page, joined.later, joined.gap, revalidate)


def next_check(queued: QueuedLink, article: Article | None, now: datetime) -> datetime | None:
    """When to look at an article again: its age counts from publication, or else from when its link was found."""
    published = article.published if article else None
    return schedule.next_check(min(published or queued.found_at, now), now)
