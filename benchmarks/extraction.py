"""Quality of the generic body by set, what each part of it brings, and speed beside trafilatura.

    python benchmarks/extraction.py CORPUS                       quality and speed
    python benchmarks/extraction.py CORPUS --ablation            what is lost without each part
    python benchmarks/extraction.py CORPUS --sureness            how true page types and qualities are
    python benchmarks/extraction.py CORPUS --peer PYTHON         speed beside the trafilatura of another environment

CORPUS holds folders of pages with truth: ``SET/truth.jsonl``, a line ``{"id", "url", "html", "truth"}`` for each page,
``html`` the name of a gzipped file beside it; ``truth`` has ``text``, or snippets ``with`` and ``without``.
Text is scored by the F1 of its words, counted as a bag (CJK and Thai by letter), averaged over pages; snippets by the
F1 over the whole set.
"""

from __future__ import annotations

import argparse
import gzip
import json
import re
import statistics
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

SETS = ("wcxb-article", "trafilatura", "fundus", "readability", "wcxb-forum", "wcxb-listing")
OTHER_KINDS = ("postlight", "wcxb-collection", "wcxb-product", "wcxb-service", "wcxb-documentation")
_WORDS = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\u0e00-\u0e7f]|[^\W\u3040-\u30ff\u3400-\u9fff\u0e00-\u0e7f]+")


@dataclass(frozen=True)
class Page:
    url: str
    html: str
    truth: dict[str, Any]


def load(corpus: Path, name: str, step: int) -> list[Page]:
    folder, _, kind = name.partition("-")
    pages = []
    for line in (corpus / folder / "truth.jsonl").read_text("utf-8").strip().split("\n"):
        row = json.loads(line)
        if kind in ("", row["truth"].get("page_type")):
            html = gzip.decompress((corpus / folder / row["html"]).read_bytes())
            pages.append(Page(row["url"], decoded(html), row["truth"]))
    return pages[::step]


def decoded(html: bytes) -> str:
    try:
        return html.decode("utf-8")
    except UnicodeDecodeError:
        return html.decode("windows-1252", "replace")


def extracted(page: Page) -> str:
    return asked(page).body.text


def asked(page: Page) -> Any:
    from ingest.extraction.body.generic import EXTRACTOR  # noqa: PLC0415 — the peer has no ingest, we have no peer
    from ingest.extraction.markup.document import Document  # noqa: PLC0415 — a peer's environment has no ingest

    return EXTRACTOR.extract(Document(page.html, page.url))


def score(pages: list[Page], extract: Callable[[Page], str]) -> tuple[float, float, float]:
    """F1, precision, recall."""
    texts = [extract(page) for page in pages]
    if "text" in pages[0].truth:
        columns = zip(*(words(page.truth["text"], text) for page, text in zip(pages, texts, strict=True)), strict=True)
        f1, precision, recall = (statistics.fmean(column) for column in columns)
        return f1, precision, recall
    found = bad = missed = 0
    for page, text in zip(pages, texts, strict=True):
        flat = " ".join(text.split())
        hits = [" ".join(snippet.split()) in flat for snippet in page.truth.get("with") or ()]
        found, missed = found + sum(hits), missed + len(hits) - sum(hits)
        bad += sum(" ".join(snippet.split()) in flat for snippet in page.truth.get("without") or ())
    return 2 * found / (2 * found + bad + missed), found / (found + bad), found / (found + missed)


def words(truth: str, text: str) -> tuple[float, float, float]:
    gold, mine = Counter(_WORDS.findall(truth.lower())), Counter(_WORDS.findall(text.lower()))
    common = sum((gold & mine).values())
    if not common:
        same = float(not gold and not mine)
        return same, same, same
    precision, recall = common / mine.total(), common / gold.total()
    return 2 * precision * recall / (precision + recall), precision, recall


def print_sureness(corpus: Path, step: int) -> None:
    """Which types the pages of each kind get, and how good the bodies of each quality are."""
    types: dict[str, Counter[str]] = {}
    bodies: list[tuple[float, float]] = []
    for name in (*SETS, *OTHER_KINDS):
        found = types.setdefault(name, Counter())
        for page in load(corpus, name, step):
            draft = asked(page)
            found[draft.page_type] += 1
            if page.truth.get("text"):
                bodies.append((draft.quality or 0.0, words(page.truth["text"], draft.body.text)[0]))
    print("| | article | listing | forum | other |\n|---|---:|---:|---:|---:|")
    for name, found in types.items():
        print(f"| {name} | " + " | ".join(str(found[kind]) for kind in ("article", "listing", "forum", "other")) + " |")
    print("\n| quality | pages | mean quality | mean F1 | F1 below .5 |\n|---|---:|---:|---:|---:|")
    for low in (0.0, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9):
        high = low + 0.1 if low else 0.4
        inside = [(quality, f1) for quality, f1 in bodies if low <= round(quality, 2) < high]
        if inside:
            quality, f1 = (statistics.fmean(column) for column in zip(*inside, strict=True))
            bad = statistics.fmean(one < 0.5 for _, one in inside)
            print(f"| {low:.1f}–{high:.1f} | {len(inside)} | {quality:.2f} | {f1:.2f} | {bad:.0%} |")
    print(f"\ncorrelation of quality and F1: {statistics.correlation(*zip(*bodies, strict=True)):.2f}")


def parts() -> Iterator[tuple[str, Callable[[], Any]]]:
    """Each part of the extractor by name, and a context in which it is absent."""
    from ingest.extraction.body import candidates, clearing, furniture, generic  # noqa: PLC0415 — the peer has no ingest, we have no peer

    yield "furniture by name", lambda: absent(generic, "Furniture", partial(furniture.Furniture, by_name=False))
    yield "climbing to a box around", lambda: absent(candidates, "_widen", lambda _outline, box: box)
    yield "standfirst", lambda: absent(generic, "standfirst", lambda *_: [])
    yield "script state", lambda: absent(generic.script_state, "html", lambda _: "")
    for one in clearing.PASSES:
        others = tuple(other for other in clearing.PASSES if other is not one)
        yield one.__name__, partial(absent, clearing, "PASSES", others)


@contextmanager
def absent(module: Any, name: str, substitute: Any) -> Iterator[None]:
    kept = getattr(module, name)
    setattr(module, name, substitute)
    try:
        yield
    finally:
        setattr(module, name, kept)


def per_second(pages: list[Page], extract: Callable[[Page], object], rounds: int = 3) -> float:
    """Pages per second of processor time, the median of some rounds; the first round also warms the caches."""
    spent = []
    for _ in range(rounds):
        started = time.process_time()
        for page in pages:
            extract(page)
        spent.append(time.process_time() - started)
    return len(pages) / statistics.median(spent)


def whole_article(page: Page) -> object:
    from ingest.run.extract import extract_page  # noqa: PLC0415 — the peer has no ingest, we have no peer

    article = extract_page(page.html, page.url, generic=True)
    return article.text


def trafilatura_article(page: Page) -> object:
    import trafilatura  # noqa: PLC0415 — the peer has no ingest, we have no peer

    return trafilatura.bare_extraction(page.html, url=page.url, with_metadata=True)


def peer_speed(python: str, corpus: Path, step: int) -> str:
    command = [python, __file__, str(corpus), "--as-peer", "--step", str(step)]
    try:
        return subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()
    except subprocess.CalledProcessError:
        return "not installed"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--ablation", action="store_true", help="what is lost without each part")
    parser.add_argument("--sureness", action="store_true", help="how true page types and qualities are")
    parser.add_argument("--step", type=int, default=1, help="take every so many pages")
    parser.add_argument("--peer", default=sys.executable, help="the Python of an environment with trafilatura")
    parser.add_argument("--as-peer", action="store_true", help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.as_peer:
        print(f"{per_second(load(arguments.corpus, 'trafilatura', 10 * arguments.step), trafilatura_article):.1f}")
        return
    if arguments.sureness:
        print_sureness(arguments.corpus, arguments.step)
        return
    sets = {name: load(arguments.corpus, name, arguments.step) for name in SETS}
    print("| | " + " | ".join(sets) + " |\n|---|" + "---:|" * len(sets))
    whole = [score(pages, extracted) for pages in sets.values()]
    for place, label in enumerate(("F1", "precision", "recall")):
        print(f"| {label} | " + " | ".join(f"{row[place]:.3f}" for row in whole) + " |")
    if arguments.ablation:
        for name, without in parts():
            with without():
                changes = [score(pages, extracted)[0] - row[0] for pages, row in zip(sets.values(), whole, strict=True)]
            print(f"| without {name} | " + " | ".join(f"{change:+.3f}" for change in changes) + " |", flush=True)
        return
    timed = sets["trafilatura"][::10]
    print(f"\nbody alone: {per_second(timed, extracted):.0f} pages/s")
    print(f"whole article: {per_second(timed, whole_article):.0f} pages/s")
    print(f"trafilatura with metadata: {peer_speed(arguments.peer, arguments.corpus, arguments.step)} pages/s")


if __name__ == "__main__":
    main()
