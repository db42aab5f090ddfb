"""Validates the entries of a sources.yaml: all mistakes with their lines, or else its `Source`s and `Settings`."""

from __future__ import annotations

from itertools import chain, count
from typing import TYPE_CHECKING, Any, TypeVar

from pydantic import BaseModel, ValidationError

from ingest.dedup import raw_urls
from ingest.errors import Mistake
from ingest.extraction import rule as rules
from ingest.model import Listing, Rule, Settings, Source
from ingest.sources import receivers
from ingest.sources.schema_models import FileForm, ListingForm, NotifyForm, RuleForm, SettingsForm, SourceForm
from ingest.sources.suggestions import suggestion, unknown_word

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from pydantic_core import ErrorDetails

    from ingest.sources.yaml_lines import ParsedYaml, Path

_F = TypeVar("_F", bound=BaseModel)
_FORMS: dict[str | int, type[BaseModel]] = {"extract": RuleForm, "listing": ListingForm, "notify": NotifyForm}
_NOTIFY = ("settings", "notify")


class Validator:
    """Validates one file; ``mistakes`` grows as its parts are read."""

    def __init__(self, text: ParsedYaml, *, none_yet: bool) -> None:
        self._text = text
        self._none_yet = none_yet
        # The file may be nothing but the list of sources.
        self._list_path: Path = () if isinstance(text.value, list) else ("sources",)
        self.mistakes = [Mistake(text.file, line, self._key_name(path), advice) for path, line, advice in text.mistakes]
        # A line whose YAML is wrong is not reported again for the value that is missing because of it.
        self._reported = {mistake.line for mistake in self.mistakes}
        self._value = self._top_level()

    def settings(self, environment: Mapping[str, str] | None = None) -> Settings:
        form = self._form(SettingsForm, self._value.get("settings") or {}, ("settings",)) or SettingsForm()
        notified, mistakes = receivers.receivers(form.notify, environment or {})
        for path, advice in mistakes:
            self._mistake((*_NOTIFY, *path), advice)
        return Settings(**form.model_dump(exclude_none=True, exclude={"notify"}), notify=notified)

    def sources(self, settings: Settings) -> tuple[Source, ...]:
        entries = self._value.get("sources")
        if self._none_yet and entries in (None, []):
            return ()
        if not isinstance(entries, list) or not entries:
            self._mistake(self._list_path, "write one source or more below it, each behind '- '")
            return ()
        sources: dict[str, Source] = {}
        for index, entry in enumerate(entries):
            path = (*self._list_path, index)
            form = self._form(SourceForm, {"url": entry} if isinstance(entry, str) else entry, path)
            if not form:
                self._check_selectors(
                    _valid_fields(RuleForm, entry, "extract"), _valid_fields(ListingForm, entry, "listing"), path
                )
                continue
            self._check_selectors(form.extract, form.listing, path)
            name = form.name or free_name(form.url, sources)
            if name in sources:
                self._mistake((*path, "name"), f"{name} is another source's name: choose one of its own")
            sources[name] = _source(name, form, settings)
        for path, advice in receivers.unknown_words(settings.notify, tuple(sources.values()), entries):
            self._mistake((*_NOTIFY, *path), advice)
        return tuple(sources.values())

    def _top_level(self) -> dict[str, Any]:
        value = self._text.value
        if isinstance(value, list):
            return {"sources": value}
        if value is None and self._none_yet:
            return {}
        if not isinstance(value, dict):
            self._mistake((), "write 'sources:' and a list below it")
            return {}
        for key in value.keys() - FileForm.model_fields.keys():
            self._mistake((key,), unknown_word(key, FileForm.model_fields, "key"))
        return value

    def _form(self, form: type[_F], value: Any, path: Path) -> _F | None:
        try:
            return form.model_validate(value)
        except ValidationError as error:
            for detail in error.errors(include_url=False):
                here = _field_path(detail, form)
                self._mistake((*path, *here), suggestion(detail, _known_keys(form, here)))
        return None

    def _check_selectors(self, extract: RuleForm | None, listing: ListingForm | None, path: Path) -> None:
        if extract:
            for field, text in rules.mistakes(_rule(extract)):
                self._mistake((*path, "extract", field), text)
        for field, selector in _selectors(listing):
            for _, text in rules.mistakes(Rule(body=(selector,))):
                self._mistake((*path, "listing", field), text)

    def _mistake(self, path: Path, text: str) -> None:
        line = self._text.line(path)
        if line not in self._reported:
            self.mistakes.append(Mistake(self._text.file, line, self._key_name(path), text))

    def _key_name(self, path: Path) -> str:
        """The path as an operator knows it: ``donga: every`` instead of ``sources.3.every``."""
        depth = len(self._list_path)
        index = path[depth] if len(path) > depth else None
        if not isinstance(index, int):
            return ".".join(map(str, path))
        entries = self._text.value if not depth else self._text.value["sources"]
        entry = entries[index]
        name = entry.get("name") if isinstance(entry, dict) else None
        key = ".".join(map(str, path[depth + 1 :]))
        return ": ".join(filter(None, (str(name or f"source {index + 1}"), key)))


def _field_path(detail: ErrorDetails, form: type[BaseModel]) -> Path:
    """The path of an error without the names of union members that pydantic puts into it."""
    path: list[str | int] = []
    for part in detail["loc"]:
        known = isinstance(part, int) or any(part in each.model_fields for each in (form, *_FORMS.values()))
        if known or detail["type"] == "extra_forbidden":
            path.append(part)
    return tuple(path)


def _valid_fields(form: type[_F], entry: Any, key: str) -> _F | None:
    """The known fields of one part of an entry that has mistakes elsewhere, so that its selectors are checked, too."""
    part = entry.get(key) if isinstance(entry, dict) else None
    if not isinstance(part, dict):
        return None
    try:
        return form.model_validate({field: value for field, value in part.items() if field in form.model_fields})
    except ValidationError:
        return None


def _known_keys(form: type[BaseModel], path: Path) -> list[str]:
    inner = _FORMS.get(path[0]) if len(path) > 1 else None
    return list((inner or form).model_fields)


def _selectors(listing: ListingForm | None) -> Iterator[tuple[str, str]]:
    if listing:
        yield from ((field, selector) for field, selector in listing.model_dump().items() if selector)


def free_name(url: str, taken: Collection[str]) -> str:
    """A name for a source: its host without www, with the path or a number if another source has that name."""
    parts = raw_urls.split(url)
    host = (parts.hostname or "source").removeprefix("www.")
    with_path = "-".join([host, *filter(None, parts.path.split("/"))])
    numbered = (f"{with_path}-{number}" for number in count(2))
    return next(name for name in chain((host, with_path), numbered) if name not in taken)


def _rule(form: RuleForm) -> Rule:
    values = form.model_dump()
    return Rule(**{**values, "time_zone": values["time_zone"] or ""})


def _source(name: str, form: SourceForm, settings: Settings) -> Source:
    return Source(
        name=name,
        url=form.url,
        kind=form.kind,
        every=None if form.every == "auto" else form.every,
        language=form.language or "",
        time_zone=form.time_zone or settings.time_zone,
        keep_raw=form.keep_raw or settings.keep_raw,
        render=form.render,
        id_pattern=form.id_pattern or "",
        retry_scope=form.retry_scope,
        tags=form.tags,
        rule=_rule(form.extract) if form.extract else None,
        listing=Listing(**form.listing.model_dump()) if form.listing else Listing(),
        feed_content=form.content == "feed",
    )
