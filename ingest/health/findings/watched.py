"""The shares of a source's outcomes that are watched: of which outcomes, what is bad, and how it is said."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING

from ingest.health.findings import statistics
from ingest.health.findings.signs import is_read

if TYPE_CHECKING:
    from ingest.model import Outcome

#: Origins of a body that was described for this very site or its platform.
OWN = {"rule:": "its rule", "site:": "the rule of its site", "platform:": "its platform"}
#: Error classes of failed links with a kind of their own, or whose page has arrived.
_NOT_FETCHING = frozenset({"empty", "wall", "parse", "extract"})
_LOOKED_AT_AGAIN = frozenset({"changed", "unchanged", "held_back"})
_STORED = frozenset({"new", "duplicate"})
_TEASER_WORDS = 40
#: What the fields of articles are measured against spans this at least.
_SETTLED = timedelta(days=2)
#: For so long links have to fail: less may pass by itself.
_LASTING = timedelta(hours=5)
#: A field is lost if nearly all articles lack it.
_NEARLY_ALL = 0.85
#: Of eight fields, one changes by chance sooner than a single share.
_EVIDENCE_OF_MANY = statistics.EVIDENCE + 2
_FIELDS = {
    "title": "a title", "authors": "authors", "published": "a date", "modified": "a date of change",
    "section": "a section", "tags": "tags", "summary": "a summary", "image": "an image",
}  # fmt: skip

Test = Callable[["Outcome"], bool]


@dataclass(frozen=True, slots=True)
class Share:
    """A share of a source's outcomes that should not rise: those that are ``bad``, of those that are ``measured``.

    ``phrase`` says what is so on how many; ``{of}`` in it is the source, or nothing.
    """

    kind: str
    measured: Test
    bad: Test
    phrase: str
    measure: str = ""
    """Key of `Finding.baseline`, where a kind has several shares."""
    settled: timedelta = timedelta()
    """What the time before the change spans at least."""
    lasting: timedelta = timedelta()
    """For how long it has to be so."""
    passes: bool = False
    """Whether it becomes the new normal. It may also come and go with who writes, for a while."""
    switches: bool = False
    """Whether it is nothing that happens by chance, so that a few in a row are enough."""
    high: float = statistics.HIGH
    """How high the share has to be."""
    evidence: float = statistics.EVIDENCE
    always: float = 1.0
    """How high the share is wrong, whether it has risen or not."""


def _is_error(error: str) -> Test:
    return lambda outcome: outcome.error == error


def _is_outcome(name: str) -> Test:
    return lambda outcome: outcome.outcome == name


def _any(_: Outcome) -> bool:
    return True


def _is_first(outcome: Outcome) -> bool:
    """A first look, or one that failed: articles that are read again say nothing of new pages."""
    return outcome.outcome not in _LOOKED_AT_AGAIN


def _fails(outcome: Outcome) -> bool:
    return outcome.outcome == "failed" and outcome.error not in _NOT_FETCHING


def is_foreign(outcome: Outcome) -> bool:
    """Whether the body came from an extractor that knows neither site nor platform."""
    return not outcome.body_origin.startswith(tuple(OWN))


def is_short(outcome: Outcome) -> bool:
    """Whether the text is no longer than a teaser."""
    return outcome.words < _TEASER_WORDS


def _lacks(outcome: Outcome, *, field: str) -> bool:
    return field not in outcome.filled


TEASERS = Share(
    "teasers",
    is_read,
    is_short,
    f"{{bad}} of {{all}} articles{{of}} have fewer than {_TEASER_WORDS} words",
    always=0.9,
)
CANONICAL = Share(
    "canonical",
    lambda outcome: outcome.outcome in _STORED,
    _is_error("canonical"),
    "{bad} of {all} pages{of} name another article as their canonical URL",
    switches=True,
    always=0.4,
)
#: Gravest first: what follows from another share comes behind it.
SHARES = (
    Share(
        "wall", _any, _is_error("wall"), "{bad} of {all} pages{of} show a wall instead of the article", switches=True
    ),
    Share("links", _is_first, _fails, "{bad} of {all} links{of} fail ({errors})", lasting=_LASTING),
    Share("empty", _is_first, _is_error("empty"), "no text is found on {bad} of {all} pages{of}"),
    Share("not_an_article", _is_first, _is_error("not_an_article"), "{bad} of {all} pages{of} are no articles"),
    CANONICAL,
    Share(
        "rule",
        is_read,
        is_foreign,
        "the body{of} comes from {origins} instead of {own} on {bad} of {all} articles",
        switches=True,
    ),
    TEASERS,
    Share(
        "held_back",
        lambda outcome: outcome.outcome in _LOOKED_AT_AGAIN,
        _is_outcome("held_back"),
        "{bad} of {all} pages{of} that were read again are worse than what is stored, and held back ({errors})",
    ),
)
FILLED = tuple(
    Share(
        "fields",
        is_read,
        partial(_lacks, field=field),
        f"{{bad}} of {{all}} articles{{of}} lack {words} ({{before}} before)",
        measure=field,
        settled=_SETTLED,
        passes=True,
        high=_NEARLY_ALL,
        evidence=_EVIDENCE_OF_MANY,
    )
    for field, words in _FIELDS.items()
)
DUPLICATES = Share(
    "flood",
    lambda outcome: outcome.outcome in _STORED,
    _is_outcome("duplicate"),
    "{bad} of {all} new links{of} lead to articles that are stored already",
)
