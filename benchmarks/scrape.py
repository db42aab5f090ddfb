"""What a scrape of `/metrics` and a look at `/health` cost, for a database of many sources.

python benchmarks/scrape.py --sources 20000 --articles 400000
"""

from __future__ import annotations

import argparse
import statistics
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from prometheus_client import generate_latest

from ingest import schedule
from ingest.health.counters import Counters
from ingest.health.metrics import registry
from ingest.model import Source
from ingest.store import Reader, Store
from ingest.store.values import stamp

OUTCOMES = ("new", "changed", "unchanged", "held_back", "skipped")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sources", type=int, default=20_000)
    parser.add_argument("--articles", type=int, default=400_000)
    options = parser.parse_args()
    now = datetime.now(UTC)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "articles.db"
        fill(path, options.sources, options.articles, now)
        counters = Counters()
        for number in range(options.sources):
            counters.add_outcomes(f"source-{number}", dict.fromkeys(OUTCOMES, 3))

        def gauges() -> Any:
            with Reader.open(path) as reader:
                return reader.gauges(now)

        def standing() -> Any:
            with Reader.open(path) as reader:
                return reader.standing(now)

        metrics = registry(counters, lambda: 0, gauges)
        size = len(generate_latest(metrics))
        print(f"{options.sources:,} sources, {options.articles:,} articles, {size / 1e6:.1f} MB a scrape")
        print(f"  /metrics, all of it   {milliseconds(lambda: generate_latest(metrics)):7.0f} ms")
        print(f"    of that the database {milliseconds(gauges):6.0f} ms")
        print(f"  /health               {milliseconds(standing):7.0f} ms")


def milliseconds(work: Callable[[], object]) -> float:
    def once() -> float:
        began = time.perf_counter()
        work()
        return (time.perf_counter() - began) * 1000

    return statistics.median(once() for _ in range(5))


def fill(path: Path, sources: int, articles: int, now: datetime) -> None:
    with Store.open(path) as store:
        named = [Source(f"source-{number}", f"https://s{number}.example/feed") for number in range(sources)]
        store.configure(named, now, schedule.starts_over)
        db = store._db  # noqa: SLF001 — rows that no run would store so fast
        with store.transaction():
            db.conn.executemany(
                "INSERT INTO articles(key, url, canonical_url, source, title, page_type, word_count, fetched_at,"
                " first_seen, last_changed, content_hash, text_hash, published, text, html)"
                " VALUES (?1, ?1, ?1, ?2, 'title', 'article', 300, ?3, ?3, ?3, ?1, ?1, ?3, ?4, ?4)",
                (
                    (str(n), f"source-{n % sources}", stamp(now - timedelta(minutes=n % 90_000)), "word " * 300)
                    for n in range(articles)
                ),
            )
            db.conn.executemany(
                "INSERT INTO links(key, url, source, found_at, via, state) VALUES (?1, ?1, ?2, ?3, '', ?4)",
                (
                    (str(n), f"source-{n % sources}", stamp(now), "done" if n % 20 else "queued")
                    for n in range(2 * articles)
                ),
            )


if __name__ == "__main__":
    main()
