"""The tables ``articles`` and ``versions``: saves an article as `dedup.decide` decides, with its words and its link.

Every function that writes runs inside a transaction of its caller: what is read, decided and written belongs together.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ingest.article import fulltext
from ingest.dedup import fingerprint
from ingest.dedup.decide import Insert, InsertDuplicate, Keep, Matches, StoreAction, StoredArticle, Update, trusted_key
from ingest.model import Article, Changed, Decision, Duplicate, New, Page, Unchanged
from ingest.store import later_pages, links, search, url_shapes, values

if TYPE_CHECKING:
    from datetime import datetime

    from sqlite_utils import Database

    from ingest.dedup.decide import Decider
    from ingest.errors import PageError
    from ingest.store.links import QueuedLink


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


def save_article(
    db: Database, extracted: Extracted, decide: Decider, now: datetime, next_check: datetime | None
) -> Decision:
    """Writes the article, if there is something to write, and marks its link done."""
    decision = save(db, extracted, decide, now)
    queued, page, article_id = extracted.queued, extracted.page, decision.article_id
    links.finish(db, queued, article_id, page if extracted.revalidate else None, now, next_check)
    if queued.article_id is None:
        url_shapes.count_article(db, queued.source, queued.url, now)
    if page:
        later_pages.save(db, queued, article_id, extracted.later, now, is_all=extracted.gap is None)
    if extracted.gap:
        later_pages.note_gap(db, queued, extracted.gap)
    return decision


def save_reextracted(
    db: Database, extracted: Extracted, decide: Decider, now: datetime, next_check: datetime | None
) -> Decision:
    """Writes what a kept page says today. Its link stays as it is, unless it leads to an article only now."""
    if extracted.queued.article_id is None:
        return save_article(db, extracted, decide, now, next_check)
    decision = save(db, extracted, decide, now)
    if extracted.gap:
        later_pages.reopen(db, extracted.queued, now)
    return decision


def save(db: Database, extracted: Extracted, decide: Decider, now: datetime) -> Decision:
    """Writes the article as ``decide`` decides by what is stored already. Its link stays as it is."""
    key = _key(db, extracted)
    stored = _stored(db, extracted.queued, key)
    row = _row(extracted, key, now)
    return _write(db, row, stored, decide(extracted.article, _matches(db, stored, row["text_hash"])), now)


def read_at(db: Database, article_id: int) -> datetime | None:
    """When the page of an article was last read."""
    row = db.execute("SELECT fetched_at FROM articles WHERE id = ?", [article_id]).fetchone()
    return values.moment(row[0]) if row else None


def _write(
    db: Database, row: dict[str, Any], stored: dict[str, Any] | None, intent: StoreAction, now: datetime
) -> Decision:
    match intent:
        case Insert():
            return New(_insert(db, row, now))
        case InsertDuplicate(of=twin):
            return Duplicate(_insert(db, row | {"duplicate_of": twin}, now), twin)
        case Update(id=article_id, duplicate_of=twin):
            assert stored is not None
            _keep_version(db, stored)
            _update(db, stored, row | {"duplicate_of": twin, "last_changed": values.stamp(now)})
            return Changed(article_id)
        case Keep(id=article_id, why="same"):
            assert stored is not None
            # The words are the same; the other fields may be extracted better today.
            _update(db, stored, row)
            return Unchanged(article_id)
        case Keep(id=article_id):
            db.execute("UPDATE articles SET fetched_at = ? WHERE id = ?", [row["fetched_at"], article_id])
            return Unchanged(article_id)


def _insert(db: Database, row: dict[str, Any], now: datetime) -> int:
    row = row | {"first_seen": values.stamp(now), "last_changed": values.stamp(now)}
    cursor = db.execute(
        f"INSERT INTO articles({', '.join(row)}) VALUES ({', '.join(f':{name}' for name in row)})",  # noqa: S608 - ours
        row,
    )
    article_id = cursor.lastrowid
    assert article_id is not None
    search.index(db, article_id, row)
    return article_id


def _update(db: Database, stored: dict[str, Any], row: dict[str, Any]) -> None:
    # The first key and the first source stay: links and duplicates refer to the article by them.
    row = {name: value for name, value in row.items() if name not in {"key", "source"}}
    if any(stored[name] != row[name] for name in search.COLUMNS):
        search.unindex(db, stored["id"], stored)
        search.index(db, stored["id"], row)
    # A page that no longer says when it was published was published then all the same.
    row["published"] = row["published"] or stored["published"]
    db.execute(
        f"UPDATE articles SET {', '.join(f'{name} = :{name}' for name in row)} WHERE id = :id",  # noqa: S608 - ours
        row | {"id": stored["id"]},
    )


def _keep_version(db: Database, stored: dict[str, Any]) -> None:
    db.execute(
        "INSERT INTO versions(article_id, seen_at, title, content_hash, text)"
        " VALUES (:id, :fetched_at, :title, :content_hash, :text)",
        stored,
    )


def _matches(db: Database, stored: dict[str, Any] | None, text_hash: str) -> Matches:
    twin = db.execute(
        "SELECT min(id) FROM articles WHERE text_hash = ? AND text_hash <> '' AND duplicate_of IS NULL AND id <> ?",
        [text_hash, stored["id"] if stored else 0],
    ).fetchone()[0]
    if stored is None:
        return Matches(same_text=twin)
    return Matches(
        StoredArticle(stored["id"], stored["content_hash"], len(stored["text"]), stored["duplicate_of"]), twin
    )


def _key(db: Database, extracted: Extracted) -> str:
    owner = db.execute("SELECT url FROM articles WHERE key = ?", [extracted.key]).fetchone()
    canonical = extracted.article.canonical_url
    return trusted_key(extracted.queued.key, extracted.key, extracted.url, canonical, owner[0] if owner else None)


def _stored(db: Database, queued: QueuedLink, key: str) -> dict[str, Any] | None:
    """The article known by ``key``, by a link of that key, or by this link when its page has moved."""
    cursor = db.execute(
        "SELECT id, title, authors, text, published, content_hash, fetched_at, duplicate_of FROM articles"
        " WHERE id = coalesce((SELECT id FROM articles WHERE key = :key),"
        " (SELECT article_id FROM links WHERE key = :key), :linked)",
        {"key": key, "linked": queued.article_id},
    )
    row = cursor.fetchone()
    return dict(zip((column[0] for column in cursor.description), row, strict=True)) if row else None


def _row(extracted: Extracted, key: str, now: datetime) -> dict[str, Any]:
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


def _robots(page: Page | None, article: Article) -> str:
    """What the server and the page say to search engines, each word once."""
    lines = (page.headers.get("x-robots-tag", "") if page else "", article.robots)
    words = (word.strip().lower() for line in lines for word in line.split(","))
    return values.one_line(", ".join(dict.fromkeys(filter(None, words))))
