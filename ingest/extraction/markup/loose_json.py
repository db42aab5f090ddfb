"""Parses JSON as pages embed it: inside comments, with raw line breaks, trailing commas or bad escapes."""

from __future__ import annotations

import json
import re
from typing import Any

_LONGEST_REPAIR = 200_000
_WRAPPING = re.compile(r"^\s*(?:<!--|//\s*<!\[CDATA\[|/\*\s*<!\[CDATA\[\s*\*/|<!\[CDATA\[)")
# An unterminated string reaches to the end of the text, so that the search does not begin again at each quote.
_STRINGS_OR_NOISE = re.compile(
    r'"(?:[^"\\]|\\.)*+(?:"|\\?\Z)|,(?=\s{0,200}[}\]])|/\*[^*]{0,2000}\*/|//[^\n]{0,500}', re.DOTALL
)
_BAD_ESCAPE = re.compile(r'\\(?!["\\/bfnrtu])')


def loads(text: str) -> Any:
    """The first JSON value of ``text``, or None if there is none. What follows the value is ignored.

    Text that is valid as it stands is never changed; only texts up to 200,000 characters are repaired.
    """
    text = _WRAPPING.sub("", text, count=1).lstrip("\ufeff \t\r\n")
    if not text:
        return None
    decoder = json.JSONDecoder(strict=False)
    try:
        return decoder.raw_decode(text)[0]
    except (ValueError, RecursionError):
        if len(text) > _LONGEST_REPAIR:
            return None
    repaired = _BAD_ESCAPE.sub(r"\\\\", _STRINGS_OR_NOISE.sub(_keep_strings, text))
    try:
        return decoder.raw_decode(repaired)[0]
    except (ValueError, RecursionError):
        return None


def _keep_strings(found: re.Match[str]) -> str:
    return found[0] if found[0].startswith('"') else ""
