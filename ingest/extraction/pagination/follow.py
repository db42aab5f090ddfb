"""Follows an article that runs over several pages, page after page, until it ends or breaks off."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from ingest.dedup import urls
from ingest.errors import ExtractError, PageError
from ingest.extraction.pagination import join

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from ingest.model import Article, Page

# Hardly any article is longer; what is may be a list, or a site that generates pages without end.
MOST_PAGES = 20
MOST_BYTES = 20_000_000


@dataclass(frozen=True, slots=True)
class JoinedArticle:
    """An article joined from its pages. ``later`` are the pages after the first, without their content.

    ``gap`` is why the text is incomplete, None if it is not; ``article.next_page`` is then the page that is missing.
    """

    article: Article
    later: tuple[Page, ...] = ()
    gap: PageError | None = None


async def follow(
    article: Article, get: Callable[[str], Awaitable[Page]], read: Callable[[Page], Awaitable[Article]]
) -> JoinedArticle:
    """``article`` joined with its later pages. ``get`` fetches a URL, ``read`` extracts a page; both raise `PageError`.

    The article ends at a page without a next one, and before a next page that is on another site, was read before or
    belongs to another article (`join.append`). It breaks off, with a ``gap``, at a page that cannot be fetched or
    extracted, and at `MOST_PAGES` or `MOST_BYTES`.
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
