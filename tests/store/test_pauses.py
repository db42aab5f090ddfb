"""Who asked to be left alone."""

from __future__ import annotations

from typing import Any


def test_a_pause_lasts_until_it_is_over(archive: Any) -> None:
    archive.store.keep_pauses({("news.example", ""): 600.0, ("other.example", "other"): 60.0}, archive.now)
    archive.later(minutes=2)
    assert archive.store.pauses(archive.now) == {("news.example", ""): 480.0}


def test_a_shorter_pause_does_not_end_a_longer_one(archive: Any) -> None:
    archive.store.keep_pauses({("news.example", ""): 600.0}, archive.now)
    archive.store.keep_pauses({("news.example", ""): 60.0}, archive.now)
    assert archive.store.pauses(archive.now) == {("news.example", ""): 600.0}


def test_pauses_that_are_over_are_forgotten(archive: Any) -> None:
    archive.store.keep_pauses({("news.example", ""): 600.0}, archive.now)
    archive.later(hours=1)
    archive.store.keep_pauses({}, archive.now)
    assert archive.rows("SELECT * FROM pauses") == []
