"""The blocks of the box that was chosen as the body, and which of them the passes have cleared away so far."""

from __future__ import annotations

from collections import Counter
from functools import cached_property
from itertools import accumulate
from typing import TYPE_CHECKING

from ingest.extraction.markup.outline import names_of

if TYPE_CHECKING:
    from ingest.extraction.markup.outline import Block, Box, Outline

_LABEL_ENDS = " \t:.…!?»«>›→|-–—•▶▼+×"
# Set by hand; docs/constants.md, made by `python benchmarks/sensitivity.py CORPUS`, shows how F1 moves with it.
_LINK_SHARE = 0.8  # of the letters of a block


class ContentBox:
    """The blocks of ``box``, as indices into ``blocks``, which are those of the whole outline.

    ``titles`` are the page's own, `folded`. ``dropped`` are the indices of blocks that are no text of the article,
    ``captions`` those of them that describe pictures, and ``cleared`` says which pass dropped which, in the order of
    the passes.
    """

    def __init__(self, outline: Outline, box: Box, titles: frozenset[str]) -> None:
        self.outline = outline
        self.blocks = outline.blocks
        self.box = box
        self.titles = titles
        self.dropped: set[int] = set()
        self.captions: set[int] = set()
        self.cleared: list[tuple[str, set[int]]] = []

    def drop(self, indices: set[int], by: str) -> None:
        """Take the blocks out of the text; ``by`` is the name of the pass that found them."""
        new = indices - self.dropped
        if new:
            self.dropped |= new
            self.cleared.append((by, new))

    @property
    def kept(self) -> list[int]:
        """Indices of the blocks that are left, in reading order."""
        return [index for index in range(self.box.start, self.box.end) if index not in self.dropped]

    def letters(self, box: Box) -> int:
        """Number of letters in a box, those of dropped blocks included."""
        return self.letters_between(box.start, box.end)

    def letters_between(self, start: int, end: int) -> int:
        """Number of letters in ``blocks[start:end]``, those of dropped blocks included."""
        return self._letters[end] - self._letters[start]

    def linked(self, box: Box) -> int:
        """Number of letters in a box that are inside links, those of dropped blocks included."""
        return self._linked[box.end] - self._linked[box.start]

    @cached_property
    def kinds(self) -> Counter[tuple[str, str]]:
        """How often each pair of a tag and a last class occurs on the page."""
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
    """The text in lower case and without the signs that end labels, for comparison."""
    return text.lower().strip(_LABEL_ENDS)


def box_names(box: Box) -> str:
    """Id and class of a box's element. The outline reads those of larger boxes only; others are read here, once."""
    if not box.names:
        box.names = names_of(box.node.attributes)
    return box.names
