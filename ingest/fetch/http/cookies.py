"""Cookies within one redirect chain, because some sites redirect for ever without. Kept and sent nowhere else."""

from __future__ import annotations

import re

_PAIR = re.compile(r"\s*([!#$%&'*+.^_`|~0-9A-Za-z-]{1,100})=([\x21-\x2b\x2d-\x3a\x3c-\x7e]{0,2000})\s*(?:;|$)")
_AT_MOST = 20
_BYTES_AT_MOST = 4000


class Cookies:
    """A jar per origin; attributes are not read, because nothing outlives the chain or leaves the origin."""

    def __init__(self) -> None:
        self._jars: dict[str, dict[str, str]] = {}

    def learn(self, origin: str, set_cookie: list[str]) -> None:
        jar = self._jars.setdefault(origin, {})
        for stream in set_cookie[:_AT_MOST]:
            pair = _PAIR.match(stream)
            if pair and len(jar) < _AT_MOST:
                jar[pair[1]] = pair[2]

    def header(self, origin: str) -> str:
        """The value of ``Cookie:`` for a request to this origin, or "" for none."""
        stream = "; ".join(f"{name}={value}" for name, value in self._jars.get(origin, {}).items())
        return stream if len(stream) <= _BYTES_AT_MOST else ""
