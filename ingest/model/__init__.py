"""The nouns that all packages share, in the order in which a page meets them. Frozen, without behaviour.

A source names pages, an article is extracted from a page, and the health of the source is judged by its articles.
"""

from ingest.model.articles import (
    Article,
    Changed,
    DateCandidate,
    Decision,
    Duplicate,
    HeldBack,
    New,
    PageType,
    Unchanged,
)
from ingest.model.health import Finding, Notification, Outcome, SourceDay, SourceHistory
from ingest.model.pages import NO_HINTS, Hints, Link, Page, Validators
from ingest.model.sources import EVENTS, Event, KeepRaw, Kind, Listing, Receiver, Rule, Settings, Source

__all__ = [
    "EVENTS",
    "NO_HINTS",
    "Article",
    "Changed",
    "DateCandidate",
    "Decision",
    "Duplicate",
    "Event",
    "Finding",
    "HeldBack",
    "Hints",
    "KeepRaw",
    "Kind",
    "Link",
    "Listing",
    "New",
    "Notification",
    "Outcome",
    "Page",
    "PageType",
    "Receiver",
    "Rule",
    "Settings",
    "Source",
    "SourceDay",
    "SourceHistory",
    "Unchanged",
    "Validators",
]
