"""Recognises a wall: a page that asks for consent, a login, a subscription … in place of its article. Pure.

It judges by title and text alone, and in doubt for the article: most of a short text has to be what walls say. Articles
*about* cookies, logins and paywalls quote such sentences, but do not consist of them.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from ingest.article import fulltext
from ingest.article.wall_phrases import PHRASES, TITLES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ingest.article.wall_phrases import WallKind

# The figures are from docs/decisions/0024.
#: No text of more words (characters of Chinese and Japanese count as words) is a wall.
_LONGEST = 260
#: Share of the letters that stand in sentences of a wall, and that share under a title that only walls have.
_MOSTLY = 0.5
_UNDER_A_TITLE = 0.25
#: A text of one or two sentences may be said by an article too; it is a wall if nearly all of it is.
_NEARLY_ALL = 0.8
_FEW_SENTENCES = 2
#: Under a title that only walls have, so few words are no text.
_NO_TEXT = 6

#: What each kind of wall asks for, for messages.
ASKS_FOR: Mapping[WallKind, str] = {
    "consent": "consent",
    "login": "a login",
    "bot_check": "a proof that no program reads it",
    "region": "a reader in another country",
    "subscription": "a subscription",
    "age": "the reader's age",
}

_SENTENCE = re.compile(r"[^.!?。！？؟।\n]+[.!?。！？؟।]*['\"”’»)\]」』]*|\n")
_QUOTED = re.compile(r"[\"“„«「『][^\"“”„»」』\n]{3,200}[\"”“»」』]")
_SITE_NAME = re.compile(r"\s+[-–—|·:»]\s+.{1,60}$|[｜|].{1,40}$")


def kind_of(title: str, text: str) -> WallKind | None:
    """Which kind of wall a page is; None for an article."""
    words = fulltext.word_count(text)
    if words > _LONGEST:
        return None
    by_title = _kind_of_title(title)
    if by_title and words <= _NO_TEXT:
        return by_title
    kinds = [(kind_of_line(sentence), len(sentence)) for sentence in _sentences(text)]
    said = sum(length for kind, length in kinds if kind)
    needed = _UNDER_A_TITLE if by_title else _MOSTLY if len(kinds) > _FEW_SENTENCES else _NEARLY_ALL
    if not said or said < needed * sum(length for _, length in kinds):
        return None
    return by_title or max(PHRASES, key=lambda kind: sum(length for found, length in kinds if found == kind))


def kind_of_line(line: str) -> WallKind | None:
    """Which kind of wall says such a sentence, outside quotation marks; None if none does."""
    folded = unicodedata.normalize("NFKC", line).casefold().replace("’", "'")
    unquoted = _QUOTED.sub(" ", folded)
    return next((kind for kind, phrases in PHRASES.items() if phrases.search(unquoted)), None)


def _kind_of_title(title: str) -> WallKind | None:
    """Which kind of wall alone has such a title, with or without the name of its site."""
    folded = unicodedata.normalize("NFKC", title).casefold().replace("’", "'").strip()
    forms = {each.strip(" .…!") for each in (folded, _SITE_NAME.sub("", folded))}
    return next((kind for kind, titles in TITLES.items() if any(map(titles.fullmatch, forms))), None)


def _sentences(text: str) -> list[str]:
    return [found for sentence in _SENTENCE.findall(text) if (found := sentence.strip())]
