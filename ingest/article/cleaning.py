"""Text as it is stored: without characters that are dangerous to show or that a database cannot hold.

Cleaning twice is cleaning once, so that a hash of cleaned text can be computed again from what is stored.
"""

from __future__ import annotations

import re

#: The longest title that is stored, and the longest line of any other kind, in characters.
TITLE = 1_000
LINE = 500

# Control characters, and those that turn the direction of what follows: they forge titles and terminals.
_FORBIDDEN = dict.fromkeys((*range(0x20), *range(0x7F, 0xA0), *range(0x202A, 0x202F), *range(0x2066, 0x206A)))
_SPACES = dict.fromkeys(map(ord, "\t\n\r\x0b\x0c\x85"), " ")
_IN_LINE = _FORBIDDEN | _SPACES
_NOT_IN_TEXT = re.compile("[" + re.escape("".join(chr(code) for code in _FORBIDDEN if chr(code) not in "\t\n\r")) + "]")


def one_line(text: str, longest: int = LINE) -> str:
    """The text in one line, without control characters: at most ``longest`` characters, the last of them … if cut."""
    begin = text[: longest * 4]
    # Printable text holds no control character and no surrogate. Most lines are printable, and the check is cheap.
    flat = " ".join((begin if begin.isprintable() else storable(begin).translate(_IN_LINE)).split())
    return flat if len(flat) <= longest else flat[: longest - 1] + "…"


def prose(text: str) -> str:
    """A text of several lines, without control characters."""
    return _NOT_IN_TEXT.sub("", storable(text))


def storable(text: str) -> str:
    """The text without lone surrogates, which UTF-8 and therefore SQLite cannot hold."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-8", "replace").decode()
    return text
