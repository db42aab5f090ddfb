"""Finds the byline among the lines around a headline: by a label ("By"), by a class, by a link to an author's page."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from ingest.extraction.metadata import names
from ingest.extraction.metadata.surroundings import FAR, PageLine

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

# Set by hand while reading pages of the corpus; what halving or doubling each of them changes stands in
# docs/constants.md, made by `python benchmarks/sensitivity.py CORPUS`.
_LONGEST = 140  # letters of a line with a byline
_LONGEST_NAMES = 90  # of a line of names without a label
_LONGEST_LABEL = 40
_FARTHEST_BEFORE = 8  # lines in front of the headline
_JUST_BELOW = 4  # lines
_PROSE = 160  # letters of a line that is a paragraph
# `_LABEL`, `_LABELLED` and `_AUTHOR_LINK` expect text in lower case: case-insensitive matching takes several times as
# long.
_VERB = (
    r"(?:(?:article|story|words|text|texte|content|written|posted|published|reported|authored|created|scritto|escrito"
    r"|publicado|publié|rédigé|geschrieben|verfasst|kommentar|skrevet|skriven)\s)?"
)
_NOUN = (
    r"(?:author(?:s|\(s\))?|autora?|autor(?:in|en)|auteurs?|autore|contributors?|written by|text"
    r"|texte|texto|testo|words|writer|reporter|redaktion|journalist|skribent|forfatter|автор|글|글쓴이|기자|文|取材・文|著者|執筆"
    r"|筆者|作者|撰文|(?:本报|本報|本刊)?(?:记者|記者)|بقلم|كتبت?|إعداد|लेखक|लेखिका)"
)
# "김하늘 기자 sky@example.com", "記者林雨桐／溪口報導": bylines without a label and a colon.
_SIGNED = (
    r"[가-힣]{2,4}\s?(?:[가-힣]{2,4})?(?:기자|특파원|논설위원)(?:\s?[\w.+-]{1,64}@|\s?$)"
    r"|(?:本报|本報|本刊)?(?:记者|記者)\s?[\u4e00-\u9fff]{2,4}(?:\s?[／/]|\s|$)"
)
_BY = r"(?:by|von|par|por|di|av|af|door|od)"
# A label on a line of its own; the names follow.
_LABEL = re.compile(rf"^[\W_]{{0,3}}(?:{_VERB}{_BY}|{_NOUN})\s?[:：]?$")
# A label followed by the names on the same line.
_LABELLED = re.compile(rf"^[\W_]{{0,3}}(?:{_VERB}{_BY}\b[\s:]|{_NOUN}\s?[:：／＝・]|(?={_SIGNED}))\s{{0,3}}(?=\S)")
# Other roles than that of the author, with which a byline ends.
_OTHER_ROLE = re.compile(
    r"\b(?:fact|check|review|edit(?:ed|ing)|translat|illustrat|photo|updat|medical|approved|foto|bild|übersetz|traduc)",
    re.IGNORECASE,
)
_BYLINE_CLASS = re.compile(
    r"by-?line|author|writer|reporter|autor(?!i[sz])|auteur|journalist|contributor|creator|forfatter|skribent"
)
_NO_BYLINE_CLASS = re.compile(
    r"bio\b|biograph|avatar|image|\bimg|photo|desc|about|\bjobs?\b|job-?title|role|position|date|time|social-(?!author)"
    r"|follow|twitter|comment|related|recommend|popular|sidebar|footer|caption|credit|share|card-|teaser|newsletter|count\b|quote"
    r"|label|breadcrumb|tooltip|publisher|source|section-|categor|edit(?:or|ed)-|check"
)
_BOX = re.compile(r"comment|related|recommend|popular|newsletter|teaser|breadcrumb|carousel|trending|caption")
# Every alternative begins with a plain character, for which the search is quick.
_AUTHOR_LINK = re.compile(
    r"/(?:authors?|autor(?:en|es)?|auteurs?|autore|people|person|staff|(?:user)?profiles?|users?|team|journalists?|writers?"
    r"|contributors?|producers|by|reporter|redaktion|columnists?|experts?|editors?|menschen|skribent)/|\?_?author=|&_?author="
)
_JOINT = re.compile(r",?\s?(?:and|und|et|y|og|och|e|en)|[,&/]", re.IGNORECASE)


def authors(lines: Sequence[PageLine]) -> tuple[str, ...]:
    """The names in the first byline; labels count before classes, and classes before links to an author's page."""
    near = [line for line in lines if line.steps >= -_FARTHEST_BEFORE]
    return (
        _persons(_labelled(_before_prose(near)), names.is_credit)
        or _persons(_by_class(near), names.is_plausible)
        or _persons(_by_link(near), names.is_full)
    )


def _persons(found: Iterator[str], is_one: Callable[[str], bool]) -> tuple[str, ...]:
    """The found names that pass ``is_one``; a single word only where there is no full name."""
    persons = [name for name in names.people(found) if is_one(name)]
    full = [name for name in persons if " " in name or not name.isascii()]
    return tuple(full or persons[:1])


def _before_prose(lines: Sequence[PageLine]) -> list[PageLine]:
    """The lines down to the second paragraph; further down a "by" is part of the text."""
    prose = [number for number, line in enumerate(lines) if line.steps > 0 and len(line.text) > _PROSE]
    return list(lines[: prose[1]] if len(prose) > 1 and lines[0].steps < FAR else lines)


def _labelled(lines: Sequence[PageLine]) -> Iterator[str]:
    for number, line in enumerate(lines):
        if len(line.text) > _LONGEST:
            continue
        lower = line.text.lower()
        if len(lower) <= _LONGEST_LABEL and _LABEL.match(lower) and not _BOX.search(line.box):
            yield from _following(lines[number + 1 : number + 12])
            return
        if _LABELLED.match(lower) and not _is_prose(line) and not _BOX.search(line.box):
            yield line.text
            if line.text.endswith((",", " and", " und", "&")):
                yield from _following(lines[number + 1 : number + 8])
            return


def _is_prose(line: PageLine) -> bool:
    """Whether it is a sentence that begins like a byline: "Von hier aus sind es …"."""
    return len(line.text) > 60 and line.text.rstrip().endswith((".", "?", "!", "…"))


def _following(lines: Sequence[PageLine]) -> Iterator[str]:
    """The line after a label, and further ones that are joined to it by commas and conjunctions."""
    joined = True
    for line in lines:
        if _JOINT.fullmatch(line.text):
            joined = True
            continue
        if not joined or len(line.text) > _LONGEST:
            return
        yield line.text
        joined = line.text.endswith((",", " and", " und", "&"))


def _by_class(lines: Sequence[PageLine]) -> Iterator[str]:
    """The lines of the first box whose class means a byline."""
    last = None
    # Neighbouring lines share most of their boxes.
    is_byline = cache(_BYLINE_CLASS.search)
    for line in lines:
        if len(line.text) > _LONGEST_NAMES or not any(map(is_byline, line.classes[:5])) or _BOX.search(line.box):
            continue
        if last is not None and (line.steps - last > 3 or _OTHER_ROLE.search(line.text)):
            return
        if not _NO_BYLINE_CLASS.search("".join(line.classes[:1])) and names.is_plausible(
            next(iter(names.people([line.text])), "")
        ):
            last = line.steps
            yield line.text


def _by_link(lines: Sequence[PageLine]) -> Iterator[str]:
    for line in lines:
        node = line.node if line.node.tag == "a" else line.node.parent
        if node is None or node.tag != "a" or len(line.text) > 60:
            continue
        attributes = node.attributes
        by_author = "author" in (attributes.get("rel") or "") or _AUTHOR_LINK.search(
            (attributes.get("href") or "").lower()
        )
        if by_author and not _BOX.search(line.box):
            yield line.text


def unlabelled(lines: Sequence[PageLine]) -> Iterator[str]:
    """Lines just below the headline that read like a full name, without label, class or link."""
    for line in lines:
        if (
            0 < line.steps <= _JUST_BELOW
            and " " in line.text
            and names.is_plausible(line.text)
            and not _BOX.search(line.box)
        ):
            yield line.text
