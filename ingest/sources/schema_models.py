"""The pydantic models of sources.yaml, from which its JSON Schema is generated.

The docstrings of the models and fields are the descriptions in that schema.
"""

from __future__ import annotations

import re
from datetime import timedelta
from functools import cache
from ipaddress import ip_network
from typing import Annotated, Any, Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, PlainSerializer, WithJsonSchema, WrapValidator

from ingest.dedup.urls import BadURL, canonical
from ingest.discover import kinds
from ingest.model import KeepRaw, Kind

_DURATION = re.compile(r"\s*(\d{1,6}(?:\.\d{1,3})?)\s*(s|m|min|h|d|w)\s*", re.IGNORECASE)
_UNITS = {"s": 1, "m": 60, "min": 60, "h": 3600, "d": 86_400, "w": 604_800}
_SIZE = re.compile(r"\s*(\d{1,9}(?:\.\d{1,3})?)\s*(|b|kb|mb|gb)\s*", re.IGNORECASE)
_SIZES = {"": 1, "b": 1, "kb": 1_000, "mb": 1_000_000, "gb": 1_000_000_000}
MIN_INTERVAL = timedelta(minutes=1)
_LONGEST_PATTERN = 300


def _every(value: Any) -> timedelta | Literal["auto"]:
    if value == "auto":
        return "auto"
    found = _DURATION.fullmatch(str(value))
    if not found:
        raise ValueError("write a number and m, h or d, as in 30m, or auto")
    interval = timedelta(seconds=float(found[1]) * _UNITS[found[2].lower()])
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


def _as_list(value: Any) -> Any:
    """A single string is a list of one."""
    return [value] if isinstance(value, str) else value


_TEXT = {"type": "string"}
StringList = Annotated[
    tuple[str, ...], BeforeValidator(_as_list), WithJsonSchema({"anyOf": [_TEXT, {"type": "array", "items": _TEXT}]})
]
Url = Annotated[str, BeforeValidator(_url), WithJsonSchema({"type": "string", "format": "uri"})]
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


class Form(BaseModel):
    """Base of the models: unknown keys are mistakes, and instances are frozen."""

    model_config = ConfigDict(extra="forbid", frozen=True, use_attribute_docstrings=True)


class RuleForm(Form):
    """How this source's pages are read: CSS selectors, newest layout first; `selector@attribute` reads an attribute."""

    title: StringList = ()
    """Where the headline stands."""
    authors: StringList = ()
    """Where the authors stand."""
    published: StringList = ()
    """Where the time of publication stands."""
    modified: StringList = ()
    """Where the time of the last change stands."""
    section: StringList = ()
    """Where the section stands."""
    tags: StringList = ()
    """Where the tags stand."""
    summary: StringList = ()
    """Where the summary stands."""
    image: StringList = ()
    """Where the lead image stands, as in `meta[property="og:image"]@content`."""
    body: StringList = ()
    """What holds the text of the article."""
    lead: StringList = ()
    """Standfirsts outside the body, put in front of it."""
    drop: StringList = ()
    """What is no part of the article although it stands in the body."""
    drop_text: StringList = ()
    """Paragraphs that begin with one of these words are left out."""
    cut_at: StringList = ()
    """The body ends before the first paragraph that begins with one of these words."""
    next_page: StringList = ()
    """The link to the article's next page."""
    time_zone: TimeZone | None = None
    """IANA name for times that the site prints without an offset."""


class ListingForm(Form):
    """Where the links stand on a listing page, as CSS selectors."""

    list: str = ""
    """What holds the list; when it is gone, the source fails visibly."""
    item: str = ""
    """One entry of the list."""
    next: str = ""
    """The link to older entries."""


class SourceForm(Form):
    """One news site or blog to follow."""

    name: Name | None = None
    """Unique short name; made of the address if left out."""
    url: Url
    """Its feed, sitemap, listing page or home page."""
    kind: SourceKind = "auto"
    """What `url` leads to; `auto` finds out."""
    every: Interval = timedelta(hours=1)
    """How often it is asked: a number and m, h or d; `auto` follows the source's own rhythm."""
    language: Language | None = None
    """ISO 639-1 code, for pages that do not say it."""
    time_zone: TimeZone | None = None
    """IANA name for times that the site prints without an offset."""
    keep_raw: KeepRaw | None = None
    """Which raw pages are kept for later: none, the latest, all."""
    render: bool = False
    """`true` for pages that scripts write: they are shown in a browser first."""
    id_pattern: Pattern | None = None
    """Regular expression whose first group names the article in its URL."""
    retry_scope: Literal["host", "source"] = "host"
    """Whom a Retry-After holds back: the whole host, or only this source."""
    content: Literal["page", "feed"] = "page"
    """`feed` if the feed holds whole articles: then no page is fetched for them."""
    tags: StringList = ()
    """Words of your own, stored with the source."""
    listing: ListingForm | None = None
    """Selectors for `kind: listing`."""
    extract: RuleForm | None = None
    """Corrections to how its pages are read."""


class SettingsForm(Form):
    """What holds for all sources."""

    user_agent: Annotated[str, Field(min_length=3, max_length=300, pattern=r"^[\x20-\x7e]+$")] = (
        "ingest/0.1 (+https://example.org/about-this-bot)"
    )
    """Who asks; give an address where a site's owner can reach you."""
    concurrency: Annotated[int, Field(ge=1, le=1000)] = 64
    """Fetches in flight over all hosts."""
    delay: Annotated[float, Field(ge=0, le=3600, allow_inf_nan=False)] = 1.0
    """Seconds between two requests to one host."""
    connections_per_host: Annotated[int, Field(ge=1, le=16)] = 2
    """Connections to one host at a time."""
    deadline: Annotated[float, Field(gt=0, le=600, allow_inf_nan=False)] = 30.0
    """Seconds for one fetch, redirects and body included."""
    max_bytes: Annotated[Size, Field(ge=1_000, le=200_000_000)] = 10_000_000
    """Largest page, decoded, as in 10MB."""
    allow_addresses: Annotated[tuple[Network, ...], BeforeValidator(_as_list)] = ()
    """Address ranges that may be connected to although they are not public."""
    keep_raw: KeepRaw = "all"
    """Which raw pages are kept: none, the latest, all."""
    time_zone: TimeZone = "UTC"
    """IANA name for sources that print times without an offset."""
    browser: Annotated[str, Field(min_length=1, max_length=4096)] | None = None
    """Program of Chromium or Chrome, for sources with `render: true`; searched for if left out."""


class FileForm(Form):
    """sources.yaml: what to follow, how often, and what to correct for one source."""

    settings: SettingsForm = SettingsForm()
    """What holds for all sources."""
    sources: list[Url | SourceForm] = Field(min_length=1)
    """What to follow: addresses, or entries with more to say."""


def json_schema() -> dict[str, Any]:
    """JSON Schema of sources.yaml, for editors."""
    schema = FileForm.model_json_schema()
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema, "title": "sources.yaml of ingest"}
