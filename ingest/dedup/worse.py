"""Whether a reading is worse than the stored article, and why: the checks of `decide`, in the order they are asked.

Every figure was set on the tuning half of the labelled pairs (`benchmarks/edits.py`); docs/decisions/0024 has a table.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

from ingest.article import not_found, walls
from ingest.dedup.reading import BEGINNING, SHORT, Reading, is_prose

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ingest.dedup.actions import HeldBackReason
    from ingest.dedup.blocks import Block

#: A page shows its text all the same if this share of it is there.
_WHOLE = 0.8
#: Less than this share of the tokens is never an edit; less than that is none if nothing was written in their place.
_STUB = 0.35
_HALF = 0.55
#: So much of the end is missing where the beginning is all that is left; more may be if the page says it was edited.
_TAIL = 0.2
#: Tokens that are missing at least where a text breaks off.
_MISSING = 4
_TAIL_MODIFIED = 0.4
#: Words in new sentences, as a share of those gone, that show a text was shortened by an editor.
_REWRITTEN = 0.3
#: So many words in new sentences before the last known one are an entry of a live blog that drops its oldest ones.
_SENTENCE = 10
#: A note by which an editor says that a text was corrected, and so perhaps shortened.
_NOTE = re.compile(
    r"\b(?:correct(?:ion|ed)|clarification|editor.s note|korrektur|berichtigung|korrigiert|anm\. d\. red|rectificatif"
    r"|correctif|corrección|fe de errata|rectificación|correzione|rettifica|correção|errata|correctie|rectificatie"
    r"|sprostowanie|rättelse|исправлен|уточнение|düzeltme)|تصحيح|訂正|정정|바로잡|更正|订正"
)
#: A fall of quality that is no edit, and that where the site's own rule gave the body before.
_QUALITY = 0.2
_QUALITY_DEGRADED = 0.1
#: So many new lines that are no sentences come from the page around a text.
_FOREIGN_LINES = 3
#: An edit leaves this share of the text where another extractor reads it, or where it is a list now.
_FOUND_AGAIN = 0.6
#: So many new blocks that are only links are teasers, with so many words under each of them.
_TEASERS = 3
_BLURB = 20
#: A text that is there twice, with next to nothing new.
_TWICE = 1.7
_WHOLE_AGAIN = 0.97
#: What UTF-8 looks like where it was read as Latin-1, and what stands for bytes that could not be read.
_BROKEN = re.compile("\ufffd|[\u00c2\u00c3][\u0080-\u00bf]|\u00e2\u20ac")
_TELLING_FIELDS = ("title", "authors", "published")
_OTHER_FIELDS = ("section", "tags", "summary", "image")

Worse = tuple["HeldBackReason", str]


def why(reading: Reading) -> Worse | None:
    """Why a reading does not replace the stored article; None if it may."""
    article, stored = reading.article, reading.stored
    if not stored.text.strip():
        return None
    if walls.kind_of(stored.title, stored.text) and not walls.kind_of(article.title, article.text):
        # What was stored by a release that did not know walls is no text to keep.
        return _emptied(reading) or _error_page(reading)
    checks = _OF_ANY_PAGE if _is_reused(reading) else (*_OF_ANY_PAGE, *_OF_AN_EDIT)
    return next(filter(None, (check(reading) for check in checks)), None)


def _emptied(reading: Reading) -> Worse | None:
    return None if reading.article.text.strip() else ("emptied", "the page has no text any more")


def _wall(reading: Reading) -> Worse | None:
    article, stored = reading.article, reading.stored
    kind = walls.kind_of(article.title, article.text)
    if kind is None or reading.resemblance.old.share >= _WHOLE:
        return None
    lost = f"in place of {len(stored.text):,} characters of text"
    if kind == "error":
        return "error_page", f"the page says that an error occurred, {lost}"
    return "wall", f"the page asks for {walls.ASKS_FOR[kind]} {lost}"


def _error_page(reading: Reading) -> Worse | None:
    is_shown = reading.resemblance.old.share >= _WHOLE
    if is_shown or not not_found.is_error_page(reading.article.title, reading.article.text):
        return None
    return "error_page", "the page says that there is no such page, though with status 200"


def _paywall(reading: Reading) -> Worse | None:
    length, before = len(reading.article.text), len(reading.stored.text)
    apart = reading.resemblance.new.apart if reading.ratio < _HALF else ()
    asks = any(walls.kind_of_line(block.text) for _, block in apart)
    if asks or (reading.article.paywalled and length * 2 < before):
        return "wall", f"the page shows {length:,} of {before:,} characters to who has not paid or logged in"
    return None


def _unlike(reading: Reading) -> Worse | None:
    resemblance = reading.resemblance
    is_left = resemblance.old.share >= _FOUND_AGAIN
    if reading.article.page_type == "listing" and not is_left:
        return "unlike", "the page is a list of links now"
    share = f"{max(resemblance.old.share, resemblance.new.share):.0%} of the words are the same"
    if not reading.resembles:
        return "unlike", f"the page holds another text: {share}"
    fresh = [block for _, block in resemblance.new.apart]
    if not is_left and is_prose(resemblance.old.blocks) and fresh and not is_prose(fresh):
        return "unlike", f"the page is mostly short lines and links now: {share}"
    return None


def _cut(reading: Reading) -> Worse | None:
    article, old, new = reading.article, reading.resemblance.old, reading.resemblance.new
    if article.next_page and len(article.text) < len(reading.stored.text):
        return "cut", "a later page of the article is missing"
    missing = old.size - reading.reach
    if not reading.reach or new.last_shared < 0 or missing < _MISSING or (new.size - new.reach) * 2 > missing:
        return None
    last = new.blocks[new.last_shared]
    is_announcing = last.text.endswith((":", "：", ",", "、", "，"))
    if last.ends or not (is_announcing or _is_broken_off(last, old.blocks)):
        return None
    return "cut", f"the text breaks off after {reading.reach / old.size:.0%} of what it was"


def _shorter(reading: Reading) -> Worse | None:
    if _is_cleaned(reading):
        return None
    size = reading.resemblance.old.size
    message = f"the text has {len(reading.article.text):,} of {len(reading.stored.text):,} characters"
    if reading.ratio < _STUB and size >= SHORT:
        return "shorter", message
    if _is_shortened(reading):
        return None
    if reading.reach and 1 - reading.reach / size > (_TAIL_MODIFIED if reading.is_modified else _TAIL):
        return "shorter", f"{message}: its end is missing"
    if reading.ratio < _HALF and not reading.is_modified:
        return "shorter", message
    return None


def _fields(reading: Reading) -> Worse | None:
    lost, others = reading.lost(_TELLING_FIELDS), reading.lost(_OTHER_FIELDS)
    if lost or len(others) > 1:
        return "fields", f"the site's rule gave {', '.join(lost + others)}, and the page gives none"
    if not reading.is_degraded:
        return None
    origin, share = reading.article.origins.get("body", "none"), reading.resemblance.old.share
    if reading.begins_in_a_line:
        return "fields", f"the body comes from {origin}, and begins with words that are not of the text"
    if reading.foreign:
        return "fields", f"the body comes from {origin}, with {len(reading.foreign)} lines that are not of the text"
    if reading.fell >= _QUALITY_DEGRADED or reading.lines_gone > 1 or share < _FOUND_AGAIN or not reading.fresh:
        return "fields", f"the body comes from {origin}, with {share:.0%} of the text as it was"
    return None


def _title(reading: Reading) -> Worse | None:
    title = reading.article.title.strip()
    if reading.stored.title and (not title or title == reading.article.site_name):
        return "fields", f"the page has no title any more but {title!r}"
    return None


def _damaged(reading: Reading) -> Worse | None:
    broken, before = (len(_BROKEN.findall(text)) for text in (reading.article.text, reading.stored.text))
    if broken > before:
        return "quality", f"the text has {broken} characters that could not be decoded"
    return None


def _repeated(reading: Reading) -> Worse | None:
    new = reading.resemblance.new
    if reading.ratio >= _TWICE and new.share >= _WHOLE_AGAIN and reading.resemblance.old.size >= SHORT:
        return "quality", "the page has the text twice"
    return None


def _quality(reading: Reading) -> Worse | None:
    if reading.fell >= _QUALITY and reading.resemblance.old.share < BEGINNING:
        now, before = reading.article.quality, reading.stored.quality
        return "quality", f"the body was read with quality {now:.2f}, before {before:.2f}"
    return None


def _links(reading: Reading) -> Worse | None:
    if reading.is_upgraded or reading.teasers < _TEASERS or reading.fresh > reading.teasers * _BLURB:
        return None
    return "quality", f"the text has {reading.teasers} more links to other pages, and little else that is new"


def _foreign_lines(reading: Reading) -> Worse | None:
    old, new, foreign = reading.resemblance.old, reading.resemblance.new, reading.foreign
    if not foreign or reading.is_upgraded:
        return None
    message = f"the text has {len(foreign)} new lines that are no sentences: {foreign[0][1].text[:60]!r}"
    if not is_prose(old.blocks):
        # A list may get longer at one end.
        around = {index < new.first_shared for index, _ in foreign if not new.first_shared <= index <= new.last_shared}
        return ("quality", message) if len(around) > 1 and reading.fresh < 1 else None
    words = sum(block.words for _, block in foreign)
    at_edge = any(not new.first_shared < index < new.last_shared for index, _ in foreign)
    if (len(foreign) >= _FOREIGN_LINES and words >= reading.fresh) or (at_edge and reading.fresh < 1):
        return "quality", message
    return None


_Check = Callable[[Reading], Worse | None]
_OF_ANY_PAGE: tuple[_Check, ...] = (_emptied, _wall, _error_page)
_OF_AN_EDIT: tuple[_Check, ...] = (
    _paywall, _unlike, _cut, _shorter, _fields, _title, _damaged, _repeated, _quality, _links, _foreign_lines,
)  # fmt: skip


def _is_reused(reading: Reading) -> bool:
    """Whether the address holds a new article: published later, under another title, whole, and at its own address."""
    article, stored, new = reading.article, reading.stored, reading.resemblance.new
    if article.published is None or stored.published is None or article.published <= stored.published:
        return False
    if reading.has_same_title or article.paywalled or article.page_type == "listing" or reading.is_degraded:
        return False
    return reading.is_at_its_address and is_prose(new.blocks) and new.size >= 2 * SHORT and reading.fell < _QUALITY


def _is_shortened(reading: Reading) -> bool:
    """Whether an editor made the text shorter: something was written in place of what is gone, or says so."""
    if reading.fresh >= _REWRITTEN * reading.gone or (reading.ratio >= _HALF and reading.fresh_within >= _SENTENCE):
        return True
    return any(_NOTE.search(block.text.casefold()) for _, block in reading.resemblance.new.apart)


def _is_cleaned(reading: Reading) -> bool:
    """Whether the site's own rule gives now a part of what was found without it."""
    return reading.is_upgraded and reading.resemblance.new.share >= BEGINNING and reading.ratio >= _STUB


def _is_broken_off(block: Block, whole: Sequence[Block]) -> bool:
    """Whether a block is the beginning of one of these, up to within a word."""
    begin = block.tokens[:-1]
    return any(begin == each.tokens[: len(begin)] and len(each.tokens) > len(block.tokens) for each in whole)
