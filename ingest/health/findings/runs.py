"""Signs in a source's runs: it fails, its index names nothing, nothing new comes, or far too much."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from ingest.errors import ERROR_CLASSES
from ingest.health.findings import wording
from ingest.health.findings.signs import Sign, open_finding

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from ingest.model import SourceDay, SourceHistory

_DAY, _TWO_MONTHS = timedelta(days=1), timedelta(days=60)
#: Runs in a row that fail, and for how long: a failure that may pass is given most of a day.
_FAILED_RUNS, _FAILED_LONG, _FAILED_SHORT = 2, timedelta(hours=15), timedelta(hours=5)
#: Runs that find an index empty, and for how long.
_EMPTY_RUNS, _EMPTY_LONG = 2, timedelta(hours=3)
#: Runs without any article ever.
_NEVER_RUNS = 3
#: Days with articles by which a rhythm is known, and over how long.
_KNOWN_RHYTHM, _KNOWN_LONG = 6, timedelta(weeks=3)
#: A silence is odd if so many articles should have come in it, and if it is longer by this factor than any before.
_MISSING_ARTICLES, _LONGER = 8.0, 1.7
_SHORTEST_SILENCE = timedelta(hours=20)
#: Who pauses for two days also goes on holiday: for a long weekend who pauses each week, for weeks who writes at times.
_PAUSES, _LONG_WEEKEND, _HOLIDAYS = timedelta(days=2), timedelta(days=3), timedelta(days=21)
#: A source that has rested on the same day of each week, on so many days with articles, has a week.
_REGULAR_DAYS = 25
#: Nobody is expected to write between these days (month, day).
_YEAR_ENDS, _YEAR_BEGINS = (12, 24), (1, 2)
#: A flood is so many links in two days, and so many times as many as on any day before.
_FLOOD, _TIMES, _KNOWN_DAYS = 30, 5.0, 7


def signs(history: SourceHistory) -> list[Sign | None]:
    """The signs in the runs of a source, gravest first."""
    return [_failing(history), _empty(history), _never(history), _silent(history)]


def flood(history: SourceHistory) -> Sign | None:
    """Far more links than on any day before: a site that gives its pages new URLs at each look, for example."""
    *before, today = history.days or (None,)
    if today is None or len(before) < _KNOWN_DAYS:
        return None
    opened = open_finding(history, "flood")
    opened = opened if opened and "links" in opened.baseline else None
    most = opened.baseline["links"] if opened else _most_links(history, before)
    recent = today.links + sum(day.links for day in before if today.day - day.day <= _DAY)
    if (history.now.date() - today.day) > _DAY:
        recent = 0
    missed = max((today.day - before[-1].day).days, 1)
    limit = max(_FLOOD, _TIMES * most * missed)
    if recent < (limit / 2 if opened else limit):
        return None
    since = opened.since if opened else history.now
    sentence = (
        f"Since {wording.day(since, history.now)} `{history.source}` names far more new links than ever:"
        f" {recent:,} in two days, and no more than {most:,.0f} on any day before."
    )
    return Sign("flood", since, sentence, f"{recent:,} new links in two days", baseline={"links": most})


def _most_links(history: SourceHistory, before: Sequence[SourceDay]) -> float:
    """The most new links of one day, but for the days of the first run, when all were new."""
    first = history.first_run.date() if history.first_run else before[0].day
    return max((day.links for day in before if day.day > first), default=0)


def _failing(history: SourceHistory) -> Sign | None:
    since = history.failed_since
    if since is None:
        return None
    kind = ERROR_CLASSES.get(history.error)
    long = _FAILED_LONG if kind is None or kind.transient else _FAILED_SHORT
    if not open_finding(history, "failing") and (history.failed_runs < _FAILED_RUNS or history.now - since < long):
        return None
    sentence = (
        f"Since {wording.day(since, history.now)} `{history.source}` cannot be read"
        f" ({wording.counted(history.failed_runs, 'run')} in a row): {history.error}: {history.message}"
    )
    return Sign("failing", since, sentence)


def _empty(history: SourceHistory) -> Sign | None:
    since = history.empty_since
    if since is None or not any(day.found for day in history.days):
        return None
    if history.empty_runs < _EMPTY_RUNS or history.now - since < _EMPTY_LONG:
        return None
    sentence = (
        f"Since {wording.day(since, history.now)} the index of `{history.source}` answers but names no links any more"
        f" ({wording.counted(history.empty_runs, 'run')} in a row)."
    )
    return Sign("feed_empty", since, sentence)


def _never(history: SourceHistory) -> Sign | None:
    added = history.added_at
    if history.has_articles or added is None or history.runs < _NEVER_RUNS or history.now - added < _DAY:
        return None
    tried = {what: count for what, count in history.read.items() if what != "queued"}
    if not tried and any(day.found for day in history.days):
        # Another source found all its links first, or they have not been read yet.
        return None
    became = ", ".join(f"{count:,} {what}" for what, count in tried.items())
    why = f"of its newest links, {became}" if became else "its index names no links"
    sentence = (
        f"`{history.source}` has never brought an article, in {wording.counted(history.runs, 'run')} since"
        f" {wording.day(added, history.now)}: {why}."
    )
    evidence = tuple(dict.fromkeys(outcome.url for outcome in history.outcomes or ()))[-3:]
    return Sign("never", added, sentence, evidence=evidence)


def _silent(history: SourceHistory) -> Sign | None:
    days = [day for day in history.days if day.last_at]
    if len(days) < _KNOWN_RHYTHM or days[-1].day - days[0].day < _KNOWN_LONG:
        return None
    newest = days[-1].last_at
    assert newest is not None
    silence = history.now - newest
    if silence < _SHORTEST_SILENCE:
        return None
    longest = timedelta(seconds=max(day.gap for day in days))
    limit = max(_SHORTEST_SILENCE, longest * _LONGER)
    if longest >= _PAUSES:
        is_regular = len(days) >= _REGULAR_DAYS and len({day.day.weekday() for day in days}) < 7
        limit = longest + _LONG_WEEKEND if is_regular else max(limit, longest + _HOLIDAYS)
    opened = open_finding(history, "silent")
    is_known = opened is not None and opened.since == newest
    if not is_known and (silence < limit or _expected(days, newest, history.now) < _MISSING_ARTICLES):
        return None
    sentence = (
        f"Since {wording.day(newest, history.now)} `{history.source}` brings nothing new ({wording.span(silence)});"
        f" it has never paused for more than {wording.span(longest)}."
    )
    return Sign("silent", newest, sentence)


def _expected(days: Sequence[SourceDay], begin: datetime, end: datetime) -> float:
    """How many articles should have come between two times, by the mean of each day of the week in two months."""
    recent = [day for day in days if days[-1].day - day.day <= _TWO_MONTHS]
    recent = recent if len(recent) >= _KNOWN_RHYTHM else list(days[-_KNOWN_RHYTHM:])
    weeks = (recent[-1].day - recent[0].day + _DAY) / timedelta(days=7)
    rates = [0.0] * 7
    for day in recent:
        rates[day.day.weekday()] += day.articles / max(weeks, 1.0)
    whole, rest = divmod(end - begin, _DAY)
    moments = [(begin + _DAY * number, 1.0) for number in range(whole)] + [(end, rest / _DAY)]
    return sum(rates[moment.weekday()] * share for moment, share in moments if not _is_turn_of_year(moment))


def _is_turn_of_year(moment: datetime) -> bool:
    day = (moment.month, moment.day)
    return day >= _YEAR_ENDS or day <= _YEAR_BEGINS
