"""When a link is requested again."""

from datetime import UTC, datetime, timedelta

from ingest.schedule.retries import (
    LONGEST_GONE_WAIT,
    LONGEST_LINK_WAIT,
    MAX_ATTEMPTS,
    MAX_TRANSIENT_ATTEMPTS,
    next_check,
    next_look,
    next_try,
)

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)


def test_a_failed_link_is_tried_again_later_and_later_and_then_left_alone():
    times = [next_try(n, NOW) for n in range(1, MAX_ATTEMPTS + 1)]
    waits = [moment - NOW for moment in times if moment]
    assert waits == sorted(waits)
    assert waits[0] == timedelta(minutes=10)
    assert times[-1] is None


def test_a_server_that_is_away_for_a_week_costs_no_link():
    assert next_try(MAX_ATTEMPTS, NOW, transient=True) == NOW + timedelta(hours=21, minutes=20)
    waits = [next_try(n, NOW, transient=True) for n in range(1, MAX_TRANSIENT_ATTEMPTS)]
    assert sum((moment - NOW for moment in waits if moment), timedelta()) > timedelta(days=10)
    assert next_try(MAX_TRANSIENT_ATTEMPTS, NOW, transient=True) is None


def test_a_link_waits_at_least_as_long_as_it_was_told():
    assert next_try(1, NOW, retry_after=3600) == NOW + timedelta(hours=1)


def test_an_article_is_looked_at_again_less_and_less_often_and_then_left_alone():
    published = NOW - timedelta(hours=2)
    assert next_check(published, NOW) == published + timedelta(hours=6)
    assert next_check(NOW - timedelta(days=30), NOW) is None


def test_a_link_is_tried_again_after_a_day_at_the_longest_and_a_tenth_more_by_chance():
    assert next_try(MAX_TRANSIENT_ATTEMPTS - 1, NOW, transient=True) == NOW + timedelta(days=1)
    assert next_try(1, NOW, jitter=1.0) == NOW + timedelta(minutes=11)


def test_a_server_may_not_hold_a_link_back_for_longer_than_a_day():
    assert next_try(1, NOW, retry_after=10**9) == NOW + timedelta(days=1)
    assert next_try(1, NOW, retry_after=1) == NOW + timedelta(minutes=10)


def test_an_article_is_looked_at_again_five_times_in_its_first_week():
    checks, now = [], NOW
    while check := next_check(NOW, now):
        checks.append((check - NOW) / timedelta(hours=1))
        now = check
    assert checks == [1, 6, 24, 72, 168]


def test_a_removed_page_is_asked_for_ever_more_rarely_and_in_the_end_no_more() -> None:
    looks = [next_look(number, NOW) for number in range(1, 8)]
    waits = [(look - NOW).days for look in looks if look]
    assert waits == sorted(waits)
    assert (waits[0], len(waits), looks[-1]) == (1, 5, None)
    assert next_look(1, NOW, jitter=1.0) == NOW + timedelta(days=1, hours=2, minutes=24)


def test_no_link_waits_longer_than_the_longest_wait():
    waits = [next_try(n, NOW, retry_after=1e9, jitter=1.0, transient=True) for n in range(1, MAX_TRANSIENT_ATTEMPTS)]
    checks = [next_check(NOW - timedelta(minutes=minutes), NOW) for minutes in range(0, 8 * 24 * 60, 20)]
    assert max(moment - NOW for moment in (*waits, *checks) if moment) <= LONGEST_LINK_WAIT
    looks = [next_look(number, NOW, jitter=1.0) for number in range(1, 8)]
    assert max(moment - NOW for moment in looks if moment) <= LONGEST_GONE_WAIT


def test_a_page_behind_a_wall_is_asked_for_ever_more_seldom_and_never_given_up():
    waits = [moment - NOW for n in (1, 2, 8, 10, 12, 400) if (moment := next_try(n, NOW, patient=True))]
    assert waits[:2] == [timedelta(minutes=10), timedelta(minutes=20)]
    assert waits[2] == timedelta(hours=21, minutes=20)
    assert waits[3] < timedelta(days=7)
    assert waits[4:] == [timedelta(days=7)] * 2
