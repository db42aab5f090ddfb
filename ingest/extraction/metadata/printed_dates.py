"""Finds the dates that a page prints for its readers, and whether each is that of publication or of a change."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from ingest.extraction.metadata import dates
from ingest.extraction.metadata.surroundings import FAR, PageLine

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from selectolax.lexbor import LexborNode

# Set by hand while reading pages of the corpus; what halving or doubling it changes stands in
# docs/constants.md, made by `python benchmarks/sensitivity.py CORPUS`.
_LONGEST = 120  # letters of a line
# Every match of `_YEAR` has one of these; the test takes a tenth of the time.
_NUMBER = re.compile(r"[\d令平]")
_YEAR = re.compile(
    r"""(?<!\d)(?:(?:19|20|25)\d\d|[٢۲][٠۰]..)(?!\d)|[|/]\s?(?:19|20)\d\d
    |\d\d?[./]\s?\d\d?[./]\s?\d\d(?!\d)|令和|平成""",
    re.VERBOSE,
)
_NUMERIC = re.compile(r"\d\d?\s?[-/.]\s?\d\d?\s?[-/.]\s?\d\d")
# Both expect text in lower case: case-insensitive matching takes several times as long.
_MODIFIED = re.compile(
    r"updat|modif|revis|review|refresh|correct|last (?:edit|chang)|aktualisier|geändert|überarbeitet|mise? à jour"
    r"|màj|actualiza|atualiza|aggiorna|bijgewerkt|uppfær|gewijzigd|uppdater|opdater|oppdater|ændret|päivite|muokattu|zaktualizowan"
    r"|aktualiz|frissít|güncelle|обновлен|изменен|оновлен|수정|업데이트|更新|改訂|最終|تحديث|עודכן"
)
_PUBLISHED = re.compile(
    r"publi|posted|created|written|first|original|date ?line|erschienen|veröffentlicht|erstellt|stand\b|geplaatst"
    r"|gepubliceerd|verschenen|publicerad|skapad|offentliggjort|julkaistu|opublikowan|dodano|zveřejněno|yayın|опубликован"
    r"|입력|등록|작성|발행|기사입력|승인|公開|掲載|投稿|発表|发布|發布|发表|نشر|פורסם|diterbitkan|đăng"
)
_PUBLISHED_CLASS = re.compile(r"publi|posted|created|pubdate|entry-date")
_MODIFIED_CLASS = re.compile(r"updat|modif|revis|changed|lastmod")
# Boxes whose dates belong to something else: other articles, comments, events, quotations, the site.
_ELSEWHERE = re.compile(
    r"comment(?!ary|ator)|related|recommend|popular|trending|latest-|most-?read|copyright|upcoming|event|calendar|ticker|citation"
    r"|reference|bibliograph|figcaption|(?:wp|image|photo)-?_?caption|read-?next|more-?(?:from|posts|stories)|also-?like|adjacent|pagination|disqus"
    r"|weather|tweet|newsletter|archive-?list|blockquote"
)
# The footer of the site, not that of an article.
_SITE_FOOTER = re.compile(r"(?:^|>)footer\b(?!.{0,600}>article)")
# Boxes that are mostly the site's, but now and then hold the article's own date, with a label.
_ASIDE = re.compile(r"sidebar|widget|\bfooter|teaser|card(?!ina)|carousel|slider|promo(?!t)|menu|\baside|prev\b")


@dataclass(frozen=True, slots=True)
class PrintedDate:
    """A printed date. ``labelled`` means that a word or a class says which field it is; ``steps`` as in `PageLine`."""

    field: Literal["published", "modified"]
    raw: str
    when: datetime
    labelled: bool
    steps: int


def find(lines: Sequence[PageLine], *, time_zone: str, language: str) -> list[PrintedDate]:
    """The dates among ``lines``, in reading order. A date spread over up to four lines is joined."""
    return list(_printed_dates(lines, time_zone, language))


def _printed_dates(lines: Sequence[PageLine], time_zone: str, language: str) -> Iterator[PrintedDate]:
    for number, line in enumerate(lines):
        if len(line.text) > _LONGEST:
            continue
        machine = _machine_readable(line.node)
        if not (machine or _has_year(line.text)) or _ELSEWHERE.search(line.box):
            continue
        raw = line.text
        when = dates.parse(raw, time_zone=time_zone, language=language)
        exact = dates.parse(machine, time_zone=time_zone, language=language) if machine else None
        if exact and (when is None or exact.date() == when.date()):
            raw, when = machine, exact
        # A numeric date that is ambiguous does not become clear by the text before it.
        if when is None and len(raw) < 30 and not _NUMERIC.search(raw):
            before = " ".join(other.text for other in lines[max(0, number - 3) : number] if len(other.text) < 40)
            raw = f"{before[-40:]} {raw}"
            when = dates.parse(raw, time_zone=time_zone, language=language)
        if when is None:
            continue
        field, labelled = _field(_label(lines, number), line)
        if not labelled and (_SITE_FOOTER.search(line.box) or (line.steps >= FAR and _ASIDE.search(line.box))):
            continue
        yield PrintedDate(field, raw, when, labelled, line.steps)


def _label(lines: Sequence[PageLine], number: int) -> str:
    """The line itself if it has a label; else preceded by the end of the line before it."""
    text = lines[number].text
    if len(text) > 24 or not number or _MODIFIED.search(text.lower()) or _PUBLISHED.search(text.lower()):
        return text
    return f"{lines[number - 1].text[-30:]} {text}"


def _has_year(text: str) -> bool:
    return bool(_NUMBER.search(text) and _YEAR.search(text))


def _machine_readable(node: LexborNode) -> str:
    """The value of ``<time datetime>`` or ``<abbr title>`` around a text."""
    for element in (node, node.parent):
        if element is not None and element.tag in {"time", "abbr"}:
            attributes = element.attributes
            return (attributes.get("datetime") or attributes.get("title") or "").strip()
    return ""


def _field(label: str, line: PageLine) -> tuple[Literal["published", "modified"], bool]:
    label = label.lower()
    if found := _MODIFIED.search(label):
        earlier = _PUBLISHED.search(label)
        if not earlier or earlier.start() > found.start():
            return "modified", True
    if _PUBLISHED.search(label):
        return "published", True
    near = ">".join(line.classes[:3])
    if _PUBLISHED_CLASS.search(near):
        return "published", True
    return ("modified", True) if _MODIFIED_CLASS.search(near) else ("published", False)
