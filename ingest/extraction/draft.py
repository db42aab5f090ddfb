"""What one extractor answers for a page, and what an extractor is."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from ingest.article.body import EMPTY_BODY, Body

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime

    from ingest.extraction.markup.document import Document
    from ingest.model import DateCandidate, PageType, Rule


@dataclass(frozen=True, slots=True)
class Draft:
    """Any subset of an article's fields; an empty one means "ask the next extractor"."""

    title: str = ""
    authors: tuple[str, ...] = ()
    published: datetime | None = None
    modified: datetime | None = None
    language: str = ""
    section: str = ""
    tags: tuple[str, ...] = ()
    summary: str = ""
    image: str = ""
    site_name: str = ""
    canonical_url: str = ""
    next_page: str = ""
    paywalled: bool | None = None
    robots: str = ""
    """What the page says to search engines (``meta robots``): recorded, not obeyed."""
    page_type: PageType | None = None
    page_type_confidence: float | None = None
    """How sure the page type is, 0 to 1."""
    body: Body = EMPTY_BODY
    quality: float | None = None
    """How sure the body is: the share of its words that are expected to be right and whole (F1), 0 to 1."""
    origins: Mapping[str, str] = field(default_factory=dict)
    """Field → finer name of who answered, where the extractor chooses among several places (``json-ld``, ``h1``)."""
    dates: tuple[DateCandidate, ...] = ()
    """Every candidate seen, also those that lost."""


@dataclass(frozen=True, slots=True)
class Extractor:
    """One rung of the ladder. ``fields`` names what it can answer, so that it is not asked in vain."""

    name: str
    """What ``origins`` will say: ``site:donga``, ``platform:blogger``, ``json-ld``, ``generic`` …"""
    fields: frozenset[str]
    extract: Callable[[Document], Draft]
    rule: Rule | None = None
    """The selectors it reads by, if it has any; for whoever shows how a page was read."""
