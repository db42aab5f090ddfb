"""An extracted article as a row of ``articles``: each field cleaned, cut to a length, and hashed."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ingest.article import fulltext
from ingest.dedup import fingerprint
from ingest.dedup.reading import SITE_RULES
from ingest.store import values

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from ingest.errors import PageError
    from ingest.model import Article, Page
    from ingest.store.links import QueuedLink

#: Fields that an article keeps when its page no longer gives them, and the values of columns that hold nothing.
_KEPT_FIELDS = ("authors", "published", "modified", "language", "section", "tags", "summary", "image", "site_name")
_NOTHING = (None, "", "[]")
#: The origin of a time of publication that is a day, read from the URL.
_DAY_IN_URL = "url"


@dataclass(frozen=True, slots=True)
class Extracted:
    """What a link led to: the article, what it is unique by, and its page unless it came out of a feed."""

    queued: QueuedLink
    article: Article
    key: str
    page: Page | None = None
    later: tuple[Page, ...] = ()
    """The pages after the first that its text was joined from."""
    gap: PageError | None = None
    """Why its text is not complete."""
    revalidate: bool = True
    """Whether the next request for the page may be conditional.

    Not if a later page is missing for now: a 304 for the first page would then stand for the missing one, too.
    """

    @property
    def url(self) -> str:
        """Where the article was read."""
        return self.page.final_url if self.page else self.queued.url


def row(extracted: Extracted, key: str, now: datetime) -> dict[str, Any]:
    """The columns of an article that is stored by ``key``, but for those that only the store knows."""
    article, page = extracted.article, extracted.page
    title = values.one_line(article.title, values.TITLE)
    text = values.prose(article.text)
    return {
        "key": key,
        "url": article.url,
        "canonical_url": article.canonical_url,
        "source": extracted.queued.source,
        "title": title,
        "authors": values.names(article.authors),
        "published": values.stamp_or_none(article.published),
        "modified": values.stamp_or_none(article.modified),
        "language": values.one_line(article.language, 35) or None,
        "section": values.one_line(article.section) or None,
        "tags": values.names(article.tags),
        "summary": values.one_line(article.summary, values.SUMMARY) or None,
        "image": values.one_line(article.image, 8_192) or None,
        "site_name": values.one_line(article.site_name) or None,
        "page_type": article.page_type,
        "paywalled": int(article.paywalled),
        "robots": _robots(page, article) or None,
        "quality": round(article.quality, 4),
        "pages": article.pages,
        "next_page": article.next_page or None,
        "word_count": fulltext.word_count(text),
        "fetched_at": values.stamp(page.fetched_at if page else now),
        "content_hash": fingerprint.content_hash(article.title, article.text),
        "text_hash": fingerprint.text_hash(article.text),
        "origins": values.origins_json(article.origins),
        "dates": values.dates_json(article),
        "text": text,
        "html": values.prose(article.html),
    }


def with_fields_kept(row: Mapping[str, Any], stored: Mapping[str, Any]) -> dict[str, Any]:
    """The row that replaces a stored one: without its key and source, and with the fields that the page says no more.

    The first key and the first source stay: links and duplicates refer to the article by them. A page that no longer
    says who wrote it, or when, has the same author and was published at the same time all the same; the day in its URL
    does not take the place of that time, nor any guess that of what the site's own rule gave.
    """
    row = {name: value for name, value in row.items() if name not in {"key", "source"}}
    origins, before = json.loads(row["origins"]), json.loads(stored["origins"])
    kept = [name for name in _KEPT_FIELDS if row[name] in _NOTHING and stored[name] not in _NOTHING]
    kept += [name for name in _KEPT_FIELDS if name not in kept and _is_guessed(name, origins, before)]
    if origins.get("published") == _DAY_IN_URL and before.get("published", _DAY_IN_URL) != _DAY_IN_URL:
        kept.append("published")
    if kept:
        row["origins"] = values.origins_json(origins | {name: before[name] for name in kept if name in before})
        row |= {name: stored[name] for name in kept}
    return row


def _is_guessed(name: str, origins: Mapping[str, str], before: Mapping[str, str]) -> bool:
    """Whether a field that the site's own rule gave is now found in another way."""
    return before.get(name, "").startswith(SITE_RULES) and not origins.get(name, "").startswith(SITE_RULES)


def _robots(page: Page | None, article: Article) -> str:
    """What the server and the page say to search engines, each word once."""
    lines = (page.headers.get("x-robots-tag", "") if page else "", article.robots)
    words = (word.strip().lower() for line in lines for word in line.split(","))
    return values.one_line(", ".join(dict.fromkeys(filter(None, words))))
