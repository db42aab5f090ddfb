"""Extracts the names of people from the text of a byline, and judges whether a text reads like a name."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from ingest.extraction.metadata.text import plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

# Set by hand; docs/constants.md, made by `python benchmarks/sensitivity.py CORPUS`, shows that none changes an answer.
_LONGEST_NAME = 60  # letters
_MOST_WORDS = 6
_FEW_WORDS = 4  # a line of more may be a sentence

_BY = (
    r"(?:(?:article|story|words?|text|texte?|written|posted|published|reviewed|reported|author|auteur|autor(?:in)?"
    r"|escrito|publicado|publié|rédigé|geschrieben|verfasst|skrevet|skriven|scritto|texto|foto?s?)\s?:?\s)?"
    r"(?:by|von|par|por|di|av|af|door|od|przez|ni|oleh|bởi|yazan|автор|от|द्वारा)"
)
_LABEL = re.compile(
    rf"^(?:{_BY}\b\s?:?|(?:authors?|auteurs?|autor(?:e|es|in|en|ka)?|written|words|text|texte?|texto|tekst|testo"
    r"|redaktion|reporter|journalist|skribent|forfatter|автор|글|글쓴이|작성자|기자|취재|文|取材・文|著者|執筆|筆者|作者|撰文"
    r"|(?:本报|本報|本刊)?(?:记者|記者)|بقلم|كتبت?|إعداد|लेखक|लेखिका)\s?[:：／＝・])\s*",
    re.IGNORECASE,
)
_EMAIL = re.compile(r"(?<![\w.+-])\(?[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){0,4}\)?")
_HANDLE = re.compile(r"(?<!\w)@\w{2,30}")
_URL = re.compile(r"(?:https?://|www\.)\S{0,500}", re.IGNORECASE)
_BRACKETS = re.compile(r"\([^()]{0,80}\)|\[[^\[\]]{0,80}\]|（[^（）]{0,80}）|【[^【】]{0,80}】")
_SEPARATORS = re.compile(
    r"""\s?(?:[;|/\n·•、，]|,(?!\s?(?:[Jj]r|[Ss]r|II|III)\b)|\s[–—-]\s|\s?&\s?
    |\s(?:and|And|AND|und|et|y|och|og|e|en|ja|și|и|i|with|mit|avec)\s)\s?""",
    re.VERBOSE,
)
_TAIL = re.compile(r"\s(?:in|on|for|at|am|um|-)$", re.IGNORECASE)
_KOREAN = re.compile(
    r"^(?:[가-힣A-Z]{2,12}\s?=\s?)?([가-힣]{2,4})\s?(?:[가-힣]{0,8}(?:기자|특파원|위원|앵커|PD|피디|에디터|작가|교수|통신원))(?:\s.{0,80})?$"
)
_CHINESE = re.compile(r"^(?:本报|本報|本刊)?(?:记者|記者)\s?([\u4e00-\u9fff]{2,4})(?:(?:\s?[／/]\s?|\s).{0,30})?$")
_KOREAN_TAIL = re.compile(r"\s?[가-힣]{0,6}(?:기자|특파원|논설위원|편집위원|앵커|에디터|인턴)$")
_JAPANESE_TAIL = re.compile(
    r"(?:\s|[・/／])?(?:本誌|編集部|専門|科学)?(?:記者|特派員|编辑|記者会|论説委員|論説委員|編集委員|支局長)$"
)
_CREDENTIAL = re.compile(
    r"^(?:m\.?d\.?|ph\.?\s?d\.?|d\.?o\.?|r\.?d\.?n?\.?|m\.?a\.?|m\.?s\.?c?\.?|b\.?s\.?c?\.?|b\.?a\.?|m\.?b\.?a\.?|m\.?p\.?h\.?"
    r"|r\.?n\.?|esq\.?|cpa|cfp|cfa|lcsw|psy\.?d\.?|j\.?d\.?|d\.?d\.?s\.?|d\.?v\.?m\.?|pharm\.?d\.?|facp|faap|ldn|cpt|cscs|cdces)$",
    re.IGNORECASE,
)
_JOB = re.compile(
    r"\b(?:editor|reporter|correspondent|writer|journalist|columnist|contributor|producer|photographer|director|manager"
    r"|officer|founder|professor|analyst|specialist|consultant|strategist|expert|blogger|author|intern|fellow|head of"
    r"|chief|bureau|desk|redakteur(?:in)?|korrespondent(?:in)?|reporterin|autorin|journalistin|journaliste|rédact\w{1,6}"
    r"|redactor\w?|periodista|corresponsal|giornalista|redattore|jornalista|repórter|redakcja|dziennikarz|reportér)\b",
    re.IGNORECASE,
)
_NO_NAME = re.compile(
    r"^(?:admin(?:istrator)?|administrador|author|editor|user|root|guest|null|none|undefined|unknown|anonymous|n/?a|投稿者|ライター|編集"
    r"|webmaster|web ?admin|site ?admin|(?:\S{1,40}\s)?developer|by|wordpress|blogger|home|about|contact|share|follow"
    r"|read more|updated?|published|posted|view profile|see bio|full bio|bio"
    r"|more by .*|all posts.*|view all.*|[\W\d_]*)$",
    re.IGNORECASE,
)
_DIGITS = re.compile(r"(?<!\w)\d{2,}|\d{5,}")
# Days and months; April, May, June and August are names as well, but not before a number.
_DAY = re.compile(
    r"^(?:\d|(?:mon|tue|wed|thu|fri|sat|sun)(?:[a-z]{0,4}day)?\b\W{0,3}(?:$|\d)"
    r"|(?:january|february|march|april|may|june|july|august|september|october|november|december)(?:$|\s\d))",
    re.IGNORECASE,
)


def people(bylines: Iterable[str]) -> tuple[str, ...]:
    """The names in ``bylines``, each once, in order; without "By", job titles, addresses, handles and bare "admin"."""
    found: dict[str, str] = {}
    for line in bylines:
        for name in _names_in_line(plain(line)):
            found.setdefault(name.casefold(), name)
    return tuple(found.values())


# Cached because one byline is found several times: in the metadata, by its class and by its link.
@lru_cache(maxsize=256)
def _names_in_line(line: str) -> tuple[str, ...]:
    line = _without_contacts(line)
    if signed := _KOREAN.match(line) or _CHINESE.match(line):
        return (signed[1],)
    return tuple(_split_names(line))


def _split_names(line: str) -> Iterator[str]:
    prose = len(line.split()) > _FEW_WORDS
    for number, piece in enumerate(_SEPARATORS.split(line)):
        name = _bare_name(piece)
        if prose and _is_prose(name):
            continue
        if name and not (number and (_JOB.search(name) or _CREDENTIAL.match(name))):
            yield name


def _is_prose(piece: str) -> bool:
    """Whether most words begin with a small letter, as in a sentence about somebody."""
    words = [word for word in piece.split() if word.lower() not in _PARTICLES]
    return len(words) > 1 and sum(word[0].islower() for word in words) * 2 > len(words)


def _without_contacts(line: str) -> str:
    line = _BRACKETS.sub(" ", line)
    if "@" in line:
        line = _HANDLE.sub(" ", _EMAIL.sub(" ", line))
    line = _URL.sub(" ", line)
    return " ".join(line.split())


def _bare_name(piece: str) -> str:
    before = None
    while before != piece:
        before = piece
        piece = _TAIL.sub("", _LABEL.sub("", piece.strip(" \t.:,;|–—-*•\"“”„»«'")))
    piece = _JAPANESE_TAIL.sub("", _KOREAN_TAIL.sub("", piece)).strip()
    if not piece or len(piece) > _LONGEST_NAME or len(piece.split()) > _MOST_WORDS:
        return ""
    return "" if _NO_NAME.match(piece) or _DIGITS.search(piece) or _DAY.match(piece) else piece


_LOWER_CASE = """
de da do dos das del della di du des la le van von der den ter ten zu zur zum af av bin ibn al el y e st ben abu
"""
_PARTICLES = frozenset(_LOWER_CASE.split())
# Includes the vowel signs of Indian scripts and of Thai, which are no letters to Python.
_NAME_WORD = re.compile(r"[^\W\d_][\w'’.\-‑\u0900-\u0dff\u0e31-\u0e4e]*")
_NEWSROOM = re.compile(
    r"\b(?:staff|team|editors?|redaktion|redaktionen|rédaction|redacción|redação|redazione|agency|agencies)\b",
    re.IGNORECASE,
)
_HANDLE_NAME = re.compile(r"[^\W\d_][\w.\-]{2,25}(?: [^\W\d_][\w.\-]{1,25})?")
_NO_PERSON = re.compile(
    r"\b(?:read|minutes?|share|updated|published|posted|comments?|views?|follow|subscribe|newsletter|copyright|photos?"
    r"|images?|getty|news|more (?:about|by|from|on|stories)|about|contact|menu|search|login|sign (?:in|up)|click|here"
    r"|today|yesterday|ago|listen|watch|video|print|save|e-?mail|team|blogs?|agenturen|agencies|text|posts?"
    r"|editorial guidelines|profile|facebook|twitter|linkedin|whatsapp|instagram|copy|jump|skip|content|home ?page)\b"
    r"|^(?:home|link|more|next|back)$|\d\s?(?:min|am|pm)\b",
    re.IGNORECASE,
)


def is_plausible(name: str) -> bool:
    """Whether ``name`` reads like the name of a person or a pen name: few words, most of them capitalised."""
    words = name.split()
    if not 1 <= len(words) <= 5 or _NO_PERSON.search(name) or _JOB.search(name):
        return False
    if not all(_NAME_WORD.fullmatch(word) for word in words):
        return False
    if _is_cjk(name):
        return 2 <= len(name.replace(" ", "")) <= 10
    proper = [word for word in words if word.lower() not in _PARTICLES]
    return bool(proper) and not any(word[0].islower() for word in proper)


def is_full(name: str) -> bool:
    """Whether ``name`` reads like a first and a last name."""
    return is_plausible(name) and (" " in name or _is_cjk(name))


def is_handle(name: str) -> bool:
    """Whether ``name`` may be an online name; only to be used where a label says that it is a name."""
    return bool(_HANDLE_NAME.fullmatch(name)) and not _NO_PERSON.search(name)


def is_credit(name: str) -> bool:
    """Whether ``name`` may follow a "by": a person, a handle, or a newsroom ("The Example Staff")."""
    words = name.split()
    return is_plausible(name) or is_handle(name) or (len(words) <= 5 and bool(_NEWSROOM.search(name)))


def _is_cjk(text: str) -> bool:
    return any("\u3040" <= letter <= "\u9fff" or "\uac00" <= letter <= "\ud7a3" for letter in text)
