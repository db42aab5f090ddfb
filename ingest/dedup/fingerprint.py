"""Hashes of texts and pages: equal for the same text at two URLs, or for the same page at two times."""

from __future__ import annotations

import re
import unicodedata
from itertools import islice

import xxhash

from ingest.article import cleaning

#: Shorter texts are not compared: stubs, captions and "subscribe to read on" are equal at many URLs.
MIN_WORDS = 25
MIN_CJK_LETTERS = 100

_WORD = re.compile(r"[^\W_]+")
# ASCII marks are removed by one call of `translate`; only other marks need a regular expression.
_ASCII_MARKS = bytes(code for code in range(0x80) if not chr(code).isalnum())
_OTHER_MARKS = re.compile(r"[^\w\x00-\x7f]+")
_CJK = re.compile(r"[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff]")


def text_hash(text: str) -> str:
    """XXH3 (128 bits, hex) over the letters and digits of a text, folded; "" for a text that is too short.

    Folding is NFKC and case folding; spaces, punctuation and symbols do not count, so that line breaks, kinds of
    quotation marks and full-width forms make no difference. Numbers do count: two days' weather reports differ.
    """
    folded = unicodedata.normalize("NFKC", text).casefold()
    letters = _bytes(folded).translate(None, _ASCII_MARKS).decode("utf-8", "surrogatepass")
    if not letters.isascii():
        letters = _OTHER_MARKS.sub("", letters)
    return _hash(letters) if _is_enough(folded, letters) else ""


def _is_enough(folded: str, letters: str) -> bool:
    """Spaces mean little in Korean and nothing in Chinese and Japanese: letters count there, words elsewhere."""
    # A CJK letter takes three bytes, so a text of mostly such letters has more than two bytes a letter.
    cjk = len(_CJK.findall(letters)) if len(_bytes(letters)) > 2 * len(letters) else 0
    if cjk * 2 > len(letters):
        return cjk >= MIN_CJK_LETTERS
    return sum(1 for _ in islice(_WORD.finditer(folded), MIN_WORDS)) == MIN_WORDS


def content_hash(title: str, text: str) -> str:
    """XXH3 (128 bits, hex) over a title and a text, for telling whether either was edited.

    Anything a reader could see counts; only the amount of white space and the composition of accents do not. What is
    not stored (`cleaning`) does not count either, so that the stored title and text have the hash of the page's.
    """
    parts = (cleaning.one_line(title, cleaning.TITLE), cleaning.prose(text))
    return _hash("\n".join(" ".join(unicodedata.normalize("NFC", part).split()) for part in parts))


def bytes_hash(*parts: bytes) -> str:
    """XXH3 (128 bits, hex) over a page as it was sent, or what else tells whether anything is new at one address.

    The hash is not cryptographic: a site that makes two pages of one hash only hides its own change.
    """
    return xxhash.xxh3_128_hexdigest(b"\0".join(parts))


def _hash(text: str) -> str:
    return bytes_hash(_bytes(text))


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")
