"""The lines of a body as a reader sees them, and which of them are no part of it: by a rule, and as closing lines."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from selectolax.lexbor import LexborNode

# fmt: off
_INLINE = frozenset((
    "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font", "i",
    "ins", "kbd", "label", "mark", "q", "rb", "rp", "rt", "ruby", "s", "samp", "small", "span", "strike", "strong",
    "sub", "sup", "time", "tt", "u", "var", "wbr"
))
# fmt: on
# Including the readings (ruby) printed beside Japanese and Chinese characters.
_SILENT = frozenset(("-comment", "script", "style", "template", "noscript", "rt", "rp"))

_LONGEST_CLOSING = 200  # letters; as the patterns below, set by hand on Korean and Japanese pages
_KOREAN_OR_JAPANESE = re.compile("[\u3040-\u30ff\uac00-\ud7a3]")
_KOREAN_TITLES = "기자|특파원|논설위원|전문기자|선임기자|객원기자|인턴기자|편집위원|위원|통신원|리포터"
_KOREAN_NAMES = r"(?P<names>[가-힣]{2,5}(?:\s?[·,]\s?[가-힣]{2,5}){0,5})"
# As in "도쿄=김하늘 특파원 sky@example.com" and in "김하늘·이바다 기자 sky@example.com", with or without the title.
_KOREAN_BYLINE = re.compile(
    r"(?:[/◇■▶(\[]\s?)?(?:[가-힣]{1,8}\s?[=|]\s?|[A-Z]{2,6}\s)?"
    rf"{_KOREAN_NAMES}(?:\s?[가-힣]{{0,8}}(?:{_KOREAN_TITLES}))?\s?[(\[]?"
    r"(?:[\w.+-]{1,64}@[\w.-]{1,253}|\[email\s?protected\])[)\]]?"
)
_SIGNATURE = re.compile(
    rf"[가-힣]{{1,8}}\s?=\s?{_KOREAN_NAMES}\s?[가-힣]{{0,8}}(?:{_KOREAN_TITLES})"
    rf"|[\[(【](?:[가-힣]{{1,8}}\s?=\s?)?(?P<bracketed>[가-힣]{{2,5}})\s?[가-힣]{{0,8}}(?:{_KOREAN_TITLES})[\])】]"
)
_EMAIL = re.compile(r"[\w.+-]{1,64}@[\w.-]{1,253}|\[email\s?protected\]")
# Only notices, not sentences about them: "ⓒ 새벽일보, 무단 전재 및 재배포 금지", "無断転載を禁じます".
_RIGHTS = re.compile(
    r"[\[<〈‹(※\s]{0,5}(?:ⓒ|©|Copyright|저작권자).{0,150}(?:무단|금지|all rights reserved).{0,100}"
    r"|[\[<〈‹(※\s]{0,5}무단\s?(?:전재|복제|배포).{0,100}"
    r"|.{0,60}無断(?:転載|複製|使用|で).{0,40}(?:禁じます|禁止します|お断りします|禁ず).{0,20}",
    re.IGNORECASE,
)
# What readers are asked to click under Korean articles, with or without the count.
_REACTION = re.compile(
    r"(?:좋아요|추천해요|응원해요|훈훈해요|감동이에요|슬퍼요|화나요|싫어요|후속기사 원해요)(?:\s?[\d,]{1,9}\s?개?)?"
    r"|[\d,]{1,9}\s?개"
)

_CLOSINGS = (_EMAIL, _KOREAN_BYLINE, _SIGNATURE, _RIGHTS, _REACTION)


@dataclass(frozen=True, slots=True)
class BodyLine:
    """The text between two line breaks, white space folded, and the ``mem_id`` of the leaves that it is made of."""

    text: str
    ids: tuple[int, ...]


def lines(nodes: Iterable[LexborNode], skip: Collection[int] = ()) -> list[BodyLine]:
    """The lines below ``nodes`` in reading order; blocks and ``<br>`` end them. One of images only has no text."""
    found: list[BodyLine] = []
    leaves: list[LexborNode] = []
    for leaf in _leaves(nodes, skip):
        if leaf is not None:
            leaves.append(leaf)
        elif leaves:
            text = "".join(each.text_content or "" for each in leaves)
            found.append(BodyLine(" ".join(text.split()), tuple(each.mem_id for each in leaves)))
            leaves.clear()
    return found


def _leaves(nodes: Iterable[LexborNode], skip: Collection[int]) -> Iterator[LexborNode | None]:
    """Nodes without children in reading order, and None where a line ends. Not recursive: pages nest deep."""
    stack: list[LexborNode | None] = [None]
    stack.extend(reversed(list(nodes)))
    while stack:
        node = stack.pop()
        if node is None or node.tag == "br":
            yield None
            continue
        tag = node.tag or ""
        if tag in _SILENT or node.mem_id in skip:
            continue
        if tag != "-text" and tag not in _INLINE:
            yield None
            stack.append(None)
        children = [] if tag == "-text" else list(node.iter(include_text=True))
        if not children:
            yield node
        stack.extend(reversed(children))


def dropped(
    found: Sequence[BodyLine], *, drop_text: tuple[str, ...] = (), cut_at: tuple[str, ...] = ()
) -> dict[BodyLine, str]:
    """The lines that a rule's literal strings take out, each with the field and string that did.

    These are all from the first line on that begins with one of ``cut_at``, and those before it that begin with one of
    ``drop_text``.
    """
    end = next((index for index, line in enumerate(found) if cut_at and line.text.startswith(cut_at)), len(found))
    gone = {line: f"drop_text {_beginning(line, drop_text)}" for line in found[:end] if line.text.startswith(drop_text)}
    if end < len(found):
        gone |= dict.fromkeys(found[end:], f"cut_at {_beginning(found[end], cut_at)}")
    return gone


def _beginning(line: BodyLine, strings: tuple[str, ...]) -> str:
    return next(string for string in strings if line.text.startswith(string))


def is_korean_or_japanese(text: str) -> bool:
    return _KOREAN_OR_JAPANESE.search(text) is not None


def closing(found: Sequence[BodyLine]) -> list[BodyLine]:
    """Signature, rights notice and reactions at the very end, last one first; lines without text are skipped.

    Only in Korean and Japanese texts: elsewhere, a mail address at the end may be the point of the text.
    """
    closed: list[BodyLine] = []
    if not any(is_korean_or_japanese(line.text) for line in found):
        return closed
    for line in reversed(found):
        if not line.text:
            continue
        if not closes(line.text):
            break
        closed.append(line)
    return closed


def signed(closed: Sequence[BodyLine]) -> tuple[str, ...]:
    """The names in the Korean signature among the closing lines, as in ("김하늘", "이바다"); () if there is none."""
    for line in closed:
        match = _KOREAN_BYLINE.fullmatch(line.text) or _SIGNATURE.fullmatch(line.text)
        if match:
            names: str = match.groupdict().get("bracketed") or match["names"]
            return tuple(name.strip() for name in re.split(r"[·,]", names))
    return ()


def closes(text: str) -> bool:
    """Whether a line is a signature, a rights notice or a reaction, as they stand under Korean and Japanese texts."""
    if len(text) > _LONGEST_CLOSING:
        return False
    return any(pattern.fullmatch(text) for pattern in _CLOSINGS)
