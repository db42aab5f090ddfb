"""The address of an article's next page, where it runs over several. Fetches nothing."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, urlsplit

from ingest.extraction.addresses import absolute

if TYPE_CHECKING:
    from ingest.extraction.document import Document

_NUMBER = re.compile(r"(?:[/_-](?:page[/_-]?|seite[/_-]?|p)?(\d{1,3}))?(\.\w{2,5})?/?$", re.IGNORECASE)
_PARAMETERS = frozenset({"page", "p", "pg", "paged", "pagina", "seite", "pageno", "page_no"})


def find(document: Document) -> str:
    """An absolute URL, or "".

    ``rel=next`` alone does not do: blogs say it of the next post. The address must be the page's own but for a page
    number one higher.
    """
    own = _page_of(document.url)
    for node in document.css('link[rel~="next"], a[rel~="next"]'):
        address = absolute(node.attributes.get("href"), document.base_url)
        trunk, number = _page_of(address)
        if address and trunk == own[0] and number == own[1] + 1:
            return address
    return ""


def _page_of(url: str) -> tuple[tuple[str, str, str], int]:
    """What stays the same over the pages of an article, and which page it is; the first often has no number."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return ("", "", ""), 1
    query = dict(parse_qsl(parts.query))
    rest = "&".join(f"{key}={value}" for key, value in sorted(query.items()) if key.lower() not in _PARAMETERS)
    for key, value in query.items():
        if key.lower() in _PARAMETERS and value.isdecimal() and len(value) < 4:
            return (parts.netloc, parts.path.rstrip("/"), rest), int(value)
    found = _NUMBER.search(parts.path)
    if found is None:
        return (parts.netloc, parts.path.rstrip("/"), rest), 1
    return (parts.netloc, parts.path[: found.start()] + (found[2] or ""), rest), int(found[1] or 1)
