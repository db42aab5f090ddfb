"""The ladder: extractors are asked in their order, and the first non-empty answer wins, field by field."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ingest.errors import ExtractError
from ingest.model import Article, DateCandidate

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ingest.extraction.draft import Draft, Extractor
    from ingest.extraction.markup.document import Document


def merge(document: Document, chain: Sequence[Extractor]) -> Article:
    """One article out of the answers of ``chain``, first to last.

    An extractor is asked only if it can answer a field that is still empty. ``origins`` of the article names for each
    field who answered, ``dates`` are the candidates of all that were asked.
    Raises `ExtractError` (``parse``) if the page is nested too deeply for one of them, naming it.
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
            if is_answer(value):
                answers[name] = value
                origins[name] = draft.origins.get(name, extractor.name)
        if "page_type" in answers:
            # Only the generic extractor guesses, and says how sure it is. A rule that matches is sure.
            answers.setdefault("page_type_confidence", 1.0)
    return _article(document, answers, origins, dates)


def ask(document: Document, chain: Sequence[Extractor]) -> list[tuple[Extractor, Draft]]:
    """What each extractor of ``chain`` answers when all are asked. Raises as `merge` does."""
    return [(extractor, _ask(extractor, document)) for extractor in chain]


def is_answer(value: object) -> bool:
    """Whether a draft's value ends the search for its field: all that is not empty does, and so does False."""
    return bool(value) or value is False


def _ask(extractor: Extractor, document: Document) -> Draft:
    try:
        return extractor.extract(document)
    except RecursionError as error:
        raise ExtractError(document.url, "parse", f"{extractor.name}: nested too deeply") from error


def _article(
    document: Document, answers: Mapping[str, Any], origins: Mapping[str, str], dates: Sequence[DateCandidate]
) -> Article:
    return Article(
        **{name: value for name, value in answers.items() if name != "canonical_url"},
        url=document.url,
        canonical_url=answers.get("canonical_url") or document.url,
        origins=dict(sorted(origins.items())),
        dates=tuple(dates),
    )
