"""Python values as the columns hold them, and back; texts are cleaned (`article.cleaning`)."""

from __future__ import annotations

import json
from dataclasses import fields
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from ingest.article import cleaning
from ingest.errors import DamagedError
from ingest.model import NO_HINTS, Article, Hints

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

TITLE, one_line, prose = cleaning.TITLE, cleaning.one_line, cleaning.prose
SUMMARY = 5_000
ITEMS = 100

# Made once: `json.dumps` with arguments makes an encoder for each call.
_compact = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def stamp(moment: datetime) -> str:
    """UTC, ISO 8601 to the second: ``2026-01-06T05:18:00Z``. Raises ValueError for a naive time."""
    if moment.tzinfo is None:
        raise ValueError(f"a time without a zone: {moment}")
    return moment.astimezone(UTC).isoformat(timespec="seconds").removesuffix("+00:00") + "Z"


def stamp_or_none(moment: datetime | None) -> str | None:
    """`stamp`; None for None and for a time that is before the year 1 in UTC."""
    try:
        return stamp(moment) if moment else None
    except OverflowError:
        return None


def moment(text: str | None) -> datetime | None:
    """Reads what `stamp` wrote as an aware time; None for None. Raises `DamagedError` for anything else."""
    try:
        return datetime.fromisoformat(text) if text else None
    except (ValueError, TypeError) as error:
        raise DamagedError(
            f"a stored time cannot be read ({text!r}); `ingest db check` says where, and what to do"
        ) from error


def names(items: Iterable[str], longest: int = 200) -> str:
    """A JSON array of single lines, without empty ones, at most `ITEMS`."""
    lines = (one_line(item, longest) for item in items)
    return to_json([line for line in lines if line][:ITEMS])


def to_json(value: Any) -> str:
    """Compact JSON, in which letters of any script are not escaped."""
    return cleaning.storable(_compact(value))


def dates_json(article: Article) -> str:
    """A JSON array of the date candidates: field, where it was found, as written, as parsed (with its own offset)."""
    return to_json(
        [
            {
                "field": candidate.field,
                "where": one_line(candidate.where),
                "raw": one_line(candidate.raw),
                "parsed": candidate.parsed.isoformat() if candidate.parsed else None,
            }
            for candidate in article.dates[:ITEMS]
        ]
    )


def origins_json(origins: Mapping[str, str]) -> str:
    """A JSON object: field → the extractor that answered."""
    return to_json({one_line(field): one_line(origin) for field, origin in origins.items()})


def hints_json(hints: Hints) -> str:
    """A JSON object of the hints that are not empty."""
    given = ((each.name, getattr(hints, each.name)) for each in fields(hints))
    return to_json({name: value for name, value in given if value})


def hints(text: str) -> Hints:
    """Reads what `hints_json` wrote. Raises `DamagedError` for anything else."""
    try:
        read = json.loads(text)
        if not read:
            return NO_HINTS
        given: dict[str, Any] = {
            name: tuple(value) if isinstance(value, list) else value for name, value in read.items()
        }
        return Hints(**given)
    except (ValueError, TypeError, AttributeError) as error:
        raise DamagedError(
            "the hints of a link cannot be read; `ingest db check` says of which, and what to do"
        ) from error
