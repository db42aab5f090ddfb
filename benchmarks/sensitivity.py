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
import multiprocessing
import re
import statistics
import sys
import unicodedata
import zlib
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any

import corpus
from corpus import extractor, modules
from extraction import words
from tunables import TRIALS, Number, all_trials, moved, watched

from ingest.dedup import hosts, urls

ARTICLES = ("wcxb-article", "trafilatura", "fundus", "readability")
OTHERS = ("wcxb-forum", "wcxb-listing")
DESCRIBED = ("wcxb-article", "fundus", "postlight")
_SIGNS = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "–": "-", "—": "-", "…": "..."})

Scores = dict[str, float]


@dataclass(frozen=True)
class Page:
    dataset: str
    half: str
    url: str
    html: bytes
    truth: dict[str, Any]


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
            with moved(TRIALS[number]):
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
            before = base[TRIALS[number].decides]
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
        decided = TRIALS[number].decides
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
    numbers = [number for number, trial in enumerate(TRIALS) if trial.decides == decided]
    if not numbers:
        return
    sets = {"body": ARTICLES, "quality": (*ARTICLES, *OTHERS), "metadata": DESCRIBED}[decided]
    a, b = (sums.mean(decided, half, sets) for half in "AB")
    print(f"\n### {decided.capitalize()}\n\nAs it is: {a:.4f} on half A, {b:.4f} on half B.\n")
    further = ["forums and listings, A and B", "typed right"] if decided == "body" else []
    header = ["number", "is", "tried", "pages changed", "A", "B", *further]
    print(f"| {' | '.join(header)} |\n|---|" + "---:|" * (len(header) - 1))
    for lower, higher in zip(numbers[::2], numbers[1::2], strict=True):
        trial, pair = TRIALS[lower], (lower, higher)
        cells = [
            f"`{trial.module}.{trial.name}`",
            shown(trial.value),
            " / ".join(shown(TRIALS[number].tried) for number in pair),
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
    TRIALS.extend(all_trials(arguments.only, arguments.low, arguments.high))
    pages = load(arguments.corpus, arguments.step)
    sums = Sums()
    # Workers are forked, and so know the trials.
    with multiprocessing.get_context("fork").Pool(arguments.jobs) as pool:
        for done, found in enumerate(pool.imap_unordered(scored, pages, chunksize=4), 1):
            sums.add(*found)
            if done % 100 == 0:
                print(f"{done} of {len(pages)} pages", file=sys.stderr, flush=True)
    halves = Counter(page.half for page in pages)
    print(f"{len(pages)} pages, {halves['A']} of half A and {halves['B']} of half B; {len(TRIALS) // 2} numbers.")
    for decided in _SCORES:
        print_table(sums, decided)


if __name__ == "__main__":
    main()
