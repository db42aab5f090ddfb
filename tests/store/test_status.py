"""What `ingest status` says of each source."""

from __future__ import annotations

from typing import Any


def test_status_counts_articles_and_links_by_source(archive: Any) -> None:
    first, second, third, _ = archive.queue("a", "b", "c", "d")
    archive.save_article(first)
    archive.save_article(second)
    archive.store.skip(third, "robots", "disallowed", archive.now)
    rows = {row["name"]: row for row in archive.reader.status()}
    wanted = {"articles": 2, "duplicates": 1, "queued": 1, "failed": 0, "skipped": 1, "gone": 0}
    assert {name: rows["news"][name] for name in wanted} == wanted
    assert rows["news"]["newest"] == "2026-03-04T05:06:07Z"
    assert rows["other"]["articles"] == 0
