"""Articles saved a second, one a transaction and many together: `python benchmarks/saving.py [ARTICLES]`.

Random words in the frequencies of language, 800 to an article; links are queued before, pages are not kept.
"""

from __future__ import annotations

import random
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

from ingest import schedule
from ingest.article.body import Body
from ingest.dedup.decide import decide
from ingest.discover.shape_filter import FilteredLinks
from ingest.model import Article, Link, Page, Source
from ingest.schedule.requeue import requeue
from ingest.store import Extracted, QueuedLink, ReadIndex, Store

FEED = "https://news.example/feed"
NOW = datetime(2026, 3, 4, tzinfo=UTC)
GROUPS = (1, 10, 50)


def article(queued: QueuedLink, rng: random.Random, vocabulary: list[str]) -> Article:
    """Its text and HTML are made here, as the worker processes do, and not on the store's time."""
    ranks = (min(int(rng.paretovariate(0.7)), len(vocabulary)) - 1 for _ in range(800))
    words = [vocabulary[rank] for rank in ranks]
    body = Body.of_text("\n".join(" ".join(words[at : at + 80]) for at in range(0, 800, 80)))
    assert body.text
    assert body.html
    title = " ".join(rng.choices(vocabulary, k=8))
    return Article(queued.url, queued.url, title=title, authors=("A. Writer",), published=NOW, language="en", body=body)


def measure(count: int, group: int) -> tuple[float, float, float]:
    """Articles a second of wall time, of processor time, and bytes of the file for one."""
    rng = random.Random(1)
    vocabulary = ["".join(rng.choices("abcdefghijklmnopqrstuvwxyz", k=rng.randint(2, 10))) for _ in range(20_000)]
    with tempfile.TemporaryDirectory() as folder, Store.open(Path(folder) / "articles.db") as store:
        store.configure([Source("news", FEED)], NOW, schedule.starts_over)
        links = [(f"news.example/{n}", Link(f"https://news.example/{n}", "news", FEED)) for n in range(count)]
        store.record_index_page(ReadIndex("news", FEED, FilteredLinks(tuple(links))), requeue, NOW)
        ready = [(queued, article(queued, rng, vocabulary)) for queued in store.due_links("news", NOW, count)]
        wall, processor = time.perf_counter(), time.process_time()
        for at in range(0, count, group):
            with store.transaction():
                for queued, each in ready[at : at + group]:
                    page = Page(queued.url, queued.url, 200, b"", {"etag": '"1"'}, NOW)
                    store.save_article(Extracted(queued, each, queued.key, page), decide, NOW, None)
        wall, processor = time.perf_counter() - wall, time.process_time() - processor
        return count / wall, count / processor, (Path(folder) / "articles.db").stat().st_size / count


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 2_000
    print(f"{'together':>8} {'a second':>9} {'a CPU second':>13} {'bytes each':>11}")
    for group in GROUPS:
        wall, processor, size = measure(count, group)
        print(f"{group:>8} {wall:>9.0f} {processor:>13.0f} {size:>11.0f}")


if __name__ == "__main__":
    main()
