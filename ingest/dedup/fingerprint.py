"""Short names for texts: equal for the same text at two addresses, or before and after an edit. Compares nothing."""

from __future__ import annotations

import re
import unicodedata

import xxhash

#: Below these a text is too short to be told from others: stubs, captions, "subscribe to read on".
MIN_WORDS = 25
MIN_CJK_LETTERS = 100

_LETTERS = re.compile(r"[^\W_]+")
_CJK = re.compile(r"[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff]")


def text_hash(text: str) -> str:
    """XXH3 (128 bits, hex) over the letters and digits of a text, folded; "" for a text too short to be told apart.

    Folding is NFKC and case folding; spaces, punctuation and symbols do not count, so that line breaks, kinds of
    quotation marks and full-width forms make no difference. Numbers do count: two days' weather reports differ.
    """
    folded = unicodedata.normalize("NFKC", text).casefold()
    words: list[str] = []
    for piece in folded.split():
        if piece.isalnum():
            words.append(piece)
        else:
            words += _LETTERS.findall(piece)
    letters = "".join(words)
    cjk = len(_CJK.findall(letters))
    # Spaces mean little in Korean and nothing in Chinese and Japanese: letters are counted there, words elsewhere.
    enough = cjk >= MIN_CJK_LETTERS if cjk * 2 > len(letters) else len(words) >= MIN_WORDS
    return _hash(letters) if enough else ""


def content_hash(title: str, text: str) -> str:
    """XXH3 (128 bits, hex) over a title and a text, for telling whether either was edited.

    Anything a reader could see counts; only the amount of white space and the composition of accents do not.
    """
    return _hash("\n".join(" ".join(unicodedata.normalize("NFC", part).split()) for part in (title, text)))


def _hash(text: str) -> str:
    return xxhash.xxh3_128_hexdigest(text.encode("utf-8", "surrogatepass"))
