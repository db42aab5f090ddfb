"""What holds for every operation of the store: one transaction each, undone as a whole."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from ingest import schedule
from ingest.article.body import Body
from ingest.dedup.actions import Insert, Matches, StoreAction, StoredArticle
from ingest.dedup.decide import decide
from ingest.model import Article, Changed, New, Source, Unchanged
from ingest.schedule.due import SourceState
from ingest.store import Extracted, QueuedLink, Reader, Store
from ingest.store.connection import pages_path

STORY = " ".join(f"The council met on day {day} to count its bridges." for day in range(1, 12))
EDITED = STORY.replace("day 7", "day 8") + " A twelfth bridge was found in the end."


def _extracted(queued: QueuedLink, text: str = EDITED) -> Extracted:
    return Extracted(queued, Article(queued.url, queued.url, title="t", body=Body.of_text(text)), queued.key)


def test_what_one_store_wrote_the_next_one_finds(archive: Any, path: Path) -> None:
    archive.queue("a")
    archive.store.close()
    with Store.open(path) as store:
        assert [link.key for link in store.due_links("news", archive.now, 9)] == ["news.example/a"]


def test_what_to_do_with_an_article_is_decided_by_what_is_stored_in_the_same_transaction(archive: Any) -> None:
    first, second = archive.queue("a", "b")
    archive.save_article(first)
    seen: list[Matches] = []

    def decider(article: Article, matches: Matches) -> StoreAction:
        seen.append(matches)
        return decide(article, matches)

    text = archive.row("SELECT text FROM articles")["text"]
    archive.store.save_article(_extracted(first, text), decider, archive.now, None)
    archive.store.save_article(_extracted(second, text), decider, archive.now, None)
    assert isinstance(seen[0].stored, StoredArticle)
    assert (seen[0].stored.id, seen[0].stored.text, seen[0].same_text) == (1, text, None)
    assert seen[1] == Matches(None, same_text=1, same_text_url=first.url)


def test_a_decision_that_raises_leaves_nothing_of_the_article(archive: Any) -> None:
    (queued,) = archive.queue("a")

    def decider(_: Article, __: Matches) -> StoreAction:
        raise LookupError

    with pytest.raises(LookupError):
        archive.store.save_article(_extracted(queued), decider, archive.now, None)
    assert [link.key for link in archive.due()] == [queued.key]


def test_a_rehearsed_reextraction_says_what_would_change_and_changes_nothing(archive: Any) -> None:
    (queued,) = archive.queue("a")
    archive.save_article(queued)
    before = archive.rows("SELECT * FROM articles")
    extracted = _extracted(replace(queued, article_id=1))
    assert archive.store.save_reextracted(extracted, decide, archive.now, None, dry_run=True).decision == Changed(1)
    assert archive.rows("SELECT * FROM articles") == before
    assert archive.rows("SELECT * FROM versions") == []
    assert archive.store.save_reextracted(extracted, decide, archive.now, None).decision == Changed(1)
    assert archive.store.save_reextracted(extracted, decide, archive.now, None).decision == Unchanged(1)


def test_a_reextraction_of_a_link_without_an_article_marks_it_done(archive: Any) -> None:
    (queued,) = archive.queue("a")
    archive.store.skip(queued, "not_an_article", "a list", archive.now)
    assert archive.store.save_reextracted(_extracted(queued), lambda *_: Insert(), archive.now, None).decision == New(1)
    assert archive.row("SELECT state, article_id FROM links") == {"state": "done", "article_id": 1}


def test_a_source_begins_anew_only_when_the_caller_says_so(archive: Any) -> None:
    after = SourceState("news", next_due=archive.now, failures=2.0)
    archive.store.finish_run(after, ok=False, now=archive.now)
    moved = [Source("news", "https://news.example/moved")]
    archive.store.configure(moved, archive.now, lambda *_: False)
    assert archive.store.source_state("news").failures == 2.0
    archive.store.configure([Source("news", "https://news.example/again")], archive.now, schedule.starts_over)
    assert archive.store.source_state("news").failures == 0.0
    assert archive.store.due_times()["news"] is None


def test_raw_pages_are_in_a_file_beside_the_database(tmp_path: Path) -> None:
    assert pages_path(tmp_path / "articles.db") == tmp_path / "pages.db"
    assert pages_path(tmp_path / "news.db") == tmp_path / "news-pages.db"


def test_a_database_without_its_raw_pages_can_be_read(archive: Any, path: Path) -> None:
    (queued,) = archive.queue("a")
    archive.save_article(queued)
    archive.store.close()
    pages_path(path).unlink()
    with Reader.open(path) as reader:
        assert list(reader.raw_pages()) == []
        assert reader.raw_page(queued.url) is None
        assert [row["id"] for row in reader.latest()] == [1]
