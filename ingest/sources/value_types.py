"""The types of the values in sources.yaml: what is accepted, what it means, and its JSON Schema."""

from __future__ import annotations

import re
from datetime import timedelta
from functools import cache
from ipaddress import ip_network
from typing import Annotated, Any, Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import BeforeValidator, Field, PlainSerializer, WithJsonSchema, WrapValidator

from ingest.dedup.urls import BadURL, canonical
from ingest.discover import kinds
from ingest.model import EVENTS, Event, Kind
from ingest.sources.suggestions import unknown_word

_DURATION = re.compile(r"\s*(\d{1,6}(?:\.\d{1,3})?)\s*(s|m|min|h|d|w)\s*", re.IGNORECASE)
_UNITS = {"s": 1, "m": 60, "min": 60, "h": 3600, "d": 86_400, "w": 604_800}
_SIZE = re.compile(r"\s*(\d{1,9}(?:\.\d{1,3})?)\s*(|b|kb|mb|gb)\s*", re.IGNORECASE)
_SIZES = {"": 1, "b": 1, "kb": 1_000, "mb": 1_000_000, "gb": 1_000_000_000}
MIN_INTERVAL = timedelta(minutes=1)
_LONGEST_PATTERN = 300


def duration(written: str) -> timedelta | None:
    """A length of time such as ``30m`` or ``2d``; None for what is none."""
    found = _DURATION.fullmatch(written)
    return timedelta(seconds=float(found[1]) * _UNITS[found[2].lower()]) if found else None


def _every(value: Any) -> timedelta | Literal["auto"]:
    if value == "auto":
        return "auto"
    interval = duration(str(value))
    if interval is None:
        raise ValueError("write a number and m, h or d, as in 30m, or auto")
    if not MIN_INTERVAL <= interval <= timedelta(days=365):
        raise ValueError("write something between 1m and 365d")
    return interval


def _kind(value: Any) -> str:
    known = kinds.configurable()
    if value not in known:
        raise ValueError(f"write {', '.join(known[:-1])} or {known[-1]}")
    return str(value)


def _size(value: Any) -> int:
    found = _SIZE.fullmatch(str(value))
    if not found:
        raise ValueError("write a number and KB or MB, as in 10MB")
    return int(float(found[1]) * _SIZES[found[2].lower()])


def _url(value: Any) -> str:
    text = str(value).strip()
    if "://" not in text:
        raise ValueError(f"write the whole address, as in https://{text.lstrip('/') or 'example.org/feed'}")
    try:
        canonical(text)
    except BadURL as error:
        raise ValueError(
            f"not an address that can be fetched ({error}): write http:// or https://, host and path"
        ) from error
    return text


def _webhook(value: Any) -> str:
    try:
        return _url(value)
    except ValueError:
        # What is written may hold a secret.
        raise ValueError("write the whole address, as in https://hooks.example/ingest") from None


def _event(value: Any) -> str:
    if value not in EVENTS:
        raise ValueError(unknown_word(str(value), EVENTS, "event"))
    return str(value)


@cache
def _time_zone(value: str) -> str:
    try:
        ZoneInfo(value)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise ValueError("write an IANA name, as in Asia/Seoul or Europe/Berlin") from error
    return value


def _language(value: Any) -> str:
    text = str(value).strip().lower()
    if not re.fullmatch(r"[a-z]{2,3}(-[a-z0-9]{2,8})?", text):
        raise ValueError("write an ISO 639-1 code, as in ko or en")
    return text.partition("-")[0]


def _network(value: Any) -> str:
    try:
        return str(ip_network(str(value), strict=False))
    except ValueError as error:
        raise ValueError("write an address range, as in 10.0.0.0/8") from error


def _pattern(value: Any) -> str:
    text = str(value)
    if len(text) > _LONGEST_PATTERN:
        raise ValueError(f"write at most {_LONGEST_PATTERN} characters")
    try:
        compiled = re.compile(text)
    except re.error as error:
        raise ValueError(f"not a regular expression ({error})") from error
    if compiled.groups < 1:
        raise ValueError("put brackets around the part that names the article, as in /article/(\\d+)")
    return text


def as_list(value: Any) -> Any:
    """A single string is a list of one."""
    return [value] if isinstance(value, str) else value


_TEXT = {"type": "string"}
StringList = Annotated[
    tuple[str, ...], BeforeValidator(as_list), WithJsonSchema({"anyOf": [_TEXT, {"type": "array", "items": _TEXT}]})
]
Url = Annotated[str, BeforeValidator(_url), WithJsonSchema({"type": "string", "format": "uri"})]
Webhook = Annotated[str, BeforeValidator(_webhook), WithJsonSchema({"type": "string", "format": "uri"})]
EventName = Annotated[
    Event, WrapValidator(lambda value, _: _event(value)), WithJsonSchema({"enum": list(EVENTS), "type": "string"})
]
Interval = Annotated[
    timedelta | Literal["auto"],
    BeforeValidator(_every),
    PlainSerializer(str),
    WithJsonSchema({"type": "string", "pattern": r"^(auto|\d+(\.\d+)?\s*(s|m|min|h|d|w))$", "default": "1h"}),
]
SourceKind = Annotated[
    Kind, WrapValidator(lambda value, _: _kind(value)), WithJsonSchema({"enum": kinds.configurable(), "type": "string"})
]
Size = Annotated[int, BeforeValidator(_size), WithJsonSchema({"type": ["string", "integer"], "examples": ["10MB"]})]
TimeZone = Annotated[
    str,
    BeforeValidator(lambda value: _time_zone(str(value))),
    WithJsonSchema({"type": "string", "examples": ["Asia/Seoul"]}),
]
Language = Annotated[str, BeforeValidator(_language), WithJsonSchema({"type": "string", "examples": ["ko"]})]
Pattern = Annotated[str, BeforeValidator(_pattern), WithJsonSchema({"type": "string", "format": "regex"})]
Network = Annotated[str, BeforeValidator(_network), WithJsonSchema(_TEXT)]
Name = Annotated[str, Field(min_length=1, max_length=80, pattern=r"^[\w.\-]+$")]
