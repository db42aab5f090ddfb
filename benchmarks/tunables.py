"""The numbers of the extractor, found in its modules, moved for a while, and watched in comparisons.

For `benchmarks/sensitivity.py`, which scores pages with each of them lower and higher.
"""

from __future__ import annotations

import ast
import inspect
import operator
import re
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from functools import cache, partial
from types import ModuleType
from typing import Any

from corpus import modules

#: What `Draft.quality` is made of; these change no text.
QUALITY = re.compile(r"_FULL|_RUNNING|_INTERCEPT|_WEIGHT_OF_\w+")
#: A day has 24 hours, and no year is twice as late.
FACTS = ("_DAY", "_EARLIEST_YEAR")
#: What language a page is in is not scored.
UNSCORED = ("metadata.language",)

Number = int | float | timedelta


@dataclass(frozen=True)
class Trial:
    """One number at another value; ``decides`` is ``body``, ``metadata`` or ``quality``."""

    module: str
    name: str
    value: Number
    tried: Number
    decides: str


#: All that are tried; the workers are forked, and so know them.
TRIALS: list[Trial] = []


def numbers(module: ModuleType) -> dict[str, Number]:
    """The numbers that a module writes out at its top level, in their order."""
    names: list[str] = []
    for statement in ast.parse(inspect.getsource(module)).body:
        # What is put together from other modules' numbers, or names a unit, was not chosen.
        if isinstance(statement, ast.Assign) and not isinstance(statement.value, ast.BinOp):
            named = ast.walk(ast.Tuple(statement.targets))
            names += [node.id for node in named if isinstance(node, ast.Name) and node.id not in FACTS]
    values = {name: getattr(module, name) for name in names if name.isupper()}
    return {name: value for name, value in values.items() if type(value) in (int, float, timedelta)}


@cache
def places(module: str, name: str) -> tuple[tuple[ModuleType, str], ...]:
    """Where a number is read: in its module, and in every module that imported it by name."""
    home = modules()[module]
    return (
        (home, name),
        *((other, alias) for other, source, its, alias in imports() if (source, its) == (home.__name__, name)),
    )


@cache
def imports() -> tuple[tuple[ModuleType, str, str, str], ...]:
    """(module, where it imports from, what, as what) of all names that are no functions."""
    return tuple(
        (module, statement.module, each.name, each.asname or each.name)
        for module in dict.fromkeys(modules().values())
        for statement in ast.walk(ast.parse(inspect.getsource(module)))
        if isinstance(statement, ast.ImportFrom) and statement.module
        for each in statement.names
        if each.name.isupper()
    )


@cache
def caches(module: str, name: str) -> tuple[Any, ...]:
    """Functions with a cache that read a number."""
    return tuple(
        function
        for home, alias in places(module, name)
        for function in vars(home).values()
        if hasattr(function, "cache_clear") and alias in inspect.unwrap(function).__code__.co_names
    )


@contextmanager
def moved(trial: Trial) -> Iterator[None]:
    try:
        _set(trial, trial.tried)
        yield
    finally:
        _set(trial, trial.value)


def _set(trial: Trial, value: Number | Watched) -> None:
    for module, name in places(trial.module, trial.name):
        setattr(module, name, value)
    for function in caches(trial.module, trial.name):
        function.cache_clear()


class Watched:
    """A number, or what was computed from some, with what it would be in trials; `seen` are trials that would differ.

    A comparison that would come out otherwise in a trial puts it there, and so does leaving Python's own arithmetic.
    """

    seen: set[int] = set()  # noqa: RUF012 — one for all

    def __init__(self, value: Any, tried: dict[int, Any]) -> None:
        self.value = value
        self.tried = tried

    def compute(self, operation: Callable[..., Any], *others: Any) -> Any:
        numbers = {number for each in (self, *others) if isinstance(each, Watched) for number in each.tried}
        found = operation(self.value, *(_in_trial(other, None) for other in others))
        tried = {n: operation(_in_trial(self, n), *(_in_trial(other, n) for other in others)) for n in numbers}
        if not isinstance(found, bool):
            return Watched(found, tried)
        Watched.seen.update(number for number, value in tried.items() if value != found)
        return found

    def leave(self, kind: Callable[[Any], Any]) -> Any:
        Watched.seen.update(self.tried)
        return kind(self.value)

    def __hash__(self) -> int:
        return int(self.leave(hash))

    def __bool__(self) -> bool:
        return bool(self.compute(bool))

    def __index__(self) -> int:
        return int(self.leave(operator.index))

    def __float__(self) -> float:
        return float(self.leave(float))


def _in_trial(value: Any, number: int | None) -> Any:
    if not isinstance(value, Watched):
        return value
    return value.value if number is None else value.tried.get(number, value.value)


def _give_operators() -> None:
    for name in ("lt", "le", "gt", "ge", "eq", "ne", "add", "sub", "mul", "truediv", "floordiv", "neg"):
        operation = getattr(operator, name)
        setattr(Watched, f"__{name}__", lambda self, *others, do=operation: self.compute(do, *others))
        if name in ("add", "sub", "mul", "truediv", "floordiv"):
            swapped = partial(_swapped, operation)
            setattr(Watched, f"__r{name}__", lambda self, other, do=swapped: self.compute(do, other))


def _swapped(operation: Callable[[Any, Any], Any], a: Any, b: Any) -> Any:
    return operation(b, a)


_give_operators()


@contextmanager
def watched(decides: str) -> Iterator[set[int]]:
    """The trials that may change something, known when a page was read."""
    mine = [number for number, trial in enumerate(TRIALS) if trial.decides == decides]
    pairs = [number for number in mine[::2] if not caches(TRIALS[number].module, TRIALS[number].name)]
    Watched.seen = set(mine).difference(pairs, (number + 1 for number in pairs))
    try:
        for number in pairs:
            trial = TRIALS[number]
            _set(trial, Watched(trial.value, {number: trial.tried, number + 1: TRIALS[number + 1].tried}))
        yield Watched.seen
    finally:
        for number in pairs:
            _set(TRIALS[number], TRIALS[number].value)


def all_trials(wanted: Collection[str], low: float, high: float) -> list[Trial]:
    found = []
    for module, name, value in all_numbers():
        if wanted and module.rpartition(".")[2] not in wanted and name not in wanted:
            continue
        decides = "metadata" if "." in module else "body"
        if module == "generic" and QUALITY.fullmatch(name):
            decides = "quality"
        found += [Trial(module, name, value, tried, decides) for tried in around(value, low, high)]
    return found


def all_numbers() -> Iterator[tuple[str, str, Number]]:
    """Those of the packages ``body`` and ``metadata``, and of `page_type`."""
    named = list(modules())
    of_body = [name.removeprefix("body.") for name in named if name.startswith("body.")]
    for module in (*of_body, "page_type", *(name for name in named if name.startswith("metadata."))):
        if module in UNSCORED:
            continue
        for name, value in numbers(modules()[module]).items():
            yield module, name, value


def around(value: Number, low: float, high: float) -> tuple[Number, Number]:
    if isinstance(value, int):
        return min(round(value * low), value - 1), max(round(value * high), value + 1)
    if isinstance(value, float) and 0 < value < 1:
        return round(value * low, 4), round(min(value * high, (1 + value) / 2), 4)
    return value * low, value * high
