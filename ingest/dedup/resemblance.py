"""How much of one text is in another, token by token, by the shingles that they share."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING

from ingest.dedup.blocks import is_unparted

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ingest.dedup.blocks import Block

#: Tokens of a shingle. Two articles of one language share under 2 % of shingles of three words.
_SHINGLE = 3
_SHINGLE_OF_CHARACTERS = 6
#: A block is found again if so much of it is.
_FOUND = 0.5


@dataclass(frozen=True)
class Side:
    """One of two texts: its blocks, and which of its tokens the other one has."""

    blocks: tuple[Block, ...]
    shared: tuple[tuple[bool, ...], ...]
    """For each block, for each token."""

    @cached_property
    def size(self) -> int:
        """Number of tokens."""
        return sum(len(block.tokens) for block in self.blocks)

    @cached_property
    def flags(self) -> tuple[bool, ...]:
        return tuple(flag for flags in self.shared for flag in flags)

    @cached_property
    def share(self) -> float:
        """The share of its tokens that the other one has."""
        return sum(self.flags) / self.size if self.size else 0.0

    @cached_property
    def apart(self) -> tuple[tuple[int, Block], ...]:
        """The blocks that the other one does not have, with their indexes."""
        pairs = enumerate(zip(self.blocks, self.shared, strict=True))
        return tuple((index, block) for index, (block, flags) in pairs if sum(flags) < _FOUND * len(flags))

    @cached_property
    def first_shared(self) -> int:
        """Index of the first block that the other one has; the number of blocks if there is none."""
        apart = {index for index, _ in self.apart}
        return next((index for index in range(len(self.blocks)) if index not in apart), len(self.blocks))

    @cached_property
    def last_shared(self) -> int:
        """Index of the last block that the other one has; -1 if there is none."""
        apart = {index for index, _ in self.apart}
        return next((index for index in range(len(self.blocks) - 1, -1, -1) if index not in apart), -1)

    @cached_property
    def reach(self) -> int:
        """The number of tokens after which the other text breaks off: most before are in it, most after are not."""
        before = list(accumulate(self.flags, initial=0))
        after = before[-1]
        scores = [shared + (self.size - offset) - (after - shared) for offset, shared in enumerate(before)]
        best = max(scores)
        return max(offset for offset, score in enumerate(scores) if score == best)

    def share_of(self, start: int, end: int) -> float:
        """The share of the tokens between two offsets that the other one has; 0 for none."""
        part = self.flags[start:end]
        return sum(part) / len(part) if part else 0.0


@dataclass(frozen=True)
class Resemblance:
    """What of the stored text is in the new one (``old``), and what of the new one in the stored text (``new``)."""

    old: Side
    new: Side

    @property
    def is_same_words(self) -> bool:
        """Whether the words are the same in the same order; marks and the borders of paragraphs do not count."""
        return _stream(self.old.blocks) == _stream(self.new.blocks)

    @cached_property
    def prefix(self) -> int:
        """The number of tokens that both texts begin with."""
        pairs = zip(_stream(self.old.blocks), _stream(self.new.blocks), strict=False)
        return next((at for at, (old, new) in enumerate(pairs) if old != new), min(self.old.size, self.new.size))

    @cached_property
    def vocabulary(self) -> float:
        """Jaccard similarity of the longer words (pairs of characters where words are not parted)."""
        old, new = _vocabulary(_stream(self.old.blocks)), _vocabulary(_stream(self.new.blocks))
        return len(old & new) / len(old | new) if old or new else 0.0


def compare(old: Sequence[Block], new: Sequence[Block]) -> Resemblance:
    """Compares the blocks of two texts. Order counts within a shingle only, so that moved paragraphs are found."""
    return Resemblance(_side(old, new), _side(new, old))


def _side(blocks: Sequence[Block], other: Sequence[Block]) -> Side:
    tokens, other_tokens = _stream(blocks), _stream(other)
    size = _SHINGLE_OF_CHARACTERS if _is_unparted(tokens) else _SHINGLE
    shingles = {other_tokens[at : at + size] for at in range(len(other_tokens) - size + 1)}
    flags = [False] * len(tokens)
    for at in range(len(tokens) - size + 1):
        if tokens[at : at + size] in shingles:
            flags[at : at + size] = [True] * size
    whole = {block.tokens for block in other}
    shared, end = [], 0
    for block in blocks:
        start, end = end, end + len(block.tokens)
        shared.append((True,) * len(block.tokens) if block.tokens in whole else tuple(flags[start:end]))
    return Side(tuple(blocks), tuple(shared))


def _stream(blocks: Sequence[Block]) -> tuple[str, ...]:
    return tuple(token for block in blocks for token in block.tokens)


def _is_unparted(tokens: Sequence[str]) -> bool:
    return 2 * sum(map(is_unparted, tokens)) > len(tokens)


def _vocabulary(tokens: Sequence[str]) -> set[str]:
    pairs = {first + second for first, second in pairwise(tokens) if is_unparted(first)}
    return pairs | {token for token in tokens if len(token) >= 4 or (len(token) >= 2 and not token.isascii())}
