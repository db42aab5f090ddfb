"""Detects the language of a text (ISO 639-1), given what the page declares: by script, letters and frequent words."""

from __future__ import annotations

import re
from collections import Counter

from ingest.extraction.lexicon.stop_words import STOP_WORDS

# Set by hand, and held by tests/extraction/metadata/test_language.py; no script fits them.
_LETTERS = 1000  # characters in which the script is looked for
_WORDS_FROM = 3000  # characters in which words are counted
_FEWEST_HITS = 3  # frequent words without which a language is not named
_OVERRULING_HITS = 20  # frequent words of another language that overrule a declaration …
_OVERRULING_SHARE = 4  # … if they are more than so many times those of the declared one

_CODES = """
af am ar as ast az be bg bn bo br bs ca ceb cs cy da de el en eo es et eu fa fi fo fr fy ga gd gl gu ha he hi hr
ht hu hy id ig is it ja jv ka kk km kn ko ku ky la lb lo lt lv mg mi mk ml mn mr ms mt my nb ne nl nn no ny oc
om or pa pl ps pt qu rm ro ru rw sd si sk sl sm sn so sq sr ss st su sv sw ta te tg th ti tk tl tn tr ts tt ug
uk ur uz ve vi xh yi yo zh zu
"""
#: The codes that are accepted as a declaration.
KNOWN = frozenset(_CODES.split())
_OLD_CODES = {
    "iw": "he",
    "in": "id",
    "ji": "yi",
    "kr": "ko",
    "jp": "ja",
    "cn": "zh",
    "gr": "el",
    "cz": "cs",
    "no": "nb",
}
_NAMES = {
    "english": "en", "deutsch": "de", "german": "de", "français": "fr", "french": "fr", "español": "es",
    "spanish": "es", "italiano": "it", "italian": "it", "português": "pt", "portuguese": "pt", "한국어": "ko",
    "korean": "ko", "日本語": "ja", "japanese": "ja", "中文": "zh", "chinese": "zh", "русский": "ru", "russian": "ru",
    "العربية": "ar", "arabic": "ar", "nederlands": "nl", "dutch": "nl", "polski": "pl", "svenska": "sv", "dansk": "da",
}  # fmt: skip

# Scripts that are those of one language, or nearly so: (first letter, last letter, language).
_SCRIPTS = (
    ("\u3040", "\u30ff", "ja"), ("\u4e00", "\u9fff", "zh"), ("\uac00", "\ud7a3", "ko"), ("\u0400", "\u04ff", "ru"),
    ("\u0600", "\u06ff", "ar"), ("\u0590", "\u05ff", "he"), ("\u0370", "\u03ff", "el"), ("\u0900", "\u097f", "hi"),
    ("\u0e00", "\u0e7f", "th"), ("\u0980", "\u09ff", "bn"), ("\u0a80", "\u0aff", "gu"), ("\u0a00", "\u0a7f", "pa"),
    ("\u0b80", "\u0bff", "ta"), ("\u0c00", "\u0c7f", "te"), ("\u0c80", "\u0cff", "kn"), ("\u0d00", "\u0d7f", "ml"),
    ("\u0d80", "\u0dff", "si"), ("\u0e80", "\u0eff", "lo"), ("\u1000", "\u109f", "my"), ("\u10a0", "\u10ff", "ka"),
    ("\u0530", "\u058f", "hy"), ("\u1780", "\u17ff", "km"), ("\u1200", "\u137f", "am"),
)  # fmt: skip
# Covers all of `_SCRIPTS`; most texts have no such letter, and their letters are not counted.
_OTHER_SCRIPT = re.compile("[\u0370-\u1fff\u3040-\ud7a3]")
_CYRILLIC = {"uk": "іїєґ", "be": "ў", "sr": "ђћџјљњ", "mk": "ѓќѕ", "kk": "қңғүұәө", "bg": ""}
_ARABIC = {"fa": "پچژگ", "ur": "ٹڈڑےں"}
# Words in lower case, as the complement of all other characters, ASCII first: quicker than a class of letters.
_WORDS = re.compile(r"[^\x00-`{-\x7f\W\d]+")
# The same for ASCII text, by `str.translate`; and the signs beyond ASCII that English text has between its words.
_TO_SPACES = {code: " " for code in range(128) if not chr(code).islower()}
_TYPOGRAPHY = "’‘“”–—…\xa0"
_LATIN = STOP_WORDS.keys() - {"ru", "bg", "az"}
_NEVER_LATIN = frozenset(language for _, _, language in _SCRIPTS)


def declared(value: str) -> str:
    """ "en-US", "en_GB", "deutsch" or "kr" → "en", "de", "ko"; "" for what names no language."""
    value = value.strip().lower()
    code = re.split(r"[-_,;\s]", value, maxsplit=1)[0]
    code = _NAMES.get(value) or _OLD_CODES.get(code, code)
    return code if code in KNOWN else ""


def detect(text: str, declared_as: str = "") -> str:
    """ISO 639-1 code of ``text``, or "" if it cannot be determined.

    ``declared_as`` is accepted unless the script contradicts it (a template's "en" on a Korean page) or nearly all
    frequent words do. Without a declaration the script decides, then the most frequent words of some forty languages.
    There is no statistical model, and so none is held in memory.
    """
    claim = declared(declared_as)
    script = _by_script(text[:_LETTERS])
    if claim and (script or claim not in _LATIN | _NEVER_LATIN):
        return script if script and claim in _LATIN else claim
    if script:
        return script
    frequent = _frequent(text[:_WORDS_FROM])
    if claim and _is_confirmed(frequent, claim):
        return claim
    hits = _hits_by_language(frequent)
    best, count = max(hits.items(), key=lambda pair: pair[1], default=("", 0))
    if claim:
        return best if count >= _OVERRULING_HITS and count > _OVERRULING_SHARE * hits.get(claim, 0) else claim
    return best if count >= _FEWEST_HITS else ""


def _frequent(sample: str) -> list[str]:
    """The words of the sample that are among the most frequent ones of some language."""
    sample = sample.lower()
    if not sample.isascii():
        for sign in _TYPOGRAPHY:
            sample = sample.replace(sign, " ")
    words = sample.translate(_TO_SPACES).split() if sample.isascii() else _WORDS.findall(sample)
    return list(filter(_LANGUAGES_OF.__contains__, words))


def _is_confirmed(frequent: list[str], claim: str) -> bool:
    """Whether ``claim`` holds even if every word that is frequent in any language belonged to one other language."""
    own = STOP_WORDS.get(claim, frozenset())
    return len(frequent) <= _OVERRULING_SHARE * sum(map(own.__contains__, frequent))


def _by_script(sample: str) -> str:
    if sample.isascii() or not _OTHER_SCRIPT.search(sample):
        return ""
    letters: Counter[str] = Counter()
    for letter, number in Counter(sample).items():
        if letter.isalpha():
            letters[_script_of(letter)] += number
    total = letters.total()
    if not total or letters["latin"] > 0.5 * total:
        return ""
    if letters["ja"] > 0.05 * total:
        return "ja"
    language, count = max(((name, n) for name, n in letters.items() if name != "latin"), key=lambda pair: pair[1])
    if count < 0.3 * total:
        return ""
    return _by_letters(sample, language)


def _script_of(letter: str) -> str:
    if letter < "\u0370":
        return "latin"
    return next((language for first, last, language in _SCRIPTS if first <= letter <= last), "latin")


def _by_letters(sample: str, script: str) -> str:
    """The language of a text in the script of ``script``, by letters that only some of its languages have."""
    if script == "ru":
        counts = {language: sum(sample.count(c) for c in letters) for language, letters in _CYRILLIC.items()}
        russian = sum(sample.count(c) for c in "ыэ")
        language, count = max(counts.items(), key=lambda pair: pair[1])
        if count > russian:
            return language
        hits = _hits_by_language(_frequent(sample))
        return "ru" if russian or hits["ru"] >= hits["bg"] else "bg"
    if script == "ar":
        counts = {language: sum(sample.count(c) for c in letters) for language, letters in _ARABIC.items()}
        language, count = max(counts.items(), key=lambda pair: pair[1])
        return language if count > 0.01 * len(sample) else "ar"
    return script


def _hits_by_language(frequent: list[str]) -> Counter[str]:
    """Language → how many of the words are among its most frequent ones."""
    hits: Counter[str] = Counter()
    for word, number in Counter(frequent).items():
        for language in _LANGUAGES_OF[word]:
            hits[language] += number
    return hits


def _by_word() -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for language, words in STOP_WORDS.items():
        for word in words:
            found.setdefault(word, []).append(language)
    return found


_LANGUAGES_OF = _by_word()
