"""Words for SQLite's full-text index: text as it is indexed, queries as FTS5 expects them, snippets, word counts.

SQLite's unicode61 tokenizer splits at spaces and punctuation, which Chinese and Japanese do not put between words and
Korean puts only after particles. Here every run of their characters is indexed as overlapping bigrams and its last
character (小池百合子 → 小池 池百 百合 合子 子), and a query is rewritten into a phrase of bigrams.
"""

from __future__ import annotations

import re
import unicodedata

#: Kana, han and hangul with the marks that occur inside their words; the last two ranges are rare han.
_CJK = "々〆〇ぁ-ゖゝゞァ-ヺー-ヿㄱ-ㆎㇰ-ㇿ㐀-䶿一-鿿가-힣\uf900-\ufaff\U00020000-\U0002fa1f"
_RUN = re.compile(f"[{_CJK}]+")
_UNIT = re.compile(f"([{_CJK}]+)|([^\\W{_CJK}]+)")
#: Characters of scripts that do not separate their words: kana and han, with the marks inside their words.
UNPARTED = "々〆〇ぁ-ゖゝゞァ-ヺー-ヿㇰ-ㇿ㐀-䶿一-鿿\uf900-\ufaff\U00020000-\U0002fa1f"
_HAS_UNPARTED = re.compile(f"[{UNPARTED}]")
_COUNTED = re.compile(f"[{UNPARTED}]|[^\\W{UNPARTED}]+")
_ASKED = re.compile(r'"([^"]*)"?|([^\s"]+)')
_PHRASES = 32
_PHRASE_LENGTH = 64
_SNIPPET = 160


def index_words(text: str) -> str:
    """``text`` as it is indexed: in NFKC, each run of CJK characters as its bigrams and its last character."""
    if text.isascii():
        return text
    return _RUN.sub(lambda run: f" {_bigrams(run[0])} {run[0][-1]} ", unicodedata.normalize("NFKC", text))


def match_query(words: str) -> str:
    """What a person typed, as an FTS5 query that is always valid; "" if it has nothing to search for.

    All words must occur, in any order; ``"words in quotes"`` must be adjacent; ``begin*`` finds prefixes. Every other
    sign is ignored, and so is what exceeds 32 words, or 64 tokens in one of them.
    """
    asked = unicodedata.normalize("NFKC", words[:10_000])
    phrases = (_phrase(match[1] or match[2] or "") for match in _ASKED.finditer(asked))
    return " ".join([phrase for phrase in phrases if phrase][:_PHRASES])


def snippet(text: str, words: str, length: int = _SNIPPET) -> str:
    """About ``length`` characters of ``text``, on one line, around the first occurrence of one of ``words``."""
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
    """The number of words; in Chinese and Japanese, which do not separate them, that of characters."""
    if text.isascii() or not _HAS_UNPARTED.search(text):
        return len(text.split())
    return len(_COUNTED.findall(text))


def _bigrams(run: str) -> str:
    return " ".join(run[at : at + 2] for at in range(len(run) - 1))


def _phrase(asked: str) -> str:
    """One word or quoted phrase as an FTS5 string; a single CJK character matches as the prefix of any bigram."""
    units = list(_UNIT.finditer(asked))[:_PHRASE_LENGTH]
    if not units:
        return ""
    tokens = [_bigrams(unit[1]) + " " + unit[1][-1] if unit[1] else unit[2] for unit in units[:-1]]
    last = units[-1][1] or ""
    tokens.append(_bigrams(last[:_PHRASE_LENGTH]) or last or units[-1][2])
    open_end = len(last) == 1 or (not last and asked.endswith("*"))
    return f'"{" ".join(tokens)}"' + ("*" if open_end else "")


def _fold(text: str) -> str:
    """``text`` in lower case without diacritics, character for character, so that offsets stay the same."""
    if text.isascii():
        return text.lower()
    return "".join(
        unicodedata.normalize("NFKD", char)[0].lower()[:1] if char > "\x7f" else char.lower() for char in text
    )
