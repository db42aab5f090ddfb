"""A version that is put back in the place of its article."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from ingest.model import Changed, HeldBack, Unchanged


def test_a_former_text_comes_back_with_every_field_and_nothing_is_lost(archive: Any) -> None:
    archive.edit()
    assert archive.store.revert(1, 1, archive.now)
    assert archive.article() == archive.before
    assert archive.reader.versions(1)[0]["text"] == archive.edited
    assert [hit["id"] for hit in archive.reader.search('"day 4 to"')] == [1]
    assert archive.reader.search('"counted twice"') == []


def test_what_the_page_says_today_does_not_undo_a_revert(archive: Any) -> None:
    link = archive.edit()
    archive.store.revert(1, 1, archive.now)
    again = archive.save_article(link, archive.edited, title="Counted twice", section="Town")
    assert isinstance(again, HeldBack)
    assert again.reason == "reverted"
    assert isinstance(archive.save_article(link, archive.edited + " And a thirteenth.", title="Counted twice"), Changed)


def test_a_reading_that_was_held_back_by_mistake_is_taken(archive: Any) -> None:
    (queued,) = archive.queue("a")
    archive.save_article(queued)
    link = replace(queued, article_id=1)
    archive.save_article(link, "")
    assert archive.store.revert(1, 1, archive.now)
    assert archive.reader.article(1)["text"] == ""
    assert {version["held_back"] for version in archive.reader.versions(1)} == {""}
    assert archive.save_article(link, "") == Unchanged(1)


def test_a_version_of_an_old_release_brings_back_its_title_and_text(archive: Any) -> None:
    (queued,) = archive.queue("a")
    archive.save_article(queued, authors=("Kim Haneul",))
    archive.store._db.execute(
        "INSERT INTO versions(article_id, seen_at, title, content_hash, text)"
        " VALUES (1, '2025-01-01T00:00:00Z', 'An old title', 'h', 'An old text.\n\nOf two lines.')"
    )
    assert archive.store.revert(1, 1, archive.now)
    now = archive.reader.article(1)
    assert (now["title"], now["text"], now["word_count"]) == ("An old title", "An old text.\n\nOf two lines.", 6)
    assert (now["html"], now["authors"]) == ("<p>An old text.</p><p>Of two lines.</p>", ["Kim Haneul"])
    assert [hit["id"] for hit in archive.reader.search("haneul")] == [1]


@pytest.mark.parametrize(("article_id", "version_id"), [(1, 99), (2, 1), (99, 1)])
def test_a_version_of_another_article_is_refused(archive: Any, article_id: int, version_id: int) -> None:
    archive.edit()
    before = archive.rows("SELECT * FROM articles")
    assert not archive.store.revert(article_id, version_id, archive.now)
    assert archive.rows("SELECT * FROM articles") == before
