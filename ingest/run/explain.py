"""How a page is read: what each extractor of its chain answers, by which selector, and what is left out of the body."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

from ingest.extraction import chain, ladder
from ingest.extraction.draft import FIELDS
from ingest.run import extract

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ingest.extraction.draft import Draft, Extractor
    from ingest.extraction.markup.document import Document
    from ingest.extraction.trace import BodyTrace
    from ingest.model import Article, DateCandidate, Source

_OVERRULED = {"language": "read off the text", "canonical_url": "the address of the page"}


@dataclass(frozen=True, slots=True)
class FieldAnswer:
    """What one extractor answers for one field. ``where`` is a selector or the name of a place; "" if not recorded."""

    field: str
    extractor: str
    where: str
    value: object
    won: bool


@dataclass(frozen=True, slots=True)
class Explanation:
    """A page's article and how it came about. ``extractors`` are the names of those asked, in their order."""

    article: Article
    extractors: tuple[str, ...]
    answers: tuple[FieldAnswer, ...]
    dates: tuple[DateCandidate, ...]
    body: BodyTrace | None
    """None if the extractor whose body was taken records nothing."""


def explain(html: str | bytes, url: str = "", *, content_type: str = "", source: Source | None = None) -> Explanation:
    """The page is parsed once and each extractor is asked once. Arguments and errors as of `extract.extract_page`."""
    document = extract.parse(html, url, content_type=content_type, source=source)
    asked = ladder.ask(document, extract.extractors_for(document, source=source))
    article = chain.article(document, [replace(each, extract=partial(_repeat, draft)) for each, draft in asked])
    return Explanation(
        article,
        tuple(extractor.name for extractor, _ in asked),
        tuple(answer for field in FIELDS for answer in _answers(field, asked, article)),
        tuple(dict.fromkeys(date for _, draft in asked for date in draft.dates)),
        next((draft.body_trace for _, draft in asked if draft.body), None),
    )


def _repeat(draft: Draft, _: Document) -> Draft:
    return draft


def _answers(field: str, asked: Sequence[tuple[Extractor, Draft]], article: Article) -> Iterator[FieldAnswer]:
    """The first answer wins, unless the text of the article or its own address says better."""
    given = [
        (extractor, draft)
        for extractor, draft in asked
        if field in extractor.fields and ladder.is_answer(getattr(draft, field))
    ]
    final = getattr(article, field)
    first = getattr(given[0][1], field) if given else None
    overruled = field in _OVERRULED and bool(final) and final != first
    for index, (extractor, draft) in enumerate(given):
        where = draft.selectors.get(field) or draft.origins.get(field, "")
        yield FieldAnswer(field, extractor.name, where, getattr(draft, field), index == 0 and not overruled)
    if overruled:
        yield FieldAnswer(field, "chain", _OVERRULED[field], final, won=True)
