"""Cookies within one redirect chain, because some sites redirect endlessly without. No cookie outlives its chain."""

from __future__ import annotations

import re

_PAIR = re.compile(r"\s*([!#$%&'*+.^_`|~0-9A-Za-z-]{1,100})=([\x21-\x2b\x2d-\x3a\x3c-\x7e]{0,2000})\s*(?:;|$)")
_MOST_COOKIES = 20
_LONGEST_HEADER = 4000


class ChainCookies:
    """A jar for each origin. Attributes are ignored, because no cookie outlives the chain or leaves its origin."""

    def __init__(self) -> None:
        self._jars: dict[str, dict[str, str]] = {}

    def store(self, origin: str, set_cookie: list[str]) -> None:
        """Keeps the cookies of ``Set-Cookie`` fields, up to a number for each origin."""
        jar = self._jars.setdefault(origin, {})
        for field in set_cookie[:_MOST_COOKIES]:
            pair = _PAIR.match(field)
            if pair and len(jar) < _MOST_COOKIES:
                jar[pair[1]] = pair[2]

    def header(self, origin: str) -> str:
        """The value of ``Cookie`` for a request to this origin; "" for none, or if it would be too long."""
        value = "; ".join(f"{name}={value}" for name, value in self._jars.get(origin, {}).items())
        return value if len(value) <= _LONGEST_HEADER else ""
