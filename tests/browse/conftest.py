"""A database that ingest wrote, and Datasette over it, run for real in this process."""

from __future__ import annotations

import asyncio
import sqlite3
import sys
from collections.abc import Awaitable, Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from unittest.mock import patch
from urllib.parse import quote

import pytest

from ingest import schedule
from ingest.article.body import Body
from ingest.dedup.decide import decide
from ingest.discover.shape_filter import FilteredLinks
from ingest.errors import FetchError
from ingest.model import Article, DateCandidate, Link, Source
from ingest.schedule.due import SourceState
from ingest.schedule.requeue import requeue
from ingest.store import Extracted, QueuedLink, ReadIndex, Store


@contextmanager
def _connections_closed() -> Iterator[None]:
    """Closes what Datasette opens in the block, which itself closes only its connections to files.

    A connection that our plugin leaves open is not closed here, and fails the test.
    """
    connect, opened = sqlite3.connect, []

    def remember(*words: Any, **settings: Any) -> sqlite3.Connection:
        if not sys._getframe(1).f_globals["__name__"].startswith("datasette."):
            return connect(*words, **settings)
        # Opened in a thread of Datasette, closed here.
        opened.append(connect(*words, **settings | {"check_same_thread": False}))
        return opened[-1]

    try:
        with patch.object(sqlite3, "connect", remember):
            yield
    finally:
        for connection in opened:
            connection.close()


with _connections_closed():
    # Its modules open one when they are imported, too.
    from datasette.app import Datasette

NOW = datetime(2026, 3, 4, 5, 6, 7, tzinfo=UTC)
HOSTILE = """<script>alert(1)</script><img src=x onerror=alert(2)> "quoted" {{ 7 * 7 }}"""
STORY = " ".join(f"The council met on day {day} to count its bridges." for day in range(1, 12))
TAMPERED = f"""<p>{STORY}</p><script>alert(3)</script><h2>Part</h2>
<p onclick='alert(4)'>x <a href='javascript:alert(5)'>y</a></p>
<figure><img src='https://odd.example/i.jpg' alt=''></figure>"""


@dataclass
class Browser:
    """Asks Datasette for pages. ``files`` are the databases that it serves."""

    files: list[Path]

    def get(self, path: str, **settings: Any) -> Any:
        """The answer to a request; ``settings`` go to Datasette."""

        async def ask(datasette: Datasette) -> Any:
            return await datasette.client.get(quote(path, safe="/?&=%+,~()'*:"))

        return self._run(ask, settings)

    def query(self, database: str, sql: str) -> Any:
        """The first value that a query brings in one of the databases."""

        async def ask(datasette: Datasette) -> Any:
            return (await datasette.get_database(database).execute(sql)).first()[0]

        return self._run(ask, {})

    def _run(self, ask: Callable[[Datasette], Awaitable[Any]], settings: dict[str, Any]) -> Any:
        async def run() -> Any:
            datasette = Datasette([str(file) for file in self.files], **settings)
            await datasette.invoke_startup()
            try:
                return await ask(datasette)
            finally:
                datasette.executor.shutdown()

        with _connections_closed():
            return asyncio.run(run())


def _land(store: Store, queued: QueuedLink, text: str, **fields: Any) -> None:
    article = Article(queued.url, queued.url, body=Body.of_text(text), **fields)
    store.save_article(Extracted(queued, article, queued.key), decide, NOW, NOW)


def _queue(store: Store, source: str, *paths: str) -> list[QueuedLink]:
    feed = f"https://{source}.example/feed"
    links = [(f"{source}.example/{path}", Link(f"https://{source}.example/{path}", source, feed)) for path in paths]
    store.record_index_page(ReadIndex(source, feed, FilteredLinks(tuple(links))), requeue, NOW)
    return store.due_links(source, NOW, 100)


def _fill(store: Store) -> None:
    store.configure(
        [Source(name, f"https://{name}.example/feed") for name in ("korean", "japanese", "odd", "broken")],
        NOW,
        schedule.starts_over,
    )
    (korean,) = _queue(store, "korean", "a")
    text = "수도권에 집중호우가 내려 도로 곳곳이 물에 잠겼다.\n호우 특보는 밤까지 이어진다."
    date = DateCandidate("published", ".date", "입력 2026-03-04 14:06", NOW)
    _land(store, korean, text, title="집중호우에 도로 통제", authors=("김하늘",), language="ko", published=NOW,
          section="사회", origins={"title": "site:korean"}, dates=(date,))  # fmt: skip
    (japanese,) = _queue(store, "japanese", "b")
    _land(store, japanese, "小池百合子知事は橋の点検を急ぐと述べた。", title="知事、橋の点検を表明", language="ja",
          published=NOW - timedelta(days=1))  # fmt: skip
    hostile, twin, edited, bare, failed = _queue(store, "odd", "hostile", "twin", "edited", "bare", "failed")
    _land(store, hostile, STORY, title=HOSTILE, authors=(HOSTILE,), section=HOSTILE, published=NOW)
    # Past the sanitiser of the way in, as in a database that somebody else hands on.
    store._db.execute("UPDATE articles SET html = ? WHERE title = ?", [TAMPERED, HOSTILE])
    _land(store, twin, STORY, title="The twin")
    _land(store, edited, STORY + " At first.", title="Counted once", published=NOW)
    (again,) = [link for link in store.due_links("odd", NOW, 100) if link.key == edited.key]
    _land(store, again, STORY + " And again.", title="Counted twice", published=NOW)
    _land(store, bare, "Nothing else is known.")
    store.fail(failed, FetchError(failed.url, "http_4xx", HOSTILE), now=NOW, next_try=None)
    due = NOW + timedelta(hours=8)
    for name, error in (("korean", ""), ("broken", "http_5xx")):
        after = SourceState(name, next_due=due, error=error, message=error and HOSTILE)
        store.finish_run(after, ok=not error, now=NOW)


@pytest.fixture(scope="session")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("browse") / "articles.db"
    with Store.open(path) as store:
        _fill(store)
    return path


@pytest.fixture
def browser(database: Path) -> Browser:
    return Browser([database])


@pytest.fixture
def foreign(tmp_path: Path) -> Path:
    """A database that ingest did not make, with a table of the same name."""
    path = tmp_path / "recipes.db"
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("CREATE TABLE articles(id INTEGER PRIMARY KEY, title TEXT, text TEXT)")
        connection.execute("CREATE VIRTUAL TABLE articles_fts USING fts5(title, content='articles')")
        connection.execute("INSERT INTO articles VALUES (1, 'Flour', '<b>Mix</b>')")
    return path
