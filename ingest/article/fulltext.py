"""The words an article is found by: as the full-text index holds them, as a query asks for them. Searches nothing.

SQLite's unicode61 tokenizer parts words at spaces and punctuation, which Chinese and Japanese do not have and which
Korean sets after the particles. Here every run of their characters becomes overlapping pairs before it is indexed
(小池百合子 → 小池 池百 百合 合子 子), and a query is rewritten the same way into a phrase of pairs.
"""

from __future__ import annotations

import re
import unicodedata

#: Kana, han and hangul with the marks that stand inside their words; the last two ranges are rare han.
_CJK = "々〆〇ぁ-ゖゝゞァ-ヺー-ヿㄱ-ㆎㇰ-ㇿ㐀-䶿一-鿿가-힣\uf900-\ufaff\U00020000-\U0002fa1f"
_RUN = re.compile(f"[{_CJK}]+")
_UNIT = re.compile(f"([{_CJK}]+)|([^\\W{_CJK}]+)")
_UNPARTED = "々〆〇ぁ-ゖゝゞァ-ヺー-ヿㇰ-ㇿ㐀-䶿一-鿿\uf900-\ufaff\U00020000-\U0002fa1f"
_HAS_UNPARTED = re.compile(f"[{_UNPARTED}]")
_COUNTED = re.compile(f"[{_UNPARTED}]|[^\\W{_UNPARTED}]+")
_ASKED = re.compile(r'"([^"]*)"?|([^\s"]+)')
_PHRASES = 32
_PHRASE_LENGTH = 64
_SNIPPET = 160


def index_words(text: str) -> str:
    """``text`` as it goes into the index: characters in compatibility form, runs of CJK as pairs and their last one."""
    if text.isascii():
        return text
    return _RUN.sub(lambda run: f" {_bigrams(run[0])} {run[0][-1]} ", unicodedata.normalize("NFKC", text))


def match_query(words: str) -> str:
    """What a person typed, as an FTS5 query that is always valid; empty when nothing in it can be searched.

    All words must occur, in any order; ``"words in quotes"`` must stand together; ``begin*`` finds beginnings.
    Everything else is a word or ignored. What exceeds 32 words or 64 tokens in one of them is left out.
    """
    asked = unicodedata.normalize("NFKC", words[:10_000])
    phrases = (_phrase(match[1] or match[2] or "") for match in _ASKED.finditer(asked))
    return " ".join([phrase for phrase in phrases if phrase][:_PHRASES])


def snippet(text: str, words: str, length: int = _SNIPPET) -> str:
    """The first place of ``text`` where one of ``words`` stands, about ``length`` characters, on one line."""
    flat = " ".join(text[:200_000].split())
    folded = _fold(flat)
    asked = (_fold(match[1] or match[2] or "").strip("*") for match in _ASKED.finditer(words[:1_000]))
    offsets = [offset for word in asked if word.strip() and (offset := folded.find(word.strip())) >= 0]
    start = max(min(offsets, default=0) - length // 4, 0)
    if start:
        start = flat.find(" ", start, start + 20) + 1 or start
    end = start + length
    return ("…" if start else "") + flat[start:end].strip() + ("…" if end < len(flat) else "")


def word_count(text: str) -> int:
    """Words; in Chinese and Japanese, which do not part them, characters."""
    if text.isascii() or not _HAS_UNPARTED.search(text):
        return len(text.split())
    return len(_COUNTED.findall(text))


def _bigrams(run: str) -> str:
    return " ".join(run[at : at + 2] for at in range(len(run) - 1))


def _phrase(asked: str) -> str:
    """One word or quoted phrase as an FTS5 string. The last character of a CJK run may begin any pair: a prefix."""
    units = list(_UNIT.finditer(asked))[:_PHRASE_LENGTH]
    if not units:
        return ""
    tokens = [_bigrams(unit[1]) + " " + unit[1][-1] if unit[1] else unit[2] for unit in units[:-1]]
    last = units[-1][1] or ""
    tokens.append(_bigrams(last[:_PHRASE_LENGTH]) or last or units[-1][2])
    open_end = len(last) == 1 or (not last and asked.endswith("*"))
    return f'"{" ".join(tokens)}"' + ("*" if open_end else "")


def _fold(text: str) -> str:
    """Lower case without diacritics, character for character, so that places stay the same."""
    if text.isascii():
        return text.lower()
    return "".join(
        unicodedata.normalize("NFKD", char)[0].lower()[:1] if char > "\x7f" else char.lower() for char in text
    )
