"""A store in a folder of its own, and what a pipeline would hand to it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from ingest.article.body import Body
from ingest.model import Article, Decision, Hints, Link, Page, Source, Validators
from ingest.store import Extracted, QueuedLink, Store

NOW = datetime(2026, 3, 4, 5, 6, 7, tzinfo=UTC)
FEED = "https://news.example/feed"
#: Long enough to be told from other texts.
STORY = " ".join(f"The council met on day {day} to count its bridges." for day in range(1, 12))


@dataclass
class Desk:
    """A source, its links, and pages for them, in as few words as a test can have."""

    store: Store
    now: datetime = NOW

    def queue(self, *paths: str, source: str = "news", **hints: Any) -> list[QueuedLink]:
        """Names ``https://news.example/PATH`` in the feed; returns what is due."""
        site = f"{source}.example"
        links = [(f"{site}/{path}", Link(f"https://{site}/{path}", source, FEED, Hints(**hints))) for path in paths]
        self.store.record_index(source, FEED, Validators('"1"'), links, [], self.now)
        return self.due(source)

    def due(self, source: str = "news") -> list[QueuedLink]:
        return self.store.due_links(source, self.now, 1_000)

    def save_article(
        self, queued: QueuedLink, text: str = STORY, *, page: Page | None = None, **fields: Any
    ) -> Decision:
        """Lands an article at the link's own address."""
        key = fields.pop("key", queued.key)
        next_check = fields.pop("next_check", None)
        said = {"canonical_url": queued.url, "title": "Bridges counted", "published": NOW} | fields
        article = Article(queued.url, **said)
        article = replace(article, body=Body.of_text(text))
        page = page or self.page(queued.url)
        return self.store.save_article(Extracted(queued, article, key, page), self.now, next_check)

    def page(self, url: str, content: bytes = b"<p>raw</p>", **headers: str) -> Page:
        return Page(url, url, 200, content, headers, self.now)

    def later(self, **delta: float) -> None:
        self.now += timedelta(**delta)

    def rows(self, sql: str, *values: object) -> list[dict[str, Any]]:
        return list(self.store._db.query(sql, list(values)))

    def row(self, sql: str, *values: object) -> dict[str, Any]:
        (row,) = self.rows(sql, *values)
        return row


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "articles.db"


@pytest.fixture
def desk(path: Path) -> Iterator[Desk]:
    with Store.open(path) as store:
        store.configure([Source("news", FEED), Source("other", "https://other.example/")], NOW)
        yield Desk(store)
