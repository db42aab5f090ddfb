"""`ingest status`: shows how each source is doing, and fails if something is wrong."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, NoReturn

import click

from ingest.cli.tables import print_table
from ingest.cli.terminal import plain, stored_time
from ingest.sources.value_types import duration
from ingest.store import Reader, status

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ingest.cli.options import Options
    from ingest.store import FindingRow, SourceStatus

_TITLES = ("source", "articles", "queued", "failed links", "last ok (UTC)", "next due (UTC)", "what is wrong")
_LINE_CHARACTERS = 400
_WORDS = ("failing", "findings", "stale")


@dataclass(frozen=True, slots=True)
class _Conditions:
    """What ``--fail-if`` names."""

    words: frozenset[str]
    stale: timedelta = status.STALE


def _conditions(written: str) -> _Conditions:
    words, stale = set(), status.STALE
    for condition in written.split(","):
        word, colon, time = condition.strip().partition(":")
        if word not in _WORDS or (colon and word != "stale"):
            raise click.BadParameter(f"{condition!r} is none of {', '.join(_WORDS)}", param_hint="--fail-if")
        if colon:
            stale = duration(time) or _no_duration(condition)
        words.add(word)
    return _Conditions(frozenset(words), stale)


def _no_duration(condition: str) -> NoReturn:
    raise click.BadParameter(f"{condition!r}: write a number and m, h or d, as in stale:2d", param_hint="--fail-if")


@click.command("status")
@click.option("--json", "as_json", is_flag=True, help="Print a JSON list.")
@click.option(
    "--fail-if",
    metavar="failing,findings,stale:2d",
    help="Print only what is wrong, and exit with 1 if something is: the last run of a source failed, it has findings,"
    " or no run of it was well for the time given (2d without one).",
)
@click.pass_obj
def command(options: Options, as_json: bool, fail_if: str | None) -> int:
    """Show how each source is doing: when it was last read, what it brought, what is wrong, when it is next due."""
    now, conditions = datetime.now(UTC), _conditions(fail_if) if fail_if is not None else None
    with Reader.open(options.existing_database()) as store:
        rows, findings = store.status(), store.findings()
    reasons = list(_reasons(rows, findings, conditions, now)) if conditions else []
    if as_json:
        grouped = _by_source(findings)
        click.echo(json.dumps([_json(row, grouped.get(row["name"], []), now) for row in rows], ensure_ascii=False))
    elif conditions is None:
        _print(rows, findings, now)
    for reason in reasons:
        click.echo(plain(reason, _LINE_CHARACTERS), err=as_json)
    return 1 if reasons else 0


def _print(rows: Sequence[SourceStatus], findings: Sequence[FindingRow], now: datetime) -> None:
    grouped = _by_source(findings)
    print_table(_TITLES, (_cells(row, grouped.get(row["name"], []), now) for row in rows), no_wrap=_TITLES[:-1])
    for finding in grouped.get("", []):
        click.echo(plain(f"{finding['kind']}: {finding['message']}", _LINE_CHARACTERS))
    for row in rows:
        if row["moved_to"]:
            moved = f"{row['name']} has moved for good and is asked at {row['moved_to']}; mend sources.yaml"
            click.echo(plain(moved, _LINE_CHARACTERS))


def _by_source(findings: Sequence[FindingRow]) -> dict[str, list[FindingRow]]:
    grouped: dict[str, list[FindingRow]] = {}
    for finding in findings:
        grouped.setdefault(finding["source"], []).append(finding)
    return grouped


def _json(row: SourceStatus, findings: Sequence[FindingRow], now: datetime) -> dict[str, object]:
    told = [{name: value for name, value in finding.items() if name != "source"} for finding in findings]
    return row | {"findings": told, "state": status.state(row, now), "wrong": _wrong(row, findings, now)}


def _wrong(row: SourceStatus, findings: Sequence[FindingRow], now: datetime) -> str:
    return status.wrong(row, [finding["message"] for finding in findings], now) if row["active"] else ""


def _reasons(
    rows: Sequence[SourceStatus], findings: Sequence[FindingRow], conditions: _Conditions, now: datetime
) -> Iterator[str]:
    """One line for each thing that is wrong and was asked for."""
    active = [row for row in rows if row["active"]]
    if "failing" in conditions.words:
        yield from (
            f"{row['name']}: failing: {row['error']}: {row['message']}" for row in active if status.is_failing(row)
        )
    if "findings" in conditions.words:
        yield from (f"{finding['source'] or 'ingest'}: {finding['kind']}: {finding['message']}" for finding in findings)
    if "stale" in conditions.words:
        stale = (row for row in active if status.is_stale(row, now, conditions.stale))
        yield from (f"{row['name']}: stale: last read well {stored_time(row['last_ok'])}" for row in stale)


def _cells(row: SourceStatus, findings: Sequence[FindingRow], now: datetime) -> list[str]:
    counts = (row["articles"], row["queued"], row["failed"])
    times = (stored_time(row["last_ok"]), stored_time(row["next_due"]))
    return [row["name"], *map(str, counts), *times, _wrong(row, findings, now)]
