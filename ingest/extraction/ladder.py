"""The first non-empty answer wins, field by field. Asks the extractors in their order; knows none of them."""

from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING, Any

from ingest.errors import ExtractError
from ingest.extraction.draft import Draft, Extractor
from ingest.model import Article, DateCandidate

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ingest.extraction.markup.document import Document

FIELDS = frozenset(field.name for field in fields(Draft)) - {"dates", "origins"}


def merge(document: Document, chain: Sequence[Extractor]) -> Article:
    """One article out of what the extractors of ``chain`` say, first to last.

    An extractor is asked only if it can answer a field that is still empty.
    Raises `ExtractError` (``extract``) when one of them fails, naming it.
    """
    answers: dict[str, Any] = {}
    origins: dict[str, str] = {}
    dates: list[DateCandidate] = []
    for extractor in chain:
        wanted = extractor.fields - answers.keys()
        if not wanted:
            continue
        draft = _ask(extractor, document)
        dates.extend(draft.dates)
        for name in wanted:
            value = getattr(draft, name)
            if answered(value):
                answers[name] = value
                origins[name] = draft.origins.get(name, extractor.name)
        if "page_type" in answers:
            # Who knows the site and not only its signs, is sure.
            answers.setdefault("page_type_confidence", 1.0)
    return _article(document, answers, origins, dates)


def trace(document: Document, chain: Sequence[Extractor]) -> list[tuple[Extractor, Draft]]:
    """What every extractor of ``chain`` says when it is asked for all that it can answer. Raises as `climb` does."""
    return [(extractor, _ask(extractor, document)) for extractor in chain]


def answered(value: object) -> bool:
    """Whether a draft's value ends the search for its field: anything but nothing, and a plain no."""
    return bool(value) or value is False


def _ask(extractor: Extractor, document: Document) -> Draft:
    try:
        return extractor.extract(document)
    except RecursionError as error:
        raise ExtractError(document.url, "parse", f"{extractor.name}: nested too deeply") from error


def _article(
    document: Document, answers: Mapping[str, Any], origins: Mapping[str, str], dates: Sequence[DateCandidate]
) -> Article:
    canonical = answers.get("canonical_url") or document.url
    return Article(
        **{name: value for name, value in answers.items() if name != "canonical_url"},
        url=document.url,
        canonical_url=canonical,
        origins=dict(sorted(origins.items())),
        dates=tuple(dates),
    )
