"""A store in a folder of its own, and what a pipeline would hand to it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import cached_property
from pathlib import Path
from typing import Any

import pytest

from ingest import schedule
from ingest.article.body import Body
from ingest.dedup.decide import decide
from ingest.discover.revalidation import IndexPageState
from ingest.discover.shape_filter import FilteredLinks, SkippedLink
from ingest.model import Article, Decision, Hints, KeepRaw, Link, Page, Source, Validators
from ingest.schedule.requeue import requeue
from ingest.store import Extracted, Fetch, IndexCounts, QueuedLink, Reader, ReadIndex, Store

NOW = datetime(2026, 3, 4, 5, 6, 7, tzinfo=UTC)
FEED = "https://news.example/feed"
#: Long enough to be compared with other texts.
STORY = " ".join(f"The council met on day {day} to count its bridges." for day in range(1, 12))
EDITED = STORY.replace("day 4 to", "day 4, in the rain, to") + " A twelfth was found."
#: Columns that are not what an article says.
_CIRCUMSTANCES = {"id", "key", "source", "first_seen", "last_changed", "fetched_at", "duplicate_of", "gone_at"}


@dataclass
class Archive:
    """A source, its links, and pages for them, in as few words as a test can have."""

    store: Store
    now: datetime = NOW
    edited: str = EDITED

    def queue(self, *paths: str, source: str = "news", **hints: Any) -> list[QueuedLink]:
        """Names ``https://news.example/PATH`` in the feed; returns what is due."""
        site = f"{source}.example"
        links = [(f"{site}/{path}", Link(f"https://{site}/{path}", source, FEED, Hints(**hints))) for path in paths]
        self.record(links, source=source, state=IndexPageState(Validators('"1"')))
        return self.due(source)

    def record(
        self,
        links: Sequence[tuple[str, Link]],
        url: str = FEED,
        source: str = "news",
        *,
        skipped: Sequence[SkippedLink] = (),
        retry: Sequence[str] = (),
        **read: Any,
    ) -> IndexCounts:
        """An index page was read, and named these links."""
        filtered = FilteredLinks(tuple(links), tuple(skipped), frozenset(retry))
        return self.store.record_index_page(ReadIndex(source, url, filtered, **read), requeue, self.now)

    def configure(self, *sources: Source) -> None:
        self.store.configure(sources, self.now, schedule.starts_over)

    @property
    def pages(self) -> Any:
        """The connection that the raw pages are written by."""
        return self.store._pages._db

    @cached_property
    def reader(self) -> Reader:
        """Reads the same files, as another process would."""
        return Reader.open(self.store.path)

    def keep(self, page: Page, mode: KeepRaw = "all", source: str = "news") -> bool:
        return self.store.keep_page(page, mode, Fetch(source, page.url, self.now, page.status, len(page.content)))

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
        return self.store.save_article(Extracted(queued, article, key, page), decide, self.now, next_check)

    def edit(self) -> QueuedLink:
        """Lands an article and an edit of it an hour later; returns its link."""
        (queued,) = self.queue("a")
        fields = {"authors": ("Kim Haneul",), "section": "City", "summary": "Eleven bridges.", "tags": ("bridges",)}
        self.save_article(queued, **fields)
        self.before = self.article()
        self.later(hours=1)
        link = replace(queued, article_id=1)
        self.save_article(link, EDITED, title="Counted twice", section="Town")
        return link

    def article(self) -> dict[str, Any]:
        """What the first article says, by column."""
        article = self.reader.article(1)
        assert article
        return {name: value for name, value in article.items() if name not in _CIRCUMSTANCES}

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
def archive(path: Path) -> Iterator[Archive]:
    with Store.open(path) as store:
        archive = Archive(store)
        archive.configure(Source("news", FEED), Source("other", "https://other.example/"))
        yield archive
        if "reader" in vars(archive):
            archive.reader.close()
