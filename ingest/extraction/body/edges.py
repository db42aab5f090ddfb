"""Passes for lines about the article or to its reader: dates, bylines, sources, rights, calls. Reads no class names."""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING

from ingest.extraction.body.boxed import HEADINGS, folded
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

if TYPE_CHECKING:
    from collections.abc import Callable

    from ingest.extraction.body.boxed import Boxed
    from ingest.extraction.markup.outline import Block

_LONGEST_CALL = 300  # letters
_LONGEST_CREDIT = 160
_LONGEST_BEGINNING = 80
_OPENING = " ([*►▶→>»-–—|•"
_LONGEST_EDGE = 120
_MOST_BYLINE_WORDS = 9
_PROSE = 120
_STANDFIRST = 250
_MOST_LINES = 12  # at either edge
_MOST_FOUND = 3
_BETWEEN = " .,:;|/·•()[]-–—'’"
# With the vowel signs of Arabic and of Indian scripts, which are no letters to Python.
_TOKEN = re.compile(r"(?:[^\W\d_]|[\u064b-\u0652\u0900-\u0903\u093a-\u094f])+|\d+")
_TIME_OR_DATE = re.compile(r"\b\d{1,2}:\d{2}\b|\b\d{1,2}[./-]\s?\d{1,2}[./-]\s?\d{2,4}\b|\b\d{4}-\d{2}-\d{2}\b")
_LONGEST_CREDIT_LINE = 250
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


def calls(boxed: Boxed) -> None:
    """Short lines that begin as calls to the reader, notices about embedded media and credits of pictures do."""
    for place in boxed.kept:
        block = boxed.blocks[place]
        if is_call(block.text):
            boxed.dropped.add(place)


def is_call(text: str) -> bool:
    """Whether it is a call to the reader, a notice about embedded media, or a credit."""
    if len(text) >= _LONGEST_CALL:
        return False
    beginning = text[:_LONGEST_BEGINNING].lower().lstrip(_OPENING)
    # One look-up spares most lines the comparison with hundreds of phrases.
    if beginning[:2] not in _BEGINNINGS:
        return False
    if _STAFF.match(beginning) and "editing by" in text.lower():
        return True
    return beginning.startswith(CALLS) or (len(text) < _LONGEST_CREDIT and beginning.startswith(CREDITS))


def credited(boxed: Boxed) -> None:
    """Captions that nothing names, told by the credit that they end in."""
    for place in boxed.kept:
        text = boxed.blocks[place].text
        if len(text) < _LONGEST_CREDIT_LINE and _CREDIT_AT_END.search(text[-_LONGEST_BEGINNING:]):
            boxed.captions.add(place)
            boxed.dropped.add(place)


def is_about_article(text: str) -> bool:
    """Whether it says nothing but when or by whom the article was written."""
    return len(text) < _LONGEST_EDGE and (_is_stamp(text) or _is_byline(text) or _is_signed_stamp(text))


def edges(boxed: Boxed) -> None:
    """At the beginning and at the end: when and by whom it was written, its agency, its rights, bare counts."""
    kept = boxed.kept
    _trim(boxed, kept, _STANDFIRST, (_is_stamp, _is_byline, _is_signed_stamp, _is_signature))
    _trim(
        boxed,
        kept[::-1],
        _PROSE,
        (_is_stamp, _is_byline, _is_signed_stamp, _is_agency, _is_rights, _is_count, _is_signature),
    )


def _trim(boxed: Boxed, places: list[int], shortest: int, tests: tuple[Callable[[str], bool], ...]) -> None:
    """Before the first paragraph of so many letters; where such lines recur, they are dates of a list."""
    found: list[int] = []
    for place in islice(places, _MOST_LINES):
        block = boxed.blocks[place]
        if _is_prose(block, shortest):
            break
        if _is_line(block) and any(test(block.text) for test in tests):
            found.append(place)
    else:
        if len(places) > _MOST_LINES:
            return
    if len(found) <= _MOST_FOUND:
        boxed.dropped.update(found)


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
    return bool(found) and ("/" in text or not others) and all(len(word) <= 3 for word in others)


def _is_rights(text: str) -> bool:
    return text.lower().lstrip("([ ").startswith(RIGHTS)


def _is_count(text: str) -> bool:
    return _COUNT.fullmatch(text) is not None


def _is_signature(text: str) -> bool:
    return CJK_BYLINE.fullmatch(text) is not None or (is_korean_or_japanese(text) and closes(text))
