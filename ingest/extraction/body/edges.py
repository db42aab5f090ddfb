"""Passes for lines about the article or addressed to its reader: dates, bylines, sources, rights, calls."""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING

from ingest.extraction.body.content_box import folded
from ingest.extraction.body.lines import closes, is_korean_or_japanese
from ingest.extraction.lexicon.month_names import MONTHS
from ingest.extraction.lexicon.phrases import (
    AGENCIES,
    BYLINE_JOINTS,
    BYLINES,
    CALLS,
    CJK_BYLINE,
    CREDITS,
    RIGHTS,
    STAMP_WORDS,
)
from ingest.extraction.markup.tags import HEADINGS

if TYPE_CHECKING:
    from collections.abc import Callable

    from ingest.extraction.body.content_box import ContentBox
    from ingest.extraction.markup.outline import Block

# Set by hand on the development corpus; how F1 moves when each of them is halved or doubled stands in
# docs/constants.md, made by `python benchmarks/sensitivity.py CORPUS`.
_LONGEST_CALL = 300  # letters
_LONGEST_CREDIT = 160  # letters of a line that begins as a credit
_LONGEST_CREDITED = 250  # letters of a line that ends in one
_EITHER_END = 80  # letters of a line in which a call, or a credit at its end, is looked for
_LONGEST_EDGE = 120  # letters of a line at an edge
_MOST_BYLINE_WORDS = 9
_STANDFIRST = 250  # letters of the paragraph that ends the upper edge
_PROSE = 120  # letters of the paragraph that ends the lower edge
_MOST_LINES = 12  # blocks of either edge
_MOST_FOUND = 3  # lines about the article at either edge; more are dates of a list
_LONGEST_AGENCY_SIGN = 3  # letters of a reporter's sign beside the name of an agency: "abc/Reuters"

_OPENING = " ([*►▶→>»-–—|•"
_BETWEEN = " .,:;|/·•()[]-–—'’"
# With the vowel signs of Arabic and of Indian scripts, which are no letters to Python.
_TOKEN = re.compile(r"(?:[^\W\d_]|[\u064b-\u0652\u0900-\u0903\u093a-\u094f])+|\d+")
_TIME_OR_DATE = re.compile(r"\b\d{1,2}:\d{2}\b|\b\d{1,2}[./-]\s?\d{1,2}[./-]\s?\d{2,4}\b|\b\d{4}-\d{2}-\d{2}\b")
_CREDIT_AT_END = re.compile(
    r"(?:[(|–-]\s?©\s?[^.!?©]{2,60}|©\s?[^.!?©,]{2,40}[/|][^.!?©]{2,40}"
    r"|\((?:fotos?|photos?|bild(?:er)?|images?|pictures?|credits?|zdjęcie|фото)\s?:[^)]{2,60}\)"
    r"|\b(?:getty images|istock(?:photo)?(?:\.com)?|shutterstock(?:\.com)?|adobe stock|picture[- ]alliance))"
    r"\s?[)\].]?$",
    re.IGNORECASE,
)
_COUNT = re.compile(r"\d{1,6}\s?개?")
_IN_CELLS = frozenset({"td", "th", "dd", "dt", "li", "pre"})
# As agencies end their reports: "Reporting by Ann Other; Editing by Jo Doe".
_STAFF = re.compile(r"(?:additional )?(?:reporting|writing|graphics?|compiled|editing) by ")
_BEGINNINGS = frozenset(phrase[:2] for phrase in (*CALLS, *CREDITS, "reporting", "writing", "graphic", "compiled"))
_STAMPS = STAMP_WORDS | MONTHS.keys()


def calls(content: ContentBox) -> set[int]:
    """Short lines that begin as calls to the reader, notices about embedded media and credits of pictures do."""
    return {index for index in content.kept if is_call(content.blocks[index].text)}


def is_call(text: str) -> bool:
    """Whether it is a call to the reader, a notice about embedded media, or a credit."""
    if len(text) >= _LONGEST_CALL:
        return False
    beginning = text[:_EITHER_END].lower().lstrip(_OPENING)
    # One look-up saves most lines the comparison with hundreds of phrases.
    if beginning[:2] not in _BEGINNINGS:
        return False
    if _STAFF.match(beginning) and "editing by" in text.lower():
        return True
    return beginning.startswith(CALLS) or (len(text) < _LONGEST_CREDIT and beginning.startswith(CREDITS))


def credited(content: ContentBox) -> set[int]:
    """Captions without a class of their own, recognised by the credit that they end in."""
    return {index for index in content.kept if _ends_in_credit(content.blocks[index].text)}


def _ends_in_credit(text: str) -> bool:
    return len(text) < _LONGEST_CREDITED and _CREDIT_AT_END.search(text[-_EITHER_END:]) is not None


def is_about_article(text: str) -> bool:
    """Whether it says nothing but when or by whom the article was written."""
    return len(text) < _LONGEST_EDGE and (_is_stamp(text) or _is_byline(text) or _is_signed_stamp(text))


def edges(content: ContentBox) -> set[int]:
    """At the beginning and at the end: when and by whom it was written, its agency, its rights, bare counts."""
    kept = content.kept
    return _edge(content, kept, _STANDFIRST, _AT_TOP) | _edge(content, kept[::-1], _PROSE, _AT_END)


def _edge(content: ContentBox, indices: list[int], prose: int, tests: tuple[Callable[[str], bool], ...]) -> set[int]:
    """The lines that pass one of ``tests``, up to the first paragraph of more than ``prose`` letters."""
    found: set[int] = set()
    for index in islice(indices, _MOST_LINES):
        block = content.blocks[index]
        if _is_prose(block, prose):
            break
        if _is_line(block) and any(test(block.text) for test in tests):
            found.add(index)
    else:
        if len(indices) > _MOST_LINES:
            return set()
    return found if len(found) <= _MOST_FOUND else set()


def _is_prose(block: Block, letters: int) -> bool:
    return len(block.text) > letters and block.linked * 2 < len(block.text)


def _is_line(block: Block) -> bool:
    return len(block.text) < _LONGEST_EDGE and block.box.tag not in HEADINGS and block.box.tag not in _IN_CELLS


def _is_stamp(text: str) -> bool:
    """Nothing but dates, times and the words around them: "Updated: 3 May 2024, 10:15", "Lesedauer: 4 Minuten"."""
    tokens = _TOKEN.findall(text.lower())
    words = [token for token in tokens if not token.isdecimal()]
    if len(words) == len(tokens) or not all(word in _STAMPS for word in words):
        return False
    return bool(words) or _TIME_OR_DATE.search(text) is not None


def _is_byline(text: str) -> bool:
    """ "By Ann Other and Jo Doe" and nothing else."""
    words = text.replace(",", " ").split()
    if not 1 < len(words) <= _MOST_BYLINE_WORDS or folded(words[0]) not in BYLINES:
        return False
    return text[-1] not in ".!?:。।؟" and all(
        not word[0].islower() or word.lower() in BYLINE_JOINTS for word in words[1:]
    )


def _is_signed_stamp(text: str) -> bool:
    """ "By Ann Other, 3 May 2024, 10:15": who and when on one line."""
    if not any(map(str.isdecimal, text)):
        return False
    rest = " ".join(_TOKEN.sub(_unless_stamp, text).split()).strip(_BETWEEN)
    return len(rest) < len(text) and (_is_byline(rest) or _is_signature(rest))


def _unless_stamp(token: re.Match[str]) -> str:
    return "" if token[0].isdecimal() or token[0].lower() in _STAMPS else token[0]


def _is_agency(text: str) -> bool:
    """ "(Source: dpa/AFP)", "abc/Reuters"."""
    words = [token for token in _TOKEN.findall(text.lower()) if not token.isdecimal()]
    found = [word for word in words if word in AGENCIES]
    others = [word for word in words if word not in AGENCIES and word not in BYLINE_JOINTS]
    return bool(found) and ("/" in text or not others) and all(len(word) <= _LONGEST_AGENCY_SIGN for word in others)


def _is_rights(text: str) -> bool:
    return text.lower().lstrip("([ ").startswith(RIGHTS)


def _is_count(text: str) -> bool:
    return _COUNT.fullmatch(text) is not None


def _is_signature(text: str) -> bool:
    return CJK_BYLINE.fullmatch(text) is not None or (is_korean_or_japanese(text) and closes(text))


_AT_TOP = (_is_stamp, _is_byline, _is_signed_stamp, _is_signature)
_AT_END = (_is_stamp, _is_byline, _is_signed_stamp, _is_agency, _is_rights, _is_count, _is_signature)
