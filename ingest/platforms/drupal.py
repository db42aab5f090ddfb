"""Drupal, versions 7 and later: who submitted a node and when, its tags, and what its modules put around a text."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from ingest.extraction.metadata.names import is_full
from ingest.extraction.rule import extractor
from ingest.model import Rule
from ingest.platforms.marks import Platform

if TYPE_CHECKING:
    from ingest.extraction.draft import Draft
    from ingest.extraction.markup.document import Document

RULE = Rule(
    authors=(".node__submitted .username", ".node .submitted .username"),
    published=('.node .submitted [property~="dc:date"]@content', ".node__submitted time@datetime"),
    tags=(".field--name-field-tags .field__item a", ".field--name-field-tags li a", ".field-name-field-tags a"),
)


def _extract(document: Document) -> Draft:
    """Nodes are submitted by accounts; only an account with the name of a person is taken for the author."""
    draft = _NODE.extract(document)
    return replace(draft, authors=tuple(filter(is_full, draft.authors)))


_NODE = extractor("platform:drupal", RULE)
PLATFORM = Platform(
    replace(_NODE, extract=_extract),
    generators=("drupal",),
    head=("jQuery.extend(Drupal.settings", 'data-drupal-selector="', "data-drupal-link-system-path"),
    tail=("jQuery.extend(Drupal.settings", 'data-drupal-selector="drupal-settings-json"'),
    furniture=(
        ".node__submitted, .node .submitted, .node__links, .node .links.inline, .contextual-links, .tabs--primary",
        ".field--name-field-tags, .field-name-field-tags, .field--name-field-categories, .field--name-comment",
        ".comment-wrapper, #comments, .feed-icons, .book-navigation, .block-views, .block-social-sharing, .a2a_kit",
    ),
)
