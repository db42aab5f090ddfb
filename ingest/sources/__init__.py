"""sources.yaml → `Source`s and `Settings`. Checks everything, reports every mistake at once; fetches nothing."""

from __future__ import annotations

import gc
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ingest.errors import Mistake, SourcesError
from ingest.sources.schema_models import json_schema
from ingest.sources.suggestions import unknown_word
from ingest.sources.validation import Validator
from ingest.sources.yaml_lines import parse_yaml

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
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
        written = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError as error:
        raise SourcesError([Mistake(str(path), 0, "", "no such file: write one, or name it with --sources")]) from error
    except UnicodeDecodeError as error:
        raise SourcesError([Mistake(str(path), 0, "", "not UTF-8: save it as UTF-8")]) from error
    except OSError as error:
        raise SourcesError([Mistake(str(path), 0, "", f"cannot be read: {error.strerror}")]) from error
    return parse(written, file=str(path), none_yet=none_yet)


def parse(written: str, *, file: str = "sources.yaml", none_yet: bool = False) -> Configuration:
    """Check the text of a sources.yaml. Raises `SourcesError` with every mistake in it.

    That there are no sources is one, unless ``none_yet``.
    """
    with _uncollected():
        validator = Validator(parse_yaml(written, file), none_yet=none_yet)
        settings = validator.settings()
        sources = validator.sources(settings)
    if validator.mistakes:
        raise SourcesError(validator.mistakes)
    return Configuration(settings, sources)


@contextmanager
def _uncollected() -> Iterator[None]:
    """Thousands of sources are hundreds of thousands of objects, none of them garbage; looking takes half the time."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()
