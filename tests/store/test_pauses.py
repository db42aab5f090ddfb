"""Who asked to be left alone."""

from __future__ import annotations

from typing import Any

from ingest.store import pauses


def test_a_pause_lasts_until_it_is_over(desk: Any) -> None:
    pauses.keep(desk.store, {("news.example", ""): 600.0, ("other.example", "other"): 60.0}, desk.now)
    desk.later(minutes=2)
    assert pauses.held(desk.store, desk.now) == {("news.example", ""): 480.0}


def test_a_shorter_pause_does_not_end_a_longer_one(desk: Any) -> None:
    pauses.keep(desk.store, {("news.example", ""): 600.0}, desk.now)
    pauses.keep(desk.store, {("news.example", ""): 60.0}, desk.now)
    assert pauses.held(desk.store, desk.now) == {("news.example", ""): 600.0}


def test_pauses_that_are_over_are_forgotten(desk: Any) -> None:
    pauses.keep(desk.store, {("news.example", ""): 600.0}, desk.now)
    desk.later(hours=1)
    pauses.keep(desk.store, {}, desk.now)
    assert desk.rows("SELECT * FROM pauses") == []
