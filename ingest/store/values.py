"""Python values as the columns hold them, and back. Cleans what is dangerous to show; judges nothing."""

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
    """`stamp`; None for None and for a time that has no place in UTC's calendar (the year 0)."""
    try:
        return stamp(moment) if moment else None
    except OverflowError:
        return None


def moment(text: str | None) -> datetime | None:
    """What `stamp` wrote, as an aware time."""
    return datetime.fromisoformat(text) if text else None


def one_line(text: str, longest: int = LINE) -> str:
    """Without control characters and line breaks, at most ``longest`` characters, the last of them … when cut."""
    begin = text[: longest * 4]
    # Printable text holds no control character and no surrogate; most lines are, and asking costs little.
    flat = " ".join((begin if begin.isprintable() else _storable(begin).translate(_IN_LINE)).split())
    return flat if len(flat) <= longest else flat[: longest - 1] + "…"


def prose(text: str) -> str:
    """Text of several lines without control characters."""
    return _NOT_IN_TEXT.sub("", _storable(text))


def names(items: Iterable[str], longest: int = 200) -> str:
    """A JSON array of single lines, without empty ones, at most `ITEMS`."""
    lines = (one_line(item, longest) for item in items)
    return to_json([line for line in lines if line][:ITEMS])


def to_json(value: Any) -> str:
    """Compact, readable in any script."""
    return _storable(_compact(value))


def dates_json(article: Article) -> str:
    """Every candidate: its field, where it stood, as it was written, and as it was read (with its own offset)."""
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
    """Field → the extractor that answered."""
    return to_json({one_line(field): one_line(origin) for field, origin in origins.items()})


def hints_json(hints: Hints) -> str:
    """Only what was said."""
    said = ((each.name, getattr(hints, each.name)) for each in fields(hints))
    return to_json({name: value for name, value in said if value})


def hints(text: str) -> Hints:
    """What `hints_json` wrote."""
    said = json.loads(text)
    if not said:
        return NO_HINTS
    given: dict[str, Any] = {name: tuple(value) if isinstance(value, list) else value for name, value in said.items()}
    return Hints(**given)


def _storable(text: str) -> str:
    """Without lone surrogates, which UTF-8 and so SQLite cannot hold."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-8", "replace").decode()
    return text
