"""The articles, row by row."""

from __future__ import annotations

from datetime import timedelta
from typing import Any


def test_the_latest_articles_come_first_and_those_without_a_date_last(archive: Any) -> None:
    times = (archive.now - timedelta(days=1), None, archive.now)
    for number, queued in enumerate(archive.queue("a", "b", "c")):
        archive.save_article(queued, f"text {number}", published=times[number])
    assert [row["url"][-1] for row in archive.reader.latest(10)] == ["c", "a", "b"]
    assert len(archive.reader.latest(1)) == 1


def test_export_gives_whole_articles_with_lists_as_lists(archive: Any) -> None:
    first, second = archive.queue("a", "b")
    archive.save_article(first, authors=("A", "B"), origins={"title": "json-ld"})
    (other,) = archive.queue("x", source="other")
    archive.save_article(other, "text")
    archive.save_article(second, "more text")
    articles = list(archive.reader.export(["news"]))
    assert [article["url"][-1] for article in articles] == ["a", "b"]
    assert articles[0]["authors"] == ["A", "B"]
    assert articles[0]["origins"] == {"title": "json-ld"}
    assert articles[0]["text"].startswith("The council")
    assert len(list(archive.reader.export())) == 3
