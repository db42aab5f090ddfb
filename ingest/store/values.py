"""Python values as the columns hold them, and back; texts are cleaned of characters that are dangerous to show."""

from __future__ import annotations

import json
import re
from dataclasses import fields
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from ingest.model import NO_HINTS, Article, Hints

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

TITLE = 1_000
LINE = 500
SUMMARY = 5_000
ITEMS = 100

# Made once: `json.dumps` with arguments makes an encoder for each call.
_compact = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode

# Control characters, and those that turn the direction of what follows: they forge titles and terminals.
_FORBIDDEN = dict.fromkeys((*range(0x20), *range(0x7F, 0xA0), *range(0x202A, 0x202F), *range(0x2066, 0x206A)))
_SPACES = dict.fromkeys(map(ord, "\t\n\r\x0b\x0c\x85"), " ")
_IN_LINE = _FORBIDDEN | _SPACES
_NOT_IN_TEXT = re.compile("[" + re.escape("".join(chr(code) for code in _FORBIDDEN if chr(code) not in "\t\n\r")) + "]")


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
    """Reads what `stamp` wrote as an aware time; None for None."""
    return datetime.fromisoformat(text) if text else None


def one_line(text: str, longest: int = LINE) -> str:
    """The text in one line, without control characters: at most ``longest`` characters, the last of them … if cut."""
    begin = text[: longest * 4]
    # Printable text holds no control character and no surrogate. Most lines are printable, and the check is cheap.
    flat = " ".join((begin if begin.isprintable() else _storable(begin).translate(_IN_LINE)).split())
    return flat if len(flat) <= longest else flat[: longest - 1] + "…"


def prose(text: str) -> str:
    """A text of several lines, without control characters."""
    return _NOT_IN_TEXT.sub("", _storable(text))


def names(items: Iterable[str], longest: int = 200) -> str:
    """A JSON array of single lines, without empty ones, at most `ITEMS`."""
    lines = (one_line(item, longest) for item in items)
    return to_json([line for line in lines if line][:ITEMS])


def to_json(value: Any) -> str:
    """Compact JSON, in which letters of any script are not escaped."""
    return _storable(_compact(value))


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
    """Reads what `hints_json` wrote."""
    read = json.loads(text)
    if not read:
        return NO_HINTS
    given: dict[str, Any] = {name: tuple(value) if isinstance(value, list) else value for name, value in read.items()}
    return Hints(**given)


def _storable(text: str) -> str:
    """The text without lone surrogates, which UTF-8 and therefore SQLite cannot hold."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-8", "replace").decode()
    return text
