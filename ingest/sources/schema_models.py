"""The pydantic models of sources.yaml, from which its JSON Schema is generated.

The docstrings of the models and fields are the descriptions in that schema.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Annotated, Any, Literal, Self

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from ingest.model import EVENTS, KeepRaw
from ingest.sources.value_types import (
    EventName,
    Interval,
    Language,
    Name,
    Network,
    Pattern,
    Size,
    SourceKind,
    StringList,
    TimeZone,
    Url,
    Webhook,
    as_list,
)


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


class NotifyForm(Form):
    """Whom to notify of events, by a webhook or a command."""

    webhook: Webhook | None = None
    """URL that gets each event by POST, as JSON; any 2xx acknowledges it."""
    secret: Annotated[str, Field(min_length=1)] | None = None
    """Key of the signature of a webhook; `env:NAME` takes it from the environment."""
    command: (
        Annotated[tuple[Annotated[str, Field(min_length=1)], ...], BeforeValidator(as_list), Field(min_length=1)] | None
    ) = None
    """Program and arguments; gets each event on its standard input, exit status 0 acknowledges it."""
    events: Annotated[tuple[EventName, ...], BeforeValidator(as_list), Field(min_length=1)] = EVENTS
    """Only these events; all if left out."""
    sources: Annotated[StringList, Field(min_length=1)] = ()
    """Only events of these sources."""
    tags: Annotated[StringList, Field(min_length=1)] = ()
    """Only events of sources with one of these tags."""

    @model_validator(mode="after")
    def _has_one_address(self) -> Self:
        if (self.webhook is None) == (self.command is None):
            raise ValueError("write a webhook or a command, one of them in each entry")
        if self.command and self.secret:
            raise ValueError("a command gets no signature: leave secret out")
        return self


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
    allow_addresses: Annotated[tuple[Network, ...], BeforeValidator(as_list)] = ()
    """Address ranges that may be connected to although they are not public."""
    keep_raw: KeepRaw = "all"
    """Which raw pages are kept: none, the latest, all."""
    time_zone: TimeZone = "UTC"
    """IANA name for sources that print times without an offset."""
    browser: Annotated[str, Field(min_length=1, max_length=4096)] | None = None
    """Program of Chromium or Chrome, for sources with `render: true`; searched for if left out."""
    notify: Annotated[tuple[NotifyForm, ...], Field(max_length=50)] = ()
    """Whom to notify of new articles, findings and failing sources."""


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
