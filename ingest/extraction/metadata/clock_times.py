"""Parses a time of day, and its time zone, as written beside a date."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo

_BEFORE_NOON = r"오전|午前|上午|凌晨|早上|ص\b"
_AFTER_NOON = r"오후|午後|下午|晚上|م\b"
_AM_PM = r"[ap]\.?\s?m\b\.?"
_HALF = rf"(?P<early>{_BEFORE_NOON})|(?P<late>{_AFTER_NOON})"

_TIMES = (
    # 14:05, 14:05:09.123, 2:18 PM, 오후 2:18
    re.compile(
        rf"(?:(?:{_HALF})\s?)?(?<![\d.])(?P<hour>\d\d?)\s?:\s?(?P<minute>\d\d)(?::(?P<second>\d\d)(?:[.,]\d{{1,9}})?)?"
        rf"(?!\d)\s?(?P<half>{_AM_PM})?"
    ),
    # 14時5分, 오후 2시 18분 30초
    re.compile(
        rf"(?:(?:{_HALF})\s?)?(?P<hour>\d\d?)\s?[時时點点시]\s?(?:(?P<minute>\d\d?)\s?[分분]?)?"
        rf"\s?(?:(?P<second>\d\d?)\s?[秒초])?"
    ),
    # 14h30, 14 h
    re.compile(r"(?<!\d)(?P<hour>\d\d?)\s?h(?:\s?(?P<minute>\d\d))?(?!\w)"),
    # 5 PM, 5.04 pm, 14.05 Uhr
    re.compile(rf"(?<![\d.])(?P<hour>\d\d?)(?:[.:](?P<minute>\d\d))?\s?(?:(?P<half>{_AM_PM})|uhr\b)"),
    # kl. 14.05
    re.compile(r"\b(?:kl|klo|ore|ore|sat|at|um|ob|о|в)\.?\s(?P<hour>\d\d?)[.:](?P<minute>\d\d)(?!\d)"),
)
_ZONE = re.compile(r"\s?\(?(?:(?:utc|gmt)\s?)?(?P<offset>[+-]\d{1,2}(?::?\d\d)?)(?!\d)|\s?\(?(?P<name>[a-z]{1,4})\b")

# Abbreviations that mean one zone only in news; IST, for one, means three.
_NAMED_ZONES: dict[str, str] = {
    "et": "America/New_York", "est": "America/New_York", "edt": "America/New_York",
    "ct": "America/Chicago", "cdt": "America/Chicago",
    "mt": "America/Denver", "mst": "America/Denver", "mdt": "America/Denver",
    "pt": "America/Los_Angeles", "pst": "America/Los_Angeles", "pdt": "America/Los_Angeles",
    "bst": "Europe/London", "wet": "Europe/Lisbon", "west": "Europe/Lisbon",
    "cet": "Europe/Berlin", "cest": "Europe/Berlin", "mez": "Europe/Berlin", "mesz": "Europe/Berlin",
    "met": "Europe/Berlin", "mest": "Europe/Berlin",
    "eet": "Europe/Helsinki", "eest": "Europe/Helsinki", "msk": "Europe/Moscow", "мск": "Europe/Moscow",
    "kst": "Asia/Seoul", "jst": "Asia/Tokyo", "hkt": "Asia/Hong_Kong", "sgt": "Asia/Singapore", "wib": "Asia/Jakarta",
    "aest": "Australia/Sydney", "aedt": "Australia/Sydney", "nzst": "Pacific/Auckland", "nzdt": "Pacific/Auckland",
    "sast": "Africa/Johannesburg", "eat": "Africa/Nairobi",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class ClockTime:
    """A time of day; ``zone`` is None if none is written."""

    hour: int
    minute: int
    second: int
    zone: tzinfo | None


def parse_time(text: str, language: str = "") -> ClockTime | None:
    """The first time of day in ``text`` (short, in lower case), or None. ``language`` decides what "cst" means."""
    for pattern in _TIMES:
        found = pattern.search(text)
        if found:
            return _time(found, text, language)
    return None


def _time(found: re.Match[str], text: str, language: str) -> ClockTime | None:
    groups = found.groupdict()
    hour, minute, second = (int(groups.get(name) or 0) for name in ("hour", "minute", "second"))
    half = groups.get("half") or ""
    if (groups.get("late") or half.startswith("p")) and hour < 12:
        hour += 12
    elif (groups.get("early") or half.startswith("a")) and hour == 12:
        hour = 0
    if hour > 23 or minute > 59 or second > 59:
        return None
    return ClockTime(hour, minute, second, parse_zone(text[found.end() :], language))


def parse_zone(text: str, language: str = "") -> tzinfo | None:
    """The zone at the beginning of ``text`` (lower case: "z", "+09:00", "gmt+2", "kst"), or None."""
    found = _ZONE.match(text)
    if not found:
        return None
    if found["offset"]:
        return _offset(found["offset"])
    name = found["name"]
    if name in {"z", "utc", "gmt"}:
        return UTC
    if name == "cst":
        return ZoneInfo("Asia/Shanghai" if language.startswith("zh") else "America/Chicago")
    return ZoneInfo(_NAMED_ZONES[name]) if name in _NAMED_ZONES else None


def _offset(written: str) -> tzinfo | None:
    digits = written[1:].replace(":", "")
    hours, minutes = (int(digits[:-2]), int(digits[-2:])) if len(digits) > 2 else (int(digits), 0)
    if hours > 14 or minutes > 59:
        return None
    delta = timedelta(hours=hours, minutes=minutes)
    return timezone(-delta if written[0] == "-" else delta)
