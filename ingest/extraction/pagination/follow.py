"""An article that runs over several pages, read page after page until it ends. Stores nothing, asks whom it is told."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from ingest.dedup import urls
from ingest.errors import ExtractError, PageError
from ingest.extraction.pagination import join

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from ingest.model import Article, Page

#: Articles are seldom longer; what is may be a list, or a site that makes up pages without end.
MOST_PAGES = 20
MOST_BYTES = 20_000_000


@dataclass(frozen=True, slots=True)
class JoinedArticle:
    """An article of all its pages. ``later`` are the pages after the first, without their content.

    ``gap`` says why the text is not all here; then ``article.next_page`` is where it goes on.
    """

    article: Article
    later: tuple[Page, ...] = ()
    gap: PageError | None = None


async def follow(
    article: Article, get: Callable[[str], Awaitable[Page]], read: Callable[[Page], Awaitable[Article]]
) -> JoinedArticle:
    """``article`` with the pages that it and they propose. ``get`` and ``read`` raise `PageError`.

    It ends at a page that proposes none, at one that is of another site, was read already, or is no page of this
    article (`join.append`); it breaks off at a page that cannot be had or read, and at `MOST_PAGES` or `MOST_BYTES`.
    """
    if not article.next_page:
        return JoinedArticle(article)
    later: list[Page] = []
    seen = {_url_key(article.url), _url_key(article.canonical_url)}
    size = 0
    while (address := article.next_page) and _url_key(address) not in seen and urls.same_site(address, article.url):
        seen.add(_url_key(address))
        try:
            if article.pages >= MOST_PAGES or size > MOST_BYTES:
                raise ExtractError(address, "depth", f"the article goes on after {article.pages} pages")
            page = await get(address)
            if page.final_url != address:
                if _url_key(page.final_url) in seen - {_url_key(address)} or not urls.same_site(
                    page.final_url, article.url
                ):
                    break
                seen.add(_url_key(page.final_url))
            part = await read(page)
            if part.page_type == "listing" or not part.text.strip():
                raise ExtractError(address, "empty", "no text of an article was found in the page")
        except PageError as error:
            return JoinedArticle(article, tuple(later), error)
        joined = join.append(article, part)
        if joined is None:
            break
        article = joined
        size += len(page.content)
        later.append(replace(page, content=b""))
    return JoinedArticle(replace(article, next_page=""), tuple(later))


def _url_key(url: str) -> str:
    try:
        return urls.key(url)
    except urls.BadURL:
        return url
