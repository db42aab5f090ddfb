"""Every regular expression of the package answers long bait; a quadratic one would not come back."""

from __future__ import annotations

import importlib
import pkgutil
import re

import pytest

import ingest.extraction.metadata as package
from ingest.extraction.markup import loose_json
from ingest.extraction.metadata import clock_times, dates, language

MODULES = [
    clock_times,
    dates,
    language,
    loose_json,
    *(importlib.import_module(found.name) for found in pkgutil.iter_modules(package.__path__, package.__name__ + ".")),
]
PATTERNS = {
    f"{module.__name__.rpartition('.')[2]}.{name}": value
    for module in MODULES
    for name, value in vars(module).items()
    if isinstance(value, re.Pattern)
} | {f"clock_times.{number}": pattern for number, pattern in enumerate(clock_times._TIMES)}
BAIT = [
    "a",
    "1",
    " ",
    "a ",
    "1 ",
    "12/",
    "by ",
    "<",
    "<a ",
    "@a.",
    ", ",
    '"',
    "\\",
    "-",
    "2024",
    "年",
    "a|",
    " | ",
    "/*",
    "(",
]


@pytest.mark.parametrize("name", sorted(PATTERNS))
def test_an_expression_is_linear(name: str) -> None:
    for bait in BAIT:
        text = (bait * 30_000)[:30_000]
        for _ in zip(range(3), PATTERNS[name].finditer(text), strict=False):
            pass
        PATTERNS[name].search(text + "!")
