"""Articles that a site has moved to another address: one article, and not a second one with the same text.

When a new link leads to a text that is stored from another address of the same site, that address is asked once
whether it is still there.
"""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

from ingest.dedup import urls
from ingest.dedup.actions import InsertDuplicate
from ingest.dedup.decide import decide
from ingest.errors import FetchError

if TYPE_CHECKING:
    from ingest.dedup.actions import Matches, StoreAction
    from ingest.model import Article, Source
    from ingest.run.context import RunContext


class PerhapsMovedError(Exception):
    """Nothing was stored: the text is that of ``article_id``, which the same site has, or had, at ``url``."""

    def __init__(self, article_id: int, url: str) -> None:
        self.article_id = article_id
        self.url = url
        super().__init__(url)


def decide_unless_moved(article: Article, matches: Matches) -> StoreAction:
    """As `decide`; raises `PerhapsMovedError` for a new article whose text is stored from another page of its site."""
    action = decide(article, matches)
    if isinstance(action, InsertDuplicate) and urls.same_site(article.url, matches.same_text_url):
        raise PerhapsMovedError(action.of, matches.same_text_url)
    return action


async def is_moved(context: RunContext, source: Source, question: PerhapsMovedError, url: str) -> bool:
    """Whether the old address of the article is gone, or leads to its new one, ``url``."""
    try:
        page = await context.fetch(source, question.url)
    except FetchError as error:
        return error.code == "gone" or error.status == HTTPStatus.NOT_FOUND
    return urls.key(page.final_url, source.id_pattern) == urls.key(url, source.id_pattern)
