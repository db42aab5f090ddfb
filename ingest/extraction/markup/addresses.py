"""Addresses of links and pictures inside a body: absolute, of harmless schemes, out of lazy loaders' attributes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import quote

from ingest.dedup import raw_urls

if TYPE_CHECKING:
    from collections.abc import Mapping

_SCHEMES = ("http://", "https://", "mailto:")
_UNSAFE = re.compile(r"[\x00-\x20\x7f-\xa0\"'<>\\^`{|}\s]")
_PLACEHOLDER = re.compile(r"^data:|blank|placeholder|spacer|transparent|1x1|pixel\.gif", re.IGNORECASE)
_LAZY = ("data-src", "data-lazy-src", "data-original", "data-original-src", "data-lazy", "data-hi-res-src", "data-url")
_SRCSETS = ("data-srcset", "data-lazy-srcset", "srcset")


def absolute(address: str | None, base_url: str) -> str:
    """The address joined to ``base_url``; "" if it is none, leads nowhere else, or has another scheme."""
    address = (address or "").strip()
    if not address or address.startswith("#"):
        return ""
    if not address.startswith(_SCHEMES) or "[" in address:
        try:
            address = raw_urls.join(base_url, address)
        except ValueError:
            return ""
    return _UNSAFE.sub(lambda found: quote(found[0], errors="replace"), address) if address.startswith(_SCHEMES) else ""


def escape_attribute(value: str) -> str:
    """Escaped for an attribute in double quotes."""
    return value.replace("&", "&amp;").replace('"', "&quot;").replace("<", "&lt;").replace(">", "&gt;")


def picture_source(attributes: Mapping[str, str | None]) -> str:
    """Where the picture is, also when a script was to put it into ``src``; of a srcset its largest."""
    source = attributes.get("src") or ""
    if source and not _PLACEHOLDER.search(source):
        return next((lazy for name in _LAZY if (lazy := attributes.get(name))), source)
    for name in _LAZY:
        if attributes.get(name):
            return attributes[name] or ""
    for name in _SRCSETS:
        if attributes.get(name):
            return _largest(attributes[name] or "")
    return "" if source.startswith("data:") else source


def _largest(srcset: str) -> str:
    candidates = [part.split() for part in srcset.split(", ") if part.strip()]
    return max(candidates, key=_width)[0].rstrip(",") if candidates else ""


def _width(candidate: list[str]) -> float:
    try:
        return float(candidate[1].rstrip("wx,"))
    except (IndexError, ValueError):
        return 0.0
