"""A writer killed at any moment loses nothing that it acknowledged and leaves nothing twice.

The commands are killed as `benchmarks/kills.py` does it, a few times each; run that for hundreds.
"""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

sys.path.insert(0, str(Path(__file__).parents[2] / "benchmarks"))

import kills

from ingest.store import Reader, Store

_WRITER = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from ingest import schedule
from ingest.article.body import Body
from ingest.dedup.decide import decide
from ingest.discover.revalidation import IndexPageState
from ingest.discover.shape_filter import FilteredLinks
from ingest.model import Article, Link, Page, Source, Validators
from ingest.schedule.requeue import requeue
from ingest.store import Extracted, Fetch, ReadIndex, Store

FEED = "https://news.example/feed"
now = datetime(2026, 3, 4, tzinfo=UTC)
store = Store.open(Path(sys.argv[1]))
store.configure([Source("news", FEED)], now, schedule.starts_over)
links = [(f"news.example/{n}", Link(f"https://news.example/{n}", "news", FEED)) for n in range(3_000)]
read = ReadIndex("news", FEED, FilteredLinks(tuple(links)), state=IndexPageState(Validators('"1"')))
store.record_index_page(read, requeue, now)
due = store.due_links("news", now, 3_000)
for at in range(0, len(due), 7):
    with store.transaction():
        for queued in due[at : at + 7]:
            page = Page(queued.url, queued.url, 200, queued.key.encode() * 50, {"etag": "1"}, now)
            store.keep_page(page, "all", Fetch("news", page.url, now))
            text = f"{queued.key} was read by the river. " * 60
            article = Article(queued.url, queued.url, title=queued.key, body=Body.of_text(text))
            store.save_article(Extracted(queued, article, queued.key, page), decide, now, None)
    print(*(queued.key for queued in due[at : at + 7]), flush=True)
"""


@pytest.mark.parametrize("acknowledged", [1, 20, 60])
def test_a_killed_writer_loses_and_doubles_nothing(path: Path, acknowledged: int) -> None:
    writer = subprocess.Popen([sys.executable, "-c", _WRITER, str(path)], stdout=subprocess.PIPE, text=True)
    assert writer.stdout
    with writer, writer.stdout as answers:
        told = [answers.readline() for _ in range(acknowledged)]
        writer.send_signal(signal.SIGKILL)
        told += [line for line in answers if line.endswith("\n")]
    assert writer.returncode == -signal.SIGKILL
    keys = " ".join(told).split()
    assert len(keys) >= acknowledged * 7

    with Store.open(path) as store:
        _check(store, keys)


def _check(store: Store, acknowledged: list[str]) -> None:
    def column(sql: str) -> list[Any]:
        return [row[0] for row in store._db.execute(sql)]

    held = column("SELECT key FROM articles")
    assert set(acknowledged) <= set(held)
    assert len(held) == len(set(held))
    assert set(column("SELECT key FROM links WHERE state = 'done'")) == set(held)
    with Reader.open(store.path) as reader:
        assert {raw.page.url.removeprefix("https://") for raw, _ in reader.raw_pages()} >= set(held)
        assert [hit["url"] for hit in reader.search(f'"{held[-1]}"', 5)] == [f"https://{held[-1]}"]
    assert column("PRAGMA integrity_check") == ["ok"]
    assert column("PRAGMA foreign_key_check") == []
    store._db.execute("INSERT INTO articles_fts(articles_fts) VALUES ('integrity-check')")


@pytest.mark.slow
@pytest.mark.parametrize("kind", kills.SHARES)
def test_a_killed_command_loses_doubles_and_breaks_nothing(kind: str, tmp_path: Path) -> None:
    tally = kills.run(kind, 3, tmp_path, seed=7)
    assert tally.kills == 3
    assert tally.acknowledged > 50
    assert tally.is_well, tally
