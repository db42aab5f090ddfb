"""E-mail addresses that Cloudflare hides: back into the page's text, before anything reads it."""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

# The label inside is localised ("[email protected]" with a no-break space), so only the attribute counts.
_SPAN = re.compile(
    r"<(a|span)\b(?=[^>]{0,2000}?\bclass=[\"']?[^\"'>]{0,200}__cf_email__)"
    r"[^>]{0,2000}?\bdata-cfemail=[\"']?([0-9a-fA-F]{4,1000})[^>]{0,2000}>[^<]{0,200}</\1>"
)
_LINK = re.compile(r"/cdn-cgi/l/email-protection#([0-9a-fA-F]{4,1000})")
_HOST = re.compile(r"https?://[^\"'\s<>/]{1,253}\Z")
_LONGEST_HOST = 261


def decode_emails(page: str) -> str:
    """The page with every hidden address in plain sight. Method: XOR of each byte with the first one."""
    if "/cdn-cgi/l/email-protection#" not in page and "data-cfemail" not in page:
        return page
    page = _SPAN.sub(lambda found: html.escape(decode(found[2])), page)
    return "".join(_with_links(page))


def _with_links(page: str) -> Iterator[str]:
    """The page in pieces. Where a host stands in front is looked at afterwards: plain beginnings are quick."""
    end = 0
    for found in _LINK.finditer(page):
        host = _HOST.search(page, max(end, found.start() - _LONGEST_HOST), found.start())
        yield page[end : host.start() if host else found.start()]
        yield "mailto:" + html.escape(decode(found[1]))
        end = found.end()
    yield page[end:]


def decode(cipher: str) -> str:
    """``cipher`` is hexadecimal; its first byte is the key of the others. Returns "" if it is no UTF-8."""
    if len(cipher) % 2:
        return ""
    key, *rest = bytes.fromhex(cipher)
    try:
        return bytes(byte ^ key for byte in rest).decode("utf-8")
    except UnicodeDecodeError:
        return ""
