"""Parser of JSON Feed 1.0 and 1.1, and of the JSON of APIs."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from ingest.discover.feed_text import (
    MAX_SUMMARY,
    MAX_URL,
    author_names,
    date_text,
    language_code,
    plain_text,
    tag_names,
    to_paragraphs,
)
from ingest.discover.feed_xml import MAX_ENTRIES
from ingest.discover.index_model import IndexPage, IndexRequest, IndexResult
from ingest.discover.link_collection import Entry, collect_links, is_further_index
from ingest.errors import DiscoverError
from ingest.model import Hints

if TYPE_CHECKING:
    from collections.abc import Iterator


#: Digits of the longest number that is parsed: Python raises for thousands of them, and no field is a number.
_LONGEST_NUMBER = 100


def load(text: str, url: str) -> Any:
    """The JSON value at the start of ``text``; longer numbers than `_LONGEST_NUMBER` become None.

    What follows it is ignored: caches sign their pages with a comment. Raises `DiscoverError` ``parse`` if it is not
    JSON, or nested beyond the limit of Python.
    """
    try:
        return _DECODER.raw_decode(text.lstrip())[0]
    except (ValueError, RecursionError) as error:
        raise DiscoverError(url, "parse", "the answer is not JSON that can be read") from error


def _number(digits: str) -> int | None:
    return int(digits) if len(digits) <= _LONGEST_NUMBER else None


_DECODER = json.JSONDecoder(strict=False, parse_int=_number)


def listed(value: object) -> list[dict[str, Any]]:
    """The objects in a JSON list; nothing for anything else."""
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []


def parse_text(text: str, index_page: IndexPage) -> IndexResult:
    """The items of a JSON Feed, oldest first."""
    page = index_page.page
    feed = load(text, page.url)
    if not isinstance(feed, dict) or not isinstance(feed.get("items"), list):
        raise DiscoverError(page.url, "not_a_feed", "the answer is JSON, but no JSON Feed")
    site_urls = [home] if isinstance(home := feed.get("home_page_url"), str) else []
    items = listed(feed["items"])
    entries = (Entry(tuple(_addresses(item)), _hints(item)) for item in reversed(items[:MAX_ENTRIES]))
    collected = collect_links(entries, index_page, site_urls=site_urls)
    if len(items) > MAX_ENTRIES:
        collected.refused.append((index_page.request.url, "budget"))
    older = plain_text(feed.get("next_url"), MAX_URL)
    return IndexResult(
        links=tuple(collected.links),
        refused=tuple(collected.refused),
        history=(IndexRequest(older, "feed"),) if is_further_index(older, index_page, site_urls) else (),
        title=plain_text(feed.get("title")),
        language=language_code(feed.get("language")),
    )


def _addresses(item: dict[str, Any]) -> Iterator[str]:
    for name in ("url", "external_url", "id"):
        value = item.get(name)
        if isinstance(value, str) and (name != "id" or value.startswith("http")):
            yield value


def _hints(item: dict[str, Any]) -> Hints:
    authors = listed(item.get("authors")) or listed([item.get("author")])
    markup, text = item.get("content_html"), item.get("content_text")
    tags = item.get("tags")
    return Hints(
        title=plain_text(item.get("title")),
        authors=author_names(author.get("name") for author in authors),
        published=date_text(item.get("date_published")),
        modified=date_text(item.get("date_modified")),
        summary=plain_text(item.get("summary"), MAX_SUMMARY),
        content=markup if isinstance(markup, str) else to_paragraphs(text) if isinstance(text, str) else "",
        tags=tag_names(tags if isinstance(tags, list) else []),
        language=language_code(item.get("language")),
    )
