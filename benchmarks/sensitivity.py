"""How much the numbers in the extractor matter: each is moved down and up, and all pages are scored again.

    python benchmarks/sensitivity.py CORPUS                     all pages, all numbers (ten minutes of CPU)
    python benchmarks/sensitivity.py CORPUS --step 10           every tenth page
    python benchmarks/sensitivity.py CORPUS --only edges        the numbers of one module (may be repeated)
    python benchmarks/sensitivity.py CORPUS --only _REACH       the numbers of one name
    python benchmarks/sensitivity.py CORPUS --low 0.8 --high 1.25

A page is first read with all numbers watched: where no comparison would come out otherwise at a number's other value,
the page is not read again for it.

CORPUS is what ``benchmarks/extraction.py`` reads. Sites are split into halves A and B by a hash of their registered
domain. A number whose change gains on one half and loses on the other is within the noise; one whose change gains on
both could be chosen better.

A number is multiplied by ``--low`` and by ``--high``; a share (between 0 and 1) goes up by no more than half of what
is missing to 1, an integer by at least 1. Changes are given in thousandths of the score that the number decides about:

- bodies: F1 of words (of snippets in ``trafilatura``), averaged over the four sets of articles;
- metadata: titles that are exact, dates right to the day and F1 of authors, averaged over the three and over the sets;
- quality: mean distance between the quality of a body and its F1; here less is better.
"""

from __future__ import annotations

import argparse
import ast
import inspect
import multiprocessing
import operator
import re
import statistics
import sys
import unicodedata
import zlib
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import cache, partial
from pathlib import Path
from types import ModuleType
from typing import Any

import corpus
from corpus import extractor, modules
from extraction import words

from ingest.dedup import hosts, urls

ARTICLES = ("wcxb-article", "trafilatura", "fundus", "readability")
OTHERS = ("wcxb-forum", "wcxb-listing")
DESCRIBED = ("wcxb-article", "fundus", "postlight")
#: What `Draft.quality` is made of; these change no text.
QUALITY = re.compile(r"_FULL|_RUNNING|_INTERCEPT|_WEIGHT_OF_\w+")
#: A day has 24 hours, and no year is twice as late.
FACTS = ("_DAY", "_EARLIEST_YEAR")
#: What language a page is in is not scored.
UNSCORED = ("metadata.language",)
_SIGNS = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "–": "-", "—": "-", "…": "..."})

Number = int | float | timedelta
Scores = dict[str, float]


@dataclass(frozen=True)
class Page:
    dataset: str
    half: str
    url: str
    html: bytes
    truth: dict[str, Any]


@dataclass(frozen=True)
class Trial:
    """One number at another value; ``decides`` is ``body``, ``metadata`` or ``quality``."""

    module: str
    name: str
    value: Number
    tried: Number
    decides: str


# --- numbers, whatever folder their module is in -------------------------------------------------------------


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
    mine = [number for number, trial in enumerate(_trials) if trial.decides == decides]
    pairs = [number for number in mine[::2] if not caches(_trials[number].module, _trials[number].name)]
    Watched.seen = set(mine).difference(pairs, (number + 1 for number in pairs))
    try:
        for number in pairs:
            trial = _trials[number]
            _set(trial, Watched(trial.value, {number: trial.tried, number + 1: _trials[number + 1].tried}))
        yield Watched.seen
    finally:
        for number in pairs:
            _set(_trials[number], _trials[number].value)


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


# --- pages and their scores ----------------------------------------------------------------------------------


def load(folder: Path, step: int) -> list[Page]:
    return [
        Page(name, half_of(page.url, page.id), page.url, zlib.compress(page.html), page.truth)
        for name in dict.fromkeys((*ARTICLES, *OTHERS, *DESCRIBED))
        for page in corpus.pages(folder, name, step)
    ]


def half_of(url: str, page: str) -> str:
    """A or B. A page whose address was made up belongs to no site; such pages are split one by one."""
    try:
        site = hosts.registrable_domain(urls.split(url).host)
    except urls.BadURL:
        site = ""
    return "AB"[zlib.crc32((site if "." in site else page).encode()) % 2]


_trials: list[Trial] = []


def scored(page: Page) -> tuple[Page, dict[str, Scores], dict[int, Scores]]:
    """The page without its text, its scores as the numbers are, and those in every trial that changes something."""
    document = modules()["document"].Document(modules()["charset"].decode(zlib.decompress(page.html)), page.url)
    scorers: dict[str, Callable[[], Scores]] = {}
    if page.dataset in (*ARTICLES, *OTHERS):
        scorers["body"] = partial(body_scores, page, document)
        if "text" in page.truth:
            scorers["quality"] = partial(quality_scores, page, document)
    if page.dataset in DESCRIBED:
        scorers["metadata"] = partial(metadata_scores, page, document)
    base = {}
    changed = {}
    for decided, score in scorers.items():
        base[decided] = score()
        with watched(decided) as worth_trying:
            assert score() == base[decided]
        for number in sorted(worth_trying):
            with moved(_trials[number]):
                found = score()
            if found != base[decided]:
                changed[number] = found
    return replace(page, html=b"", truth={}), base, changed


def body_scores(page: Page, document: Any) -> Scores:
    draft, truth = extractor("generic").extract(document), page.truth
    text = draft.body.text
    found: Scores = {"pages": 1, "text": hash(text)}
    found["typed right"] = draft.page_type == truth.get("page_type", "article")
    if "text" in truth:
        return found | {"f1": words(truth["text"], text)[0]}
    flat = " ".join(text.split())
    hits = [" ".join(snippet.split()) in flat for snippet in truth.get("with") or ()]
    bad = sum(" ".join(snippet.split()) in flat for snippet in truth.get("without") or ())
    return found | {"found": sum(hits), "bad": bad, "missed": len(hits) - sum(hits)}


def quality_scores(page: Page, document: Any) -> Scores:
    draft = extractor("generic").extract(document)
    return {"pages": 1, "error": abs((draft.quality or 0.0) - words(page.truth["text"], draft.body.text)[0])}


def metadata_scores(page: Page, document: Any) -> Scores:
    draft, truth = extractor("metadata").extract(document), page.truth
    found: Scores = {}
    if truth.get("title"):
        found |= {"titles": 1, "title": folded(truth["title"]) == folded(draft.title)}
    if day := re.match(r"\d{4}-\d{2}-\d{2}", truth.get("date") or ""):
        dated = draft.published is not None and draft.published.date().isoformat() == day[0]
        found |= {"dates": 1, "date": dated}
    if truth.get("authors"):
        gold, mine = set(map(folded, truth["authors"])), set(map(folded, draft.authors or ()))
        found |= {"bylines": 1, "authors": 2 * len(gold & mine) / (len(gold) + len(mine))}
    return found


def folded(text: str | None) -> str:
    """Case, white space and the look of quotation marks and dashes make no difference."""
    return " ".join(unicodedata.normalize("NFKC", text or "").translate(_SIGNS).split()).casefold()


# --- sums ----------------------------------------------------------------------------------------------------


class Sums:
    """What the scores of all pages add up to, by set and half: as the numbers are, and in each trial."""

    def __init__(self) -> None:
        self.base: defaultdict[str, defaultdict[tuple[str, str], Counter[str]]]
        self.base = defaultdict(lambda: defaultdict(Counter))
        self.differences: defaultdict[int, defaultdict[tuple[str, str], Counter[str]]]
        self.differences = defaultdict(lambda: defaultdict(Counter))
        self.changed: Counter[int] = Counter()

    def add(self, page: Page, base: dict[str, Scores], changed: dict[int, Scores]) -> None:
        place = page.dataset, page.half
        for decided, scores in base.items():
            self.base[decided][place].update(scores)
        for number, scores in changed.items():
            before = base[_trials[number].decides]
            self.differences[number][place].update({name: scores[name] - before[name] for name in scores})
            self.changed[number] += 1

    def mean(self, decided: str, half: str, sets: Sequence[str], number: int | None = None) -> float:
        """The score, averaged over the sets, as it is or in a trial."""
        means = []
        for name in sets:
            sums = Counter(self.base[decided][name, half])
            if number is not None:
                sums.update(self.differences[number][name, half])
            if sums:
                means.append(_SCORES[decided](sums))
        return statistics.fmean(means) if means else 0.0

    def change(self, number: int, half: str, sets: Sequence[str]) -> str:
        decided = _trials[number].decides
        change = self.mean(decided, half, sets, number) - self.mean(decided, half, sets)
        return f"{1000 * change:+.1f}" if abs(change) >= 0.00005 else "–"

    def typed_right(self, number: int) -> str:
        change = sum(counted["typed right"] for counted in self.differences[number].values())
        return f"{change:+.0f}" if change else "–"


def body_score(sums: Counter[str]) -> float:
    if "found" in sums:
        return 2 * sums["found"] / (2 * sums["found"] + sums["bad"] + sums["missed"])
    return sums["f1"] / sums["pages"]


def quality_score(sums: Counter[str]) -> float:
    return sums["error"] / sums["pages"]


def metadata_score(sums: Counter[str]) -> float:
    pairs = (("title", "titles"), ("date", "dates"), ("authors", "bylines"))
    return statistics.fmean(sums[name] / sums[number] for name, number in pairs if sums[number])


_SCORES = {"body": body_score, "quality": quality_score, "metadata": metadata_score}


# --- tables --------------------------------------------------------------------------------------------------


def print_table(sums: Sums, decided: str) -> None:
    numbers = [number for number, trial in enumerate(_trials) if trial.decides == decided]
    if not numbers:
        return
    sets = {"body": ARTICLES, "quality": (*ARTICLES, *OTHERS), "metadata": DESCRIBED}[decided]
    a, b = (sums.mean(decided, half, sets) for half in "AB")
    print(f"\n### {decided.capitalize()}\n\nAs it is: {a:.4f} on half A, {b:.4f} on half B.\n")
    further = ["forums and listings, A and B", "typed right"] if decided == "body" else []
    header = ["number", "is", "tried", "pages changed", "A", "B", *further]
    print(f"| {' | '.join(header)} |\n|---|" + "---:|" * (len(header) - 1))
    for lower, higher in zip(numbers[::2], numbers[1::2], strict=True):
        trial, pair = _trials[lower], (lower, higher)
        cells = [
            f"`{trial.module}.{trial.name}`",
            shown(trial.value),
            " / ".join(shown(_trials[number].tried) for number in pair),
            " / ".join(str(sums.changed[number]) for number in pair),
            *(" / ".join(sums.change(number, half, sets) for number in pair) for half in "AB"),
        ]
        if further:
            both = [f"{sums.change(number, 'A', OTHERS)} {sums.change(number, 'B', OTHERS)}" for number in pair]
            cells += [" / ".join(both), " / ".join(map(sums.typed_right, pair))]
        print("| " + " | ".join(cells) + " |")


def shown(value: Number) -> str:
    return f"{value / timedelta(hours=1):g} h" if isinstance(value, timedelta) else f"{value:g}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--step", type=int, default=1, help="take every so many pages of each set")
    parser.add_argument("--only", action="append", default=[], help="only the numbers of this module or name")
    parser.add_argument("--low", type=float, default=0.5)
    parser.add_argument("--high", type=float, default=2.0)
    parser.add_argument("--jobs", type=int, default=2)
    arguments = parser.parse_args()
    _trials.extend(all_trials(arguments.only, arguments.low, arguments.high))
    pages = load(arguments.corpus, arguments.step)
    sums = Sums()
    # Workers are forked, and so know the trials.
    with multiprocessing.get_context("fork").Pool(arguments.jobs) as pool:
        for done, found in enumerate(pool.imap_unordered(scored, pages, chunksize=4), 1):
            sums.add(*found)
            if done % 100 == 0:
                print(f"{done} of {len(pages)} pages", file=sys.stderr, flush=True)
    halves = Counter(page.half for page in pages)
    print(f"{len(pages)} pages, {halves['A']} of half A and {halves['B']} of half B; {len(_trials) // 2} numbers.")
    for decided in _SCORES:
        print_table(sums, decided)


if __name__ == "__main__":
    main()
