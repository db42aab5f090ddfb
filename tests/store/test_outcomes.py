"""What came of each link is kept beside it, for a while."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from ingest.errors import FetchError
from ingest.store import Run, outcomes
from ingest.store.backfills import PRIORITY

STORY = " ".join(f"The council met on day {day} to count its bridges." for day in range(1, 12))
ROWS = "SELECT outcome, error FROM outcomes ORDER BY id"


def _outcomes(archive: Any) -> list[tuple[str, str]]:
    return [tuple(row.values()) for row in archive.rows(ROWS)]


def test_each_link_that_was_read_has_a_row(archive: Any) -> None:
    first, second, third, fourth = archive.queue("a", "b", "c", "d")
    archive.save_article(first)
    archive.save_article(second)
    archive.store.skip(third, "robots", "disallowed", archive.now)
    archive.store.fail(fourth, FetchError(fourth.url, "http_5xx", "500"), now=archive.now, next_try=None)
    assert _outcomes(archive) == [("new", ""), ("duplicate", ""), ("skipped", "robots"), ("failed", "http_5xx")]


def test_a_reading_says_who_answered_the_body_which_fields_and_how_much(archive: Any) -> None:
    (queued,) = archive.queue("a")
    archive.save_article(queued, authors=("Ada",), quality=0.5, origins={"body": "rule:news"})
    row = archive.row("SELECT body_origin, filled, words, quality FROM outcomes")
    assert row == {
        "body_origin": "rule:news",
        "filled": '["title","authors","published"]',
        "words": 110,
        "quality": 0.5,
    }


def test_what_is_held_back_says_why(archive: Any) -> None:
    (queued,) = archive.queue("a")
    archive.save_article(queued)
    archive.save_article(replace(queued, article_id=1), "")
    assert _outcomes(archive)[-1] == ("held_back", "emptied")


def test_a_page_that_is_as_it_was_has_no_row(archive: Any) -> None:
    (queued,) = archive.queue("a")
    archive.save_article(queued)
    archive.store.unchanged(replace(queued, article_id=1), archive.now, None)
    assert len(_outcomes(archive)) == 1


def test_a_removed_article_is_no_trouble_of_its_source_but_a_link_to_nothing_is(archive: Any) -> None:
    removed, nothing = archive.queue("a", "b")
    archive.save_article(removed)
    archive.store.mark_gone(replace(removed, article_id=1), archive.now, None)
    archive.store.mark_gone(nothing, archive.now, None)
    assert _outcomes(archive) == [("new", ""), ("failed", "gone")]


def test_history_that_a_backfill_found_says_nothing_of_today(archive: Any) -> None:
    links = archive.queue("a")
    archive.store._db.execute("UPDATE links SET priority = ?", [PRIORITY])
    archive.save_article(links[0])
    assert _outcomes(archive) == []


def test_a_backlog_from_before_the_first_run_says_nothing_of_today(archive: Any) -> None:
    old = archive.queue("a")[0]
    archive.later(hours=1)
    archive.store.finish_run(archive.store.source_state("news"), ok=True, now=archive.now, run=Run(ok=True))
    archive.later(hours=1)
    archive.save_article(old)
    archive.save_article(archive.queue("b")[-1])
    assert archive.rows("SELECT url FROM outcomes") == [{"url": "https://news.example/b"}]


def test_a_link_has_a_row_for_its_first_look_and_one_for_the_last_look_at_its_article(archive: Any) -> None:
    (queued,) = archive.queue("a")
    archive.store.fail(queued, FetchError(queued.url, "http_5xx", "500"), now=archive.now, next_try=None)
    archive.save_article(queued)
    for text in ("", f"{STORY} A bridge was found.", f"{STORY} Two were found."):
        archive.save_article(replace(queued, article_id=1), text)
    assert _outcomes(archive) == [("new", ""), ("changed", "")]


@pytest.mark.parametrize(("later", "kept"), [(0, 500), (29, 500), (31, 100)])
def test_outcomes_are_kept_for_a_month_and_no_more_than_five_hundred(archive: Any, later: int, kept: int) -> None:
    for queued in archive.queue(*(f"a{number}" for number in range(510))):
        archive.store.skip(queued, "robots", "", archive.now)
    archive.later(days=later)
    archive.store.finish_run(archive.store.source_state("news"), ok=True, now=archive.now, run=Run(ok=True))
    assert archive.row("SELECT count(*) AS n, max(id) AS newest FROM outcomes") == {"n": kept, "newest": 510}
    assert len(outcomes.newest(archive.store._db, "news", archive.now)) == kept
