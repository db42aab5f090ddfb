"""Parses a written date into an aware datetime; an ambiguous one gives None rather than a guess.

In this order: numeric and CJK forms, names of months in some forty languages, dateparser for other languages. ISO 8601
and RFC 822 are among the forms. A label in front ("입력", "Publié le", "Stand:") does no harm, because the first date
anywhere in the first 200 characters counts.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from ingest.extraction.lexicon.month_names import LANGUAGES, MONTHS, MONTHS_BY_LANGUAGE
from ingest.extraction.metadata.clock_times import parse_time, parse_zone

if TYPE_CHECKING:
    from collections.abc import Iterator

_LONGEST = 200
_EARLIEST_YEAR = 1990
# A wrong clock, ours or theirs, must not cost a date, but one that is years ahead is no publication date.
_AHEAD = timedelta(days=366)

_YEAR = r"(?:19|20)\d\d"
_WORD = r"([^\W\d_][^\s\d,:;()|/\-]{1,18}(?:\s(?:الثاني|الأول|الاول))?)"
_ORDINAL = r"(?:st|nd|rd|th|er|[oaη°ο]|-?го)?"

_YEAR_MONTH_DAY = re.compile(
    rf"(?<!\d)({_YEAR}|25\d\d)\s{{0,3}}(?:[-/.年년_])\s{{0,3}}(\d\d?)\s{{0,3}}[-/.月월_]\s{{0,3}}(\d\d?)(?!\d)"
)
_ERA = re.compile(r"(令和|平成)\s?(\d\d?|元)\s?年\s?(\d\d?)\s?月\s?(\d\d?)\s?日")
_NUMERIC = re.compile(rf"(?<![\d.])(\d\d?)\s?([-/.|])\s?(\d\d?)\s?\2\s?({_YEAR})(?!\d)")
_SHORT_YEAR = re.compile(r"(?<![\d./-])(\d\d?)([./])\s?(\d\d?)\2\s?(\d\d)(?![\d/-]|\.\d)")
_DAY_MONTH_YEAR = re.compile(
    rf"(?<!\d)(\d\d?){_ORDINAL}[.,]?\s{{0,3}}(?:(?:de|of)\s|d['’]\s?|[-/])?{_WORD}"
    rf"[-/\s.,]{{0,3}}(?:(?:de|del)\s)?['’]?({_YEAR}|25\d\d|\d\d(?=\s\d\d:\d\d))(?!\d)"
)
_MONTH_DAY_YEAR = re.compile(
    rf"{_WORD}\s{{0,3}}(?:the\s)?(\d\d?){_ORDINAL}[.,]?\s{{0,3}}(?:(?:de|del|of),?\s|,\s?)?"
    rf"(?:\d\d:\d\d:\d\d\s(?:(?:[a-z]{{2,5}}|[+-]\d{{4}})\s)?)?({_YEAR})(?!\d)"
)
_YEAR_NAME_DAY = re.compile(rf"(?<!\d)({_YEAR})[.,]?\s?(?:(?:m|gada|e)\.?\s)?{_WORD}\s{{0,3}}(\d\d?)(?!\d)")
_YEAR_DAY_NAME = re.compile(rf"(?<!\d)({_YEAR})\.\s?gada\s(\d\d?)\.\s{_WORD}")
_COMPACT = re.compile(rf"({_YEAR})(\d\d)(\d\d)(?:[t\s_-]?(\d\d):?(\d\d)(?::?(\d\d))?)?(z|[+-]\d\d:?\d\d)?")
_EPOCH = re.compile(r"1\d{9}(?:\d{3})?(?:\.\d+)?")

_ERA_START = {"令和": 2018, "平成": 1988}
_YEAR_FIRST = frozenset({"ko", "ja", "zh", "hu", "lt", "mn"})
_MONTH_FIRST = frozenset({"en-us", "en-ph", "es-us", "en-gu", "en-pr"})
_OWN_DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹०१२३४५६७८९๐๑๒๓๔๕๖๗๘๙", "0123456789" * 4)
_INVISIBLE = re.compile(r"[\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]")


@dataclass(frozen=True, slots=True)
class _Day:
    """A calendar day, and the offsets of its text."""

    year: int
    month: int
    day: int
    start: int
    end: int


def parse(raw: str, *, time_zone: str = "UTC", language: str = "", now: datetime | None = None) -> datetime | None:
    """The first date of ``raw``, aware, with its written offset, else in ``time_zone`` (IANA name); or None.

    Only ``language`` ("en-US", "de" …) decides what 03/05/2024 is; without it such a date is None. So are dates without
    a year or a day, dates before 1990, and dates more than a year after ``now`` (default: the clock).
    """
    text = _normalized(raw)
    if not any(character.isdigit() for character in text):
        return None
    language = language.replace("_", "-").lower()
    found = _entire_text(text, time_zone)
    if found is None:
        day = _first_day(text, language, time_zone)
        found = _at_time(day, text, time_zone, language) if day else _by_dateparser(raw, text, time_zone, language)
    if found is None or found.year < _EARLIEST_YEAR or found > (now or datetime.now(UTC)) + _AHEAD:
        return None
    return found


def _normalized(raw: str) -> str:
    if raw.isascii():
        return " ".join(raw[:_LONGEST].lower().split())
    text = _INVISIBLE.sub("", unicodedata.normalize("NFKC", raw[:_LONGEST]))
    return " ".join(text.translate(_OWN_DIGITS).lower().replace("−", "-").split())


def _entire_text(text: str, time_zone: str) -> datetime | None:
    """Forms that must be the entire text: 20240707, 20240707T120053Z, ISO 8601, seconds since 1970."""
    if _EPOCH.fullmatch(text):
        seconds = float(text) / (1000 if len(text.partition(".")[0]) == 13 else 1)
        return datetime.fromtimestamp(seconds, UTC)
    if text[4:5] == "-" and text[10:11] in {"t", " "}:
        try:
            moment = datetime.fromisoformat(text.upper()).replace(microsecond=0)
        except ValueError:
            return None
        return moment if moment.tzinfo else moment.replace(tzinfo=ZoneInfo(time_zone))
    found = _COMPACT.fullmatch(text)
    if not found:
        return None
    zone = parse_zone(found[7] or "") or ZoneInfo(time_zone)
    try:
        return datetime(*(int(part or 0) for part in found.groups()[:6]), tzinfo=zone)  # type: ignore[arg-type,misc]
    except ValueError:
        return None


def _first_day(text: str, language: str, time_zone: str) -> _Day | None:
    days = [*_numeric_days(text, language, time_zone), *_named_days(text, language)]
    return min(days, key=lambda day: day.start, default=None)


def _numeric_days(text: str, language: str, time_zone: str) -> Iterator[_Day]:
    for found in _YEAR_MONTH_DAY.finditer(text):
        yield from _valid_day(found, found[1], int(found[2]), found[3])
    for found in _ERA.finditer(text) if "年" in text else ():
        year = _ERA_START[found[1]] + (1 if found[2] == "元" else int(found[2]))
        yield from _valid_day(found, str(year), int(found[3]), found[4])
    for found in _NUMERIC.finditer(text):
        first, last = int(found[1]), int(found[3])
        if _day_first(first, last, found[2], language, time_zone):
            yield from _valid_day(found, found[4], last, found[1])
        elif _month_first(first, last, language, time_zone):
            yield from _valid_day(found, found[4], first, found[3])
    for found in _SHORT_YEAR.finditer(text) if "." in text or "/" in text else ():
        main = language.partition("-")[0]
        if main in _YEAR_FIRST and len(found[1]) == 2:
            yield from _valid_day(found, "20" + found[1], int(found[3]), found[4])
        elif main and found[2] == "." and main != "en":
            yield from _valid_day(found, "20" + found[4], int(found[3]), found[1])


def _day_first(first: int, last: int, separator: str, language: str, time_zone: str) -> bool:
    if first > 12 or first == last:
        return True
    if last > 12:
        return False
    if separator in ".|":
        return True
    main = language.partition("-")[0]
    if main == "en":
        return "-" in language and not _month_first(first, last, language, time_zone)
    return bool(main) and language not in _MONTH_FIRST


def _month_first(first: int, last: int, language: str, time_zone: str) -> bool:
    american = language in _MONTH_FIRST or (language == "en" and time_zone.startswith(("America/", "US/")))
    return first <= 12 and (last > 12 or american)


def _named_days(text: str, language: str) -> Iterator[_Day]:
    own = MONTHS_BY_LANGUAGE.get(language.partition("-")[0], {})

    def month(word: str) -> int:
        word = word.strip(" .")
        return own.get(word) or MONTHS.get(word) or 0

    for found in _DAY_MONTH_YEAR.finditer(text):
        yield from _valid_day(found, found[3], month(found[2]), found[1])
    for found in _MONTH_DAY_YEAR.finditer(text):
        yield from _valid_day(found, found[3], month(found[1]), found[2])
    for found in _YEAR_NAME_DAY.finditer(text):
        yield from _valid_day(found, found[1], month(found[2]), found[3])
    for found in _YEAR_DAY_NAME.finditer(text) if "gada" in text else ():
        yield from _valid_day(found, found[1], month(found[3]), found[2])


def _valid_day(found: re.Match[str], year: str, month: int, day: str) -> Iterator[_Day]:
    """The day if it exists. 25xx is a year of the Thai calendar; two digits are a year of this century."""
    number = int(year) if len(year) > 2 else 2000 + int(year)
    if number >= 2400:
        number -= 543
    try:
        datetime(number, month, int(day), tzinfo=UTC)
    except ValueError:
        return
    yield _Day(number, month, int(day), found.start(), found.end())


def _at_time(day: _Day, text: str, time_zone: str, language: str) -> datetime:
    """``day`` with the time after it, or right before it, or, as C and Unix print it, before its year."""
    inside = text[day.start : day.end]
    time = parse_time(inside, language) if ":" in inside else None
    time = time or parse_time(text[day.end : day.end + 50], language) or parse_time(text[: day.start][-24:], language)
    zone = time.zone if time and time.zone else ZoneInfo(time_zone)
    if time is None:
        return datetime(day.year, day.month, day.day, tzinfo=zone)
    return datetime(day.year, day.month, day.day, time.hour, time.minute, time.second, tzinfo=zone)


def _by_dateparser(raw: str, text: str, time_zone: str, language: str) -> datetime | None:
    """By dateparser: only for a stated language whose months are not listed, and for what looks like a full date."""
    main = language.partition("-")[0]
    known = not main or main in LANGUAGES or main in _YEAR_FIRST
    if known or len(text) > 60 or not re.search(r"(?<!\d)\d{4}(?!\d)", text) or not re.search(r"[^\W\d_]", text):
        return None
    import dateparser  # noqa: PLC0415 — its first use takes 0.1 s and 16 MB, and hardly any date needs it

    settings = {
        "REQUIRE_PARTS": ["day", "month", "year"],
        "PARSERS": ["absolute-time"],
        "RETURN_AS_TIMEZONE_AWARE": True,
        "TIMEZONE": time_zone,
    }
    try:
        found: datetime | None = dateparser.parse(raw.strip(), languages=[main], settings=settings)
    except ValueError:  # a language that it does not know
        return None
    return found
