"""Decodes the e-mail addresses that Cloudflare obfuscates, in the source of the page before it is parsed."""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

# The placeholder text inside is localised, so only the attribute identifies it.
_SPAN = re.compile(
    r"<(a|span)\b(?=[^>]{0,2000}?\bclass=[\"']?[^\"'>]{0,200}__cf_email__)"
    r"[^>]{0,2000}?\bdata-cfemail=[\"']?([0-9a-fA-F]{4,1000})[^>]{0,2000}>[^<]{0,200}</\1>"
)
_LINK = re.compile(r"/cdn-cgi/l/email-protection#([0-9a-fA-F]{4,1000})")
_HOST = re.compile(r"https?://[^\"'\s<>/]{1,253}\Z")
_LONGEST_HOST = 261


def decode_emails(page: str) -> str:
    """``page`` with every obfuscated address decoded, as text and as ``mailto:`` links."""
    if "/cdn-cgi/l/email-protection#" not in page and "data-cfemail" not in page:
        return page
    page = _SPAN.sub(lambda found: html.escape(decode(found[2])), page)
    return "".join(_with_links(page))


def _with_links(page: str) -> Iterator[str]:
    """The page in pieces, its links decoded. The host before a link is matched afterwards, because the search for a
    pattern that begins with a fixed path is quicker."""
    end = 0
    for found in _LINK.finditer(page):
        host = _HOST.search(page, max(end, found.start() - _LONGEST_HOST), found.start())
        yield page[end : host.start() if host else found.start()]
        yield "mailto:" + html.escape(decode(found[1]))
        end = found.end()
    yield page[end:]


def decode(cipher: str) -> str:
    """The address behind ``cipher``: hexadecimal bytes, each XORed with the first one. "" if the result is no UTF-8."""
    if len(cipher) % 2:
        return ""
    key, *rest = bytes.fromhex(cipher)
    try:
        return bytes(byte ^ key for byte in rest).decode("utf-8")
    except UnicodeDecodeError:
        return ""
