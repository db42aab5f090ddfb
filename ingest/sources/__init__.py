"""Reads sources.yaml: the text of the file comes in, checked `Source`s and `Settings` go out.

All mistakes are reported at once, each with its line, its key and what to write instead. Nothing is fetched; whether a
source can be followed is found out by `ingest.run.survey`.
"""

from __future__ import annotations

import gc
import os
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ingest.errors import Mistake, SourcesError
from ingest.sources.schema_models import json_schema
from ingest.sources.suggestions import unknown_word
from ingest.sources.validation import Validator
from ingest.sources.yaml_lines import parse_yaml

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from ingest.model import Settings, Source

__all__ = ["Configuration", "json_schema", "load", "parse"]


@dataclass(frozen=True, slots=True)
class Configuration:
    """A checked sources.yaml."""

    settings: Settings
    sources: tuple[Source, ...]

    def named(self, names: Sequence[str]) -> tuple[Source, ...]:
        """The sources of these names, all without one. Raises `SourcesError` for unknown names, with suggestions."""
        known = {source.name: source for source in self.sources}
        unknown = [Mistake("", 0, name, unknown_word(name, known, "source")) for name in names if name not in known]
        if unknown:
            raise SourcesError(unknown)
        return tuple(known[name] for name in dict.fromkeys(names)) if names else self.sources


def load(path: Path, *, none_yet: bool = False) -> Configuration:
    """Read and check the file, as `parse` does."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError as error:
        raise SourcesError([Mistake(str(path), 0, "", "no such file: write one, or name it with --sources")]) from error
    except UnicodeDecodeError as error:
        raise SourcesError([Mistake(str(path), 0, "", "not UTF-8: save it as UTF-8")]) from error
    except OSError as error:
        raise SourcesError([Mistake(str(path), 0, "", f"cannot be read: {error.strerror}")]) from error
    return parse(text, file=str(path), none_yet=none_yet)


def parse(
    text: str, *, file: str = "sources.yaml", none_yet: bool = False, environment: Mapping[str, str] = os.environ
) -> Configuration:
    """Check the text of a sources.yaml. Raises `SourcesError` with every mistake in it.

    A file without sources is a mistake, unless ``none_yet``. ``file`` is its name in the messages;
    ``environment`` holds the secrets that are written as ``env:NAME``.
    """
    with _without_garbage_collection():
        validator = Validator(parse_yaml(text, file), none_yet=none_yet)
        settings = validator.settings(environment)
        sources = validator.sources(settings)
    if validator.mistakes:
        raise SourcesError(validator.mistakes)
    return Configuration(settings, sources)


@contextmanager
def _without_garbage_collection() -> Iterator[None]:
    """Halves the time for thousands of sources: they are hundreds of thousands of objects, none of them garbage."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()
