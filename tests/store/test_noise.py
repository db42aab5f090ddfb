"""Which blocks change from one look to the next, and what is remembered of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

from ingest.model import Changed, Unchanged
from ingest.store import noise

STORY = (
    "The council met on Monday to count its bridges.",
    "It found eleven of them, and a twelfth that leads nowhere.",
    "The mayor thanked the builders, the bank and the weather, in this order.",
)


def _text(*lines: str) -> str:
    return "\n".join([*STORY, *lines])


def test_a_line_whose_number_changes_in_two_articles_is_no_edit_of_a_third(archive: Any) -> None:
    links = archive.queue("a", "b", "c")
    for queued in links:
        archive.save_article(queued, _text(f"Tide at {queued.id} o'clock", f"Bridge {queued.id} is red."))
    again = [replace(queued, article_id=queued.id) for queued in links]
    for queued in again[:2]:
        assert archive.save_article(queued, _text("Tide at 9 o'clock", f"Bridge {queued.id} is red.")) == Changed(
            queued.id
        )
    assert archive.save_article(again[2], _text("Tide at 9 o'clock", "Bridge 3 is red.")) == Unchanged(3)
    rows = archive.rows("SELECT template, article_id, looks FROM noise ORDER BY article_id, template")
    assert [row for row in rows if row["template"].startswith("~")] == [
        {"template": "~Tide at 0 o'clock", "article_id": number, "looks": 1} for number in (1, 2, 3)
    ]


def test_a_corrected_number_in_a_sentence_is_an_edit_however_often_it_occurs(archive: Any) -> None:
    links = archive.queue("a", "b", "c", "d")
    for queued in links:
        archive.save_article(queued, _text(f"Bridge {queued.id} is red.", "Fourteen people were hurt, and 12 died."))
    for queued in links:
        edited = _text(f"Bridge {queued.id} is red.", "Fourteen people were hurt, and 14 died.")
        assert archive.save_article(replace(queued, article_id=queued.id), edited) == Changed(queued.id)


def test_a_short_line_that_alone_changes_at_each_look_is_noise_from_the_fourth_on(archive: Any) -> None:
    (queued,) = archive.queue("a")
    archive.save_article(queued, _text("Word of the day: ferry", "The bridge is red."))
    again = replace(queued, article_id=1)
    for word in ("tide", "quay", "gull"):
        assert archive.save_article(again, _text(f"Word of the day: {word}", "The bridge is red.")) == Changed(1)
    assert archive.save_article(again, _text("Word of the day: fog", "The bridge is red.")) == Unchanged(1)
    assert archive.save_article(again, _text("Word of the day: eel", "The bridge is blue.")) == Changed(1)


def test_the_noise_of_one_source_is_not_that_of_another(archive: Any) -> None:
    noise.count(archive.store._db, "news", 1, ["~0 boats"], archive.now)
    noise.count(archive.store._db, "news", 2, ["~0 boats", "=Menu"], archive.now)
    noise.count(archive.store._db, "news", 3, ["@3 Above"], archive.now)
    noise.count(archive.store._db, "news", 3, ["@3 Above"], archive.now)
    assert noise.changing(archive.store._db, "news") == {"~0 boats": 2, "@3 Above": 2}
    assert noise.changing(archive.store._db, "other") == {}


def test_the_latest_2000_rows_of_a_source_are_kept(archive: Any) -> None:
    for minute in range(101):
        templates = [f"={minute} {number}" for number in range(20)]
        noise.count(archive.store._db, "news", 1, templates, archive.now + timedelta(minutes=minute))
    oldest = archive.row("SELECT count(*) AS rows, min(last_at) AS oldest FROM noise")
    assert oldest == {"rows": 2000, "oldest": "2026-03-04T05:07:07Z"}
