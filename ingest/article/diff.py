"""How two texts of an article differ, word by word, in a form that people can read."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import groupby
from typing import TYPE_CHECKING, Literal

from ingest.article import fulltext

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

#: A passage is compared word by word up to so many words; a longer one as a whole, because the time grows as a square.
_MOST_WORDS = 2_000
#: Where less than this share of the words is the same, marks between single words are harder to read than two texts.
_READABLE = 0.3

# A character of a script that does not separate its words, a word with the spaces behind it, or other signs.
_TOKEN = re.compile(rf"\n+|[{fulltext.UNPARTED}]|[^\W{fulltext.UNPARTED}]+[^\S\n]*|[^\w\n]+?[^\S\n]*")

SpanKind = Literal["same", "removed", "added"]


@dataclass(frozen=True, slots=True)
class Span:
    """A run of words of one paragraph."""

    kind: SpanKind
    text: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph of the two texts, in reading order."""

    spans: tuple[Span, ...]

    @property
    def is_changed(self) -> bool:
        return any(span.kind != "same" for span in self.spans)


def word_diff(before: str, after: str) -> list[Paragraph]:
    """The paragraphs of both texts, with what was removed and added inside each. A line break ends a paragraph.

    The method is that of `difflib` (Ratcliff and Obershelp), first over whole paragraphs, then over the words of the
    passages that differ.
    """
    old, new = _paragraphs(before), _paragraphs(after)
    found: list[Paragraph] = []
    for tag, start, end, new_start, new_end in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            found += [Paragraph((Span("same", text),)) for text in old[start:end]]
        else:
            found += _split(list(_passage("\n".join(old[start:end]), "\n".join(new[new_start:new_end]))))
    return found


def _paragraphs(text: str) -> list[str]:
    return [line for line in (line.strip() for line in text.split("\n")) if line]


def _passage(before: str, after: str) -> Iterator[Span]:
    """The spans of two passages; they may run over several paragraphs."""
    old, new = _TOKEN.findall(before), _TOKEN.findall(after)
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    if max(len(old), len(new)) > _MOST_WORDS or matcher.ratio() < _READABLE:
        yield from _both(before + "\n" * bool(before and after), after)
        return
    for tag, start, end, new_start, new_end in matcher.get_opcodes():
        if tag == "equal":
            yield Span("same", "".join(old[start:end]))
        else:
            yield from _both("".join(old[start:end]), "".join(new[new_start:new_end]))


def _both(removed: str, added: str) -> Iterator[Span]:
    if removed:
        yield Span("removed", removed)
    if added:
        yield Span("added", added)


def _split(spans: Sequence[Span]) -> list[Paragraph]:
    """The spans as paragraphs: a line break ends one, on whichever side it stands."""
    pieces = [Span(span.kind, piece) for span in spans for piece in re.split("(\n+)", span.text) if piece]
    lines = groupby(pieces, key=lambda piece: piece.text.startswith("\n"))
    return [Paragraph(tuple(line)) for is_break, line in lines if not is_break]
