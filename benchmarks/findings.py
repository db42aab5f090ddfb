"""False alarms and missed breakages: a year of healthy sources, and breakages put into others, judged after each run.

    python benchmarks/findings.py --cost
    python benchmarks/findings.py [--seed 1000000] [--healthy 500] [--days 365] [--broken 20] [--jobs 2]

Nothing is fetched or stored: `simulated_sources` says what each run comes to, `Memory` keeps as much of it as the
store keeps, and `ingest.health.findings.judge` is what is measured. A breakage is found if a finding that says so is
opened within 24 hours of the first run that meets it, or before ten articles are harmed. Thresholds were set on the
seeds from 1 on; figures in docs/decisions/0025 are of other seeds.
"""

from __future__ import annotations

import argparse
import random
import time
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from multiprocessing import Pool
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from simulated_sources import BREAKAGES, DAY, START, Breakage, Poll, Site, Year

from ingest import schedule
from ingest.health.findings import judge
from ingest.model import Finding, Outcome, Source, SourceDay, SourceHistory
from ingest.store import Store, values
from ingest.store.outcomes import ALWAYS_KEPT, KEPT, MOST
from ingest.store.source_runs import DAYS

LOOKED_AT_AGAIN = frozenset({"changed", "unchanged", "held_back"})
WITHIN, ARTICLES = timedelta(hours=24), 10
#: A breakage comes when the source has been followed for this long at least.
SETTLED_DAYS = 60


class Memory:
    """What the store remembers of one source."""

    def __init__(self, name: str) -> None:
        self.outcomes: dict[tuple[str, bool], Outcome] = {}
        self.days: dict[object, SourceDay] = {}
        self.history = SourceHistory(name, START, added_at=START, has_articles=False)
        self.newest: datetime | None = None

    def add(self, poll: Poll) -> SourceHistory:
        for outcome in poll.outcomes:
            key = (outcome.url, outcome.outcome in LOOKED_AT_AGAIN)
            self.outcomes.pop(key, None)
            self.outcomes[key] = outcome
        while len(self.outcomes) > MOST:
            del self.outcomes[next(iter(self.outcomes))]
        before, now = self.history, poll.now
        if poll.found or poll.articles:
            self._add_day(poll)
        failed = bool(poll.error)
        empty_since = None if poll.found else (before.empty_since or now) if poll.is_empty else before.empty_since
        self.history = replace(
            before,
            now=now,
            outcomes=self._outcomes(now) if poll.outcomes else None,
            days=tuple(self.days.values()),
            first_run=before.first_run or (None if failed else now),
            runs=before.runs + 1,
            failed_since=(before.failed_since or now) if failed else None,
            failed_runs=before.failed_runs + 1 if failed else 0,
            error=poll.error,
            message="simulated" if failed else "",
            empty_since=empty_since,
            empty_runs=0 if poll.found else before.empty_runs + (empty_since is not None and not failed),
            has_articles=before.has_articles or poll.articles > 0,
        )
        return self.history

    def _outcomes(self, now: datetime) -> tuple[Outcome, ...]:
        kept, since = list(self.outcomes.values()), now - KEPT
        few = max(len(kept) - ALWAYS_KEPT, 0)
        return tuple(outcome for index, outcome in enumerate(kept) if index >= few or outcome.at >= since)

    def _add_day(self, poll: Poll) -> None:
        today = poll.now.date()
        if today not in self.days:
            self.days = {day: each for day, each in self.days.items() if each.articles}
        day = self.days.get(today) or SourceDay(today)
        gap = (poll.now - self.newest).total_seconds() if poll.articles and self.newest else 0.0
        self.newest = poll.now if poll.articles else self.newest
        self.days[today] = replace(
            day,
            found=day.found + poll.found,
            links=day.links + poll.links,
            articles=day.articles + poll.articles,
            gap=max(day.gap, gap),
            last_at=poll.now if poll.articles else day.last_at,
        )
        if len(self.days) > DAYS:
            del self.days[next(iter(self.days))]


@dataclass
class Result:
    """``alarms`` are (kind, rhythm, days since the source was added, message); ``hours`` is None for what is missed."""

    seed: int
    breakage: str = ""
    alarms: list[tuple[str, str, int, str]] = field(default_factory=list)
    hours: float | None = None
    articles: int | None = None
    found_as: str = ""
    months: float = 0.0
    judged: int = 0
    seconds: float = 0.0
    rhythm: str = ""


def healthy(seed: int, days: int) -> Result:
    """A year of a source that is well: every finding is a false alarm."""
    site = Site(seed)
    memory, result = Memory(site.name), Result(seed, months=days / 30.4, rhythm=site.rhythm)
    for poll in Year(site, days).polls():
        opened = _judge(memory, poll, result)
        result.alarms += [(finding.kind, site.rhythm, (poll.now - START).days, finding.message) for finding in opened]
    return result


def broken(seed: int, kind: str) -> Result:
    """A source that breaks: when is it found, and what for?"""
    site = Site(seed)
    at = START + DAY * random.Random(seed).uniform(SETTLED_DAYS, 200)
    memory, result = Memory(site.name), Result(seed, kind, rhythm=site.rhythm)
    first, harmed = None, 0
    for poll in Year(site, 560, Breakage(kind, at)).polls():
        harmed += poll.harmed
        if first is None and poll.now >= at and (poll.harmed or poll.error or poll.is_empty):
            first = poll.now
        before = {finding.kind for finding in memory.history.open}
        opened = _judge(memory, poll, result)
        right = [finding for finding in opened if finding.kind in BREAKAGES[kind] and poll.now >= at]
        if right or (first and before & BREAKAGES[kind]):
            result.hours = (poll.now - (first or poll.now)).total_seconds() / 3600
            result.articles, result.found_as = harmed, right[0].kind if right else "open before"
            break
        if first and harmed > 5 * ARTICLES and poll.now - first > 5 * WITHIN:
            break
    return result


def _judge(memory: Memory, poll: Poll, result: Result) -> list[Finding]:
    history = memory.add(poll)
    began = time.perf_counter()
    holding = judge(history)
    result.seconds += time.perf_counter() - began
    result.judged += 1
    known = {finding.kind for finding in history.open}
    memory.history = replace(memory.history, open=holding)
    return [finding for finding in holding if finding.kind not in known]


def applies(seed: int, kind: str) -> bool:
    """Whether a source can break in this way, so that anybody could tell."""
    site = Site(seed)
    return (kind != "rule" or bool(site.own)) and (kind != "shorter" or (site.words > 200 and not site.flashes))


def in_time(result: Result) -> bool:
    assert result.articles is not None or result.hours is None
    return result.hours is not None and (result.hours <= WITHIN.total_seconds() / 3600 or result.articles <= ARTICLES)


def _work(job: tuple[str, int, int]) -> Result:
    kind, seed, days = job
    return broken(seed, kind) if kind else healthy(seed, days)


def measure(seed: int, healthy_sources: int, days: int, each: int, jobs: int) -> list[Result]:
    """Runs everything; ``each`` is breakages of a kind."""
    work = [("", seed + number, days) for number in range(healthy_sources)]
    for index, kind in enumerate(BREAKAGES):
        seeds = (seed + 100_000 + index * 10_000 + number for number in range(10_000))
        fitting = (each_seed for each_seed in seeds if applies(each_seed, kind))
        work += [(kind, next(fitting), 0) for _ in range(each)]
    if jobs == 1:
        return [_work(job) for job in work]
    with Pool(jobs) as pool:
        return pool.map(_work, work, chunksize=5)


def report(results: Iterable[Result], *, verbose: bool = False) -> None:
    results = list(results)
    well = [result for result in results if not result.breakage]
    alarms = [alarm for result in well for alarm in result.alarms]
    months = sum(result.months for result in well)
    if well:
        young = sum(day < 30 for _, _, day, _ in alarms)
        print(
            f"{len(well)} healthy sources, {months:,.0f} source-months: {len(alarms)} false findings,"
            f" {100 * len(alarms) / months:.2f} in 100 source-months ({young} of sources younger than 30 days)"
        )
        for name, count in Counter((kind, rhythm) for kind, rhythm, *_ in alarms).most_common():
            print(f"    {name[0]:<16} {name[1]:<8} {count}")
    for alarm in alarms if verbose else ():
        print(f"    {alarm[1]}, day {alarm[2]}: {alarm[3]}")
    print(f"\n{'breakage':<14} injected  found  in time  articles  hours  missed or late")
    for kind in BREAKAGES:
        of_kind = [result for result in results if result.breakage == kind]
        found = [result for result in of_kind if result.hours is not None]
        if of_kind:
            late = ", ".join(f"{r.seed}:{r.rhythm}:{r.articles}" for r in of_kind if not in_time(r))
            articles = median(r.articles for r in found) if found else 0
            hours = median(r.hours for r in found) if found else 0
            counts = f"{len(of_kind):>8} {len(found):>6} {sum(map(in_time, of_kind)):>8}"
            print(f"{kind:<14} {counts} {articles:>9.0f} {hours:>6.1f}  {late}")
    cases = [result for result in results if result.breakage]
    if cases:
        share = sum(map(in_time, cases)) / len(cases)
        print(f"\n{share:.3f} of {len(cases)} breakages are found within 24 hours or 10 articles")
    judged, seconds = sum(r.judged for r in results), sum(r.seconds for r in results)
    print(f"{judged:,} runs judged, {1000 * seconds / max(judged, 1):.2f} ms each")


def cost(runs: int = 200) -> None:
    """Prints what `Store.judge` takes for a source with as many outcomes and days as are kept."""
    with TemporaryDirectory() as folder, Store.open(Path(folder) / "articles.db") as store:
        store.configure([Source("s1", "https://s1.example/")], START, schedule.starts_over)
        db = store._db  # noqa: SLF001 - rows as many runs have left them
        polls = [poll for poll in Year(Site(4), 160).polls() if poll.outcomes]
        told = {(outcome.url, outcome.outcome): outcome for poll in polls for outcome in poll.outcomes}
        rows = [
            {"source": "s1", "url": outcome.url, "again": outcome.outcome in LOOKED_AT_AGAIN, "at": values.stamp(START),
             "outcome": outcome.outcome, "error": outcome.error, "body_origin": outcome.body_origin,
             "filled": values.to_json(outcome.filled), "words": outcome.words, "quality": outcome.quality}
            for outcome in list(told.values())
        ]  # fmt: skip
        db["outcomes"].insert_all(rows, replace=True)
        db["source_days"].insert_all({"source": "s1", "day": f"{START + DAY * n:%Y-%m-%d}", "articles": 9, "last_at":
                                      values.stamp(START + DAY * n)} for n in range(DAYS))  # fmt: skip
        db.conn.commit()
        now = START + DAY * DAYS
        for has_outcomes in (True, False):
            began = time.process_time()
            for _ in range(runs):
                store.judge("s1", judge, now, has_outcomes=has_outcomes)
            spent = 1000 * (time.process_time() - began) / runs
            print(f"Store.judge {'with' if has_outcomes else 'without'} outcomes: {spent:.2f} ms of CPU")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seed", type=int, default=1_000_000)
    parser.add_argument("--healthy", type=int, default=500)
    parser.add_argument("--days", type=int, default=365)
    parser.add_argument("--broken", type=int, default=20)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--cost", action="store_true", help="only time the judgement of one source in a database")
    parser.add_argument("--verbose", action="store_true", help="print each false finding")
    options = parser.parse_args()
    if options.cost:
        cost()
        return
    results = measure(options.seed, options.healthy, options.days, options.broken, options.jobs)
    report(results, verbose=options.verbose)


if __name__ == "__main__":
    main()
