"""What one extractor answers for a page (`Draft`), the fields that it may answer, and what an extractor is."""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from typing import TYPE_CHECKING

from ingest.article.body import EMPTY_BODY, Body

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime

    from ingest.extraction.markup.document import Document
    from ingest.extraction.trace import BodyTrace
    from ingest.model import DateCandidate, PageType


@dataclass(frozen=True, slots=True)
class Draft:
    """Any subset of an article's fields, in the order in which people look at them.

    An empty field means "ask the next extractor". A new field is one line here and one in `ingest.model.Article`:
    `FIELDS`, the ladder and `ingest try` follow. The fields behind ``body`` tell where the answers are from.
    """

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
    paywalled: bool | None = None
    robots: str = ""
    """What the page says to search engines (``meta robots``): recorded, not obeyed."""
    page_type: PageType | None = None
    page_type_confidence: float | None = None
    """How sure the page type is, 0 to 1."""
    next_page: str = ""
    quality: float | None = None
    """How sure the body is: the F1 over words that is to be expected of it, 0 to 1."""
    body: Body = EMPTY_BODY
    origins: Mapping[str, str] = field(default_factory=dict)
    """Field → finer name of what answered, if the extractor chooses among several places (``json-ld``, ``h1``)."""
    selectors: Mapping[str, str] = field(default_factory=dict)
    """Field → the selector of a rule that answered."""
    dates: tuple[DateCandidate, ...] = ()
    """Every candidate seen, also those that were not taken."""
    body_trace: BodyTrace | None = None
    """How the body was found and what was left out of it, if the extractor records that."""


_PROVENANCE = frozenset({"origins", "selectors", "dates", "body_trace"})
#: The fields of an article that an extractor may answer, in the order of `Draft`.
FIELDS: tuple[str, ...] = tuple(each.name for each in fields(Draft) if each.name not in _PROVENANCE)


@dataclass(frozen=True, slots=True)
class Extractor:
    """One rung of the ladder. ``fields`` are the fields that it can answer, so that it is not asked in vain."""

    name: str
    """What ``origins`` will say: ``site:donga``, ``platform:blogger``, ``json-ld``, ``generic`` …"""
    fields: frozenset[str]
    extract: Callable[[Document], Draft]
