"""How a page is read: what each rung of the ladder answers, by which selector, and what is left out. Stores nothing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ingest import platforms
from ingest.extraction import ladder, rule
from ingest.extraction.body import generic, left_out
from ingest.run import extract

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ingest.extraction.body.left_out import Cut
    from ingest.extraction.draft import Draft, Extractor
    from ingest.extraction.markup.document import Document
    from ingest.model import Article, DateCandidate, Source

#: In the order in which people ask for them.
FIELDS = (
    "title", "authors", "published", "modified", "language", "section", "tags", "summary", "image", "site_name",
    "canonical_url", "paywalled", "page_type", "page_type_confidence", "next_page", "quality", "body",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Answer:
    """What one extractor says of one field. ``where`` is a selector or the name of a place; "" if it tells neither."""

    field: str
    extractor: str
    where: str
    value: object
    won: bool


@dataclass(frozen=True, slots=True)
class Explanation:
    """A page's article and how it came about. ``asked`` are the extractors in their order."""

    article: Article
    asked: tuple[str, ...]
    answers: tuple[Answer, ...]
    dates: tuple[DateCandidate, ...]
    cut: Cut | None
    """None if the extractor that won does not tell what it leaves out."""


def explain(html: str | bytes, url: str = "", *, content_type: str = "", source: Source | None = None) -> Explanation:
    """Arguments and errors as of `chain.extract_page`."""
    article = extract.extract_page(html, url, content_type=content_type, source=source)
    document = extract.parse(html, url, content_type=content_type, source=source)
    told = ladder.trace(document, extract.chain(document, source=source))
    selectors = {rung.name: rule.matches(document, rung.rule) if rung.rule else {} for rung, _ in told}
    answers = [answer for field in FIELDS for answer in _answers(field, told, selectors, article)]
    return Explanation(
        article,
        tuple(rung.name for rung, _ in told),
        tuple(answers),
        tuple(dict.fromkeys(date for _, draft in told for date in draft.dates)),
        _cut(document, told),
    )


def _answers(
    field: str, told: list[tuple[Extractor, Draft]], selectors: dict[str, dict[str, str]], article: Article
) -> Iterator[Answer]:
    """The first that says something wins, unless the text of the whole article says better (language, address)."""
    said = [(rung, draft) for rung, draft in told if field in rung.fields and ladder.answered(getattr(draft, field))]
    final = getattr(article, field)
    first = getattr(said[0][1], field) if said else None
    overruled = field in {"language", "canonical_url"} and bool(final) and final != first
    for place, (rung, draft) in enumerate(said):
        where = selectors[rung.name].get(field) or draft.origins.get(field, "")
        yield Answer(field, rung.name, where, getattr(draft, field), place == 0 and not overruled)
    if overruled:
        where = "read off the text" if field == "language" else "the address of the page"
        yield Answer(field, "chain", where, final, True)


def _cut(document: Document, told: list[tuple[Extractor, Draft]]) -> Cut | None:
    for rung, draft in told:
        if not draft.body:
            continue
        if rung.rule:
            return left_out.of_rule(document, rung.rule)
        if rung.name != generic.EXTRACTOR.name:
            return None
        platform = platforms.recognise(document)
        return left_out.of_generic(document, draft.body, platform.furniture if platform else ())
    return None
