"""Decodes the bytes of an index page into text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ingest.errors import DiscoverError, ExtractError
from ingest.extraction.markup import charset, limits

if TYPE_CHECKING:
    from ingest.model import Page

#: How pictures, films, archives, programs and PDFs begin, whatever their Content-Type says.
_BINARY = re.compile(
    rb"\x89PNG|GIF8|\xff\xd8\xff|RIFF....(?:WEBP|WAVE|AVI)|%PDF-|PK\x03\x04|\x1f\x8b|7z\xbc\xaf|Rar!|\x28\xb5\x2f\xfd"
    rb"|\x7fELF|MZ[\x00-\xff]{2}\x00|OggS|ID3[\x02-\x04]|\x1a\x45\xdf\xa3|....ftyp|\x00\x00\x01\x00"
    rb"|SQLite format 3\x00|wOF[F2]",
    re.DOTALL,
)


def decode(page: Page) -> str:
    """The text of an index page. Raises `DiscoverError`: ``not_a_feed`` for a picture or the like, or ``encoding``."""
    if _BINARY.match(page.content):
        raise DiscoverError(page.url, "not_a_feed", "the answer is a picture, an archive or another file, no text")
    try:
        return charset.decode(page.content, page.headers.get("content-type", ""))
    except ExtractError as error:
        raise DiscoverError(page.url, "encoding", error.message) from error


def decode_html(page: Page) -> str:
    """The same of a page of HTML, within the limits of the parser; also raises ``parse`` if it exceeds them."""
    try:
        return limits.bounded(decode(page), page.url)
    except ExtractError as error:
        raise DiscoverError(page.url, "parse", error.message) from error
