"""Noise: what changes on a page from one look to the next and says nothing, so that its change is no edit.

Three kinds are left out before two readings are compared. *Listed*: counters of views and comments, reading times,
relative times ("updated 5 minutes ago"), by the words of `noise_words`. *Structural*: a block that is only a link, or a
short label and a link. *Learned*: blocks that changed in several articles of the source, or at each look of one.
A number in a sentence is never noise: "12 dead" that becomes "14 dead" is a correction.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from ingest.dedup.blocks import Block, block
from ingest.dedup.noise_words import COUNTERS, FILLERS, MOMENTS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

#: A template is noise once it changed in so many articles of the source; one that reads as prose takes one more.
LEARNED = 2
_LEARNED_PROSE = 3
#: A short line between others is noise once it alone changed at so many looks at its article.
_LOOKS = 3
_LONGEST_TEMPLATE = 200
_LONGEST_LINE = 12  # words
_LONGEST_BLOCK = 60  # words
_LONGEST_LABEL = 4  # words
_LINKED = 0.9
#: Texts of which more than this stands in blocks that are links are lists of links: they are compared as they are.
_LIST_OF_LINKS = 0.5
_MOST_TEMPLATES = 20

_PARTS = re.compile(r"\s*(?:[|·•∙‧‖¦]|\s[-–—/]\s|[()（）\[\]【】])\s*")
_WORD = re.compile(r"[^\W\d_]+")
_DIGITS = re.compile(r"\d+(?:[.,:]\d+)*")
_TITLE_COUNTER = re.compile(r"^[(\[（]\d{1,6}[)\]）]\s*|\s*[(\[（]\s*\d[\d.,]*\s*[)\]）]$")
_UNPARTED = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")


def _joined(words: Iterable[str]) -> str:
    return "|".join(sorted((word for word in words if _UNPARTED.match(word)), key=len, reverse=True))


# Words of Chinese, Japanese and Korean stand without spaces: "5分前に更新", "3분전".
_CHARACTERS = re.compile(f"(?:{_joined(COUNTERS | MOMENTS | FILLERS)})+")
_TELLING = re.compile(f"{_joined(COUNTERS | MOMENTS)}")


def title(text: str) -> str:
    """A title without the counters around it: "(3) Title", "Title (12 comments)"."""
    parts = [part for part in re.split(r"\s+(?:[|·•])\s+|(?=[(\[（])", text) if part and not is_listed(part)]
    return _TITLE_COUNTER.sub("", " ".join(" ".join(parts).split()))


def without(blocks: Sequence[Block], changing: Mapping[str, int], article_id: int) -> list[Block]:
    """The blocks less those that are noise, and those of which a part is noise without that part."""
    size = sum(len(each.tokens) for each in blocks)
    links = {index for index, each in enumerate(blocks) if _is_teaser(each)}
    if sum(len(blocks[index].tokens) for index in links) > _LIST_OF_LINKS * size:
        links = set()
    kept: list[Block] = []
    for index, each in enumerate(blocks):
        before = blocks[index - 1] if index else None
        if index not in links and not _is_learned(each, before, changing, article_id):
            kept += filter(None, [_without_parts(each)])
    return kept


def teasers(blocks: Sequence[Block]) -> int:
    """The number of blocks that are only a link, or a short label and a link."""
    return sum(map(_is_teaser, blocks))


def is_listed(text: str) -> bool:
    """Whether a line holds a number and nothing but the words of counters and times."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    words = _WORD.findall(folded)
    if not words or _DIGITS.search(folded) is None or len(words) > _LONGEST_LINE:
        return False
    if not all(word in FILLERS or word in COUNTERS or word in MOMENTS or _CHARACTERS.fullmatch(word) for word in words):
        return False
    return any(word in COUNTERS or word in MOMENTS or _is_telling(word) for word in words)


def changed(old: Sequence[Block], new: Sequence[Block], article_id: int) -> tuple[str, ...]:
    """Templates of the blocks that changed from one look to the next; `Matches.changing` counts them.

    ``~`` begins that of a short line whose numbers or links changed, ``=`` a block that came or went, and ``@`` the
    one line of the article that changed, by the line before it.
    """
    gone, come = _only(old, new), _only(new, old)
    templates = ({_template(each) for each in gone} & {_template(each) for each in come}) - {""}
    found = sorted(templates)
    # A sentence in the place of another one is an edit of it; one that came or went alone may be of the page.
    is_edited = any(each.is_sentence for each in gone) and any(each.is_sentence for each in come)
    alone = [each for each in (*gone, *come) if not (is_edited and each.is_sentence) and each.words <= _LONGEST_BLOCK]
    found += [f"={_cut(each.text)}" for each in alone if _template(each) not in templates]
    if len(gone) == len(come) == 1 and _is_line(gone[0]) and _is_line(come[0]):
        index = new.index(come[0])
        found.append(_slot(new[index - 1] if index else None, article_id))
    return tuple(dict.fromkeys(found))[:_MOST_TEMPLATES]


def _is_learned(each: Block, before: Block | None, changing: Mapping[str, int], article_id: int) -> bool:
    if not changing:
        return False
    if changing.get(f"={_cut(each.text)}", 0) >= (_LEARNED_PROSE if each.is_sentence else LEARNED):
        return True
    if not _is_line(each):
        return False
    return changing.get(_template(each), 0) >= LEARNED or changing.get(_slot(before, article_id), 0) >= _LOOKS


def _is_line(each: Block) -> bool:
    """Whether a block may be noise by what stands in it: it is short and no sentence."""
    return not each.is_sentence and not each.ends and each.words <= _LONGEST_LINE and not each.is_row


def _is_teaser(each: Block) -> bool:
    if not each.label:
        return True
    label = block(each.label)
    return each.linked >= _LINKED or (each.linked > 0 and not (label and (label.words > _LONGEST_LABEL or label.ends)))


def _without_parts(each: Block) -> Block | None:
    if each.is_row or _DIGITS.search(each.text) is None:
        return each
    if is_listed(each.text):
        return None
    parts = [part for part in _PARTS.split(each.text) if part]
    kept = [part for part in parts if not is_listed(part)]
    return each if len(kept) == len(parts) else block(" · ".join(kept))


def _is_telling(word: str) -> bool:
    return _TELLING.search(word) is not None


def _template(each: Block) -> str:
    """A short line with its numbers and links masked; empty for a block that is none, or that has neither."""
    if not _is_line(each):
        return ""
    text = f"{each.label} <a>" if each.linked else each.text
    masked = _DIGITS.sub("0", text)
    return f"~{_cut(masked)}" if masked != each.text else ""


def _slot(before: Block | None, article_id: int) -> str:
    return f"@{article_id} {_cut(before.text) if before else ''}"


def _cut(text: str) -> str:
    return text[:_LONGEST_TEMPLATE]


def _only(blocks: Sequence[Block], other: Sequence[Block]) -> list[Block]:
    there = {each.text for each in other}
    return [each for each in blocks if each.text not in there]
