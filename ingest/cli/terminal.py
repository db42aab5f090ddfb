"""Makes text of web pages one line that is safe to print on a terminal."""

from __future__ import annotations

import unicodedata

#: Categories of Unicode whose characters can steer a terminal: control, format, surrogate.
_CONTROLS = frozenset({"Cc", "Cf", "Cs"})


def plain(text: object, width: int = 0) -> str:
    """Returns one line without control characters, so that data cannot steer a terminal; cut to ``width`` if given."""
    printable = "".join(" " if unicodedata.category(c) in _CONTROLS else c for c in str(text))
    line = " ".join(printable.split())
    return line if not width or len(line) <= width else line[: width - 1] + "…"


def counted(number: int, noun: str) -> str:
    """Writes a number with its noun: 1 article, 2 articles."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def stored_time(stamp: str | None) -> str:
    """Writes a stored time (UTC) as people read it: 2026-01-31 09:30:00; "never" for none."""
    return (stamp or "never").removesuffix("Z").replace("T", " ")
