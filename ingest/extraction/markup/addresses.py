"""URLs of links and pictures inside a body: made absolute, limited to harmless schemes, found behind lazy loading."""

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
    """``address`` joined to ``base_url``, with unsafe characters percent-encoded.

    Returns "" for an empty or broken address, for a fragment of the same page, and for schemes other than http, https
    and mailto.
    """
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
    """``value`` as it may stand between the double quotes of an attribute."""
    return value.replace("&", "&amp;").replace('"', "&quot;").replace("<", "&lt;").replace(">", "&gt;")


def picture_source(attributes: Mapping[str, str | None]) -> str:
    """The URL of a picture, from ``src`` or from the attribute out of which a lazy loader would fill ``src``.

    A placeholder in ``src`` counts as empty; of a ``srcset`` the largest candidate is taken. Returns "" without any.
    """
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
