"""The clocks of the service, and the time zone by which APScheduler is made to follow one of them."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta

from ingest.service.clock import Clock, ElapsedTime, since_boot


def test_seconds_since_boot_go_on_and_count_the_sleep_of_the_machine():
    first = since_boot()
    time.sleep(0.01)
    assert first < since_boot()
    assert first >= time.monotonic() - 1


def test_the_clocks_of_a_machine_run_at_one_pace():
    clock = Clock()
    first = clock.offset()
    time.sleep(0.05)
    assert abs(clock.offset() - first) < 0.02


def test_the_offset_shows_by_how_much_the_time_of_day_was_set():
    now = datetime(2026, 3, 1, tzinfo=UTC)
    seconds = 50.0
    clock = Clock(lambda: now, lambda: seconds)
    before = clock.offset()
    now, seconds = now + timedelta(hours=6), seconds + 6 * 3600
    assert clock.offset() == before
    now -= timedelta(days=7)
    assert clock.offset() - before == -7 * 86_400


def test_now_in_elapsed_time_is_what_has_elapsed():
    seconds = 10.0
    zone = ElapsedTime(lambda: seconds)
    first = datetime.now(zone)
    seconds = 75.5
    assert datetime.now(zone) - first == timedelta(seconds=65.5)
    assert datetime.now(zone).timestamp() - first.timestamp() == 65.5
    assert str(first) == "2000-01-01 00:00:10+00:00"
