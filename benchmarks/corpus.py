"""The pages of a corpus as bytes, and the modules of the extractor by name, wherever they stand in the package."""

from __future__ import annotations

import gzip
import importlib
import json
import pkgutil
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any

import ingest.extraction


@dataclass(frozen=True)
class RawPage:
    id: str
    url: str
    html: bytes
    truth: dict[str, Any]


def pages(corpus: Path, name: str, step: int = 1) -> Iterator[RawPage]:
    """Every so many pages of a set; ``wcxb-forum`` are the pages of that type in ``wcxb``."""
    folder, _, kind = name.partition("-")
    rows = map(json.loads, (corpus / folder / "truth.jsonl").read_text("utf-8").strip().split("\n"))
    for row in [row for row in rows if kind in ("", row["truth"].get("page_type"))][::step]:
        html = gzip.decompress((corpus / folder / row["html"]).read_bytes())
        yield RawPage(row["id"], row["url"], html, row["truth"])


def all_pages(corpus: Path) -> Iterator[RawPage]:
    for folder in sorted(file.parent.name for file in corpus.glob("*/truth.jsonl")):
        yield from pages(corpus, folder)


@cache
def modules() -> dict[str, ModuleType]:
    """All modules of the extractor by their last name, and once more with that of their package: ``metadata.dates``."""
    found: dict[str, ModuleType] = {}
    for one in pkgutil.walk_packages(ingest.extraction.__path__, "ingest.extraction."):
        package, name = one.name.split(".")[-2:]
        found[name] = found[f"{package}.{name}"] = importlib.import_module(one.name)
    return found


@cache
def extractor(name: str) -> Any:
    """``generic`` or ``metadata``."""
    found = (getattr(module, "EXTRACTOR", None) for module in modules().values())
    return next(each for each in found if each is not None and each.name == name)
