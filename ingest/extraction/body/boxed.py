"""The blocks of one chosen box while they are being cleared, and what all passes ask of them. Drops nothing itself."""

from __future__ import annotations

from collections import Counter
from functools import cached_property
from itertools import accumulate
from typing import TYPE_CHECKING

from ingest.extraction.markup.outline import names_of
from ingest.extraction.markup.tags import HEADINGS

if TYPE_CHECKING:
    from ingest.extraction.markup.outline import Block, Box, Outline

__all__ = ["HEADINGS", "Boxed", "folded", "is_link", "names"]

_ENDS = " \t:.…!?»«>›→|-–—•▶▼+×"
_LINK_SHARE = 0.8


class Boxed:
    """The blocks of ``box``. ``dropped``: indices into ``outline.blocks``; ``captions``: those of pictures."""

    def __init__(self, outline: Outline, box: Box, titles: frozenset[str]) -> None:
        self.outline = outline
        self.blocks = outline.blocks
        self.box = box
        self.titles = titles
        self.dropped: set[int] = set()
        self.captions: set[int] = set()

    @property
    def kept(self) -> list[int]:
        """Indices of what is left, in reading order."""
        return [place for place in range(self.box.start, self.box.end) if place not in self.dropped]

    def letters(self, box: Box) -> int:
        """Of all text in a box, dropped or not."""
        return self.letters_between(box.start, box.end)

    def letters_between(self, start: int, end: int) -> int:
        """Of the text of ``blocks[start:end]``, dropped or not."""
        return self._letters[end] - self._letters[start]

    def linked(self, box: Box) -> int:
        """Letters in a box that are inside links."""
        return self._linked[box.end] - self._linked[box.start]

    @cached_property
    def kinds(self) -> Counter[tuple[str, str]]:
        """How often a tag comes with a last class on the page."""
        return Counter((box.tag, box.names.split()[-1]) for box in self.outline.boxes if box.names.strip())

    @cached_property
    def _letters(self) -> list[int]:
        return [0, *accumulate(len(block.text) for block in self.blocks)]

    @cached_property
    def _linked(self) -> list[int]:
        return [0, *accumulate(block.linked for block in self.blocks)]


def is_link(block: Block) -> bool:
    """Whether the block is nothing but a link, or nearly so."""
    return block.linked >= _LINK_SHARE * len(block.text)


def folded(text: str) -> str:
    """For comparison: lower case, without the signs that end labels."""
    return text.lower().strip(_ENDS)


def names(box: Box) -> str:
    """Id and class, also of elements whose names the outline did not read."""
    if not box.names:
        box.names = names_of(box.node.attributes)
    return box.names
