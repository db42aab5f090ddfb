"""What is known of publishing platforms, one file each, found by the marks that they leave in their pages.

A `Document` comes in, the `Platform` that made it goes out: an extractor for the chain, and selectors of furniture for
the generic extractor. What is true of one site only goes into `ingest.sites`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ingest.platforms import (
    arc,
    blogger,
    drupal,
    ghost,
    hatena,
    hugo,
    jekyll,
    medium,
    naver,
    ndsoft,
    note_com,
    squarespace,
    substack,
    tistory,
    wix,
    wordpress,
)
from ingest.platforms.marks import REACH, Platform

if TYPE_CHECKING:
    from ingest.extraction.markup.document import Document

#: WordPress comes last: others leave stronger marks on pages that also load something of WordPress.
PLATFORMS: tuple[Platform, ...] = tuple(
    module.PLATFORM
    for module in (
        blogger,
        arc,
        substack,
        ghost,
        tistory,
        naver,
        note_com,
        hatena,
        ndsoft,
        medium,
        squarespace,
        wix,
        drupal,
        hugo,
        jekyll,
        wordpress,
    )
)

_BY_GENERATOR = {word: platform for platform in PLATFORMS for word in platform.generators}


def recognise(document: Document) -> Platform | None:
    """The platform that made the page: by its generator, else by marks at either end of it."""
    for generator in document.meta.get("generator", ()):
        platform = _BY_GENERATOR.get(generator.partition(" ")[0].lower())
        if platform:
            return platform
    head = document.html[:REACH]
    tail = document.html[-REACH:]
    for platform in PLATFORMS:
        if any(mark in head for mark in platform.head) or any(mark in tail for mark in platform.tail):
            return platform
    return None
