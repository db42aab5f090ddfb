"""How often a real edit is taken, and how often a worse reading replaces a good text, on pairs with truth.

    python benchmarks/edits.py CORPUS [--articles 200] [--skip N] [--wrong KIND]

The pairs are made by the recipes of `edit_pairs` from the articles of a corpus, read by our extractor. Sites are parted
into two halves; figures of `ingest.dedup` were set on the first only. ``--articles`` are taken of each, 12 pairs are
made of an article, and ``--wrong`` prints the wrong answers of a kind.
"""

from __future__ import annotations

import argparse
import random
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable
from pathlib import Path

import xxhash

sys.path.insert(0, str(Path(__file__).parent))

import corpus
from edit_pairs import EDITS, FALSE, NOISE, Pair, Text, pairs

from ingest.dedup import hosts, raw_urls
from ingest.dedup.actions import Update
from ingest.errors import PageError
from ingest.run.extract import extract_page

_KINDS_A_TEXT = 12


def texts(folder: Path) -> list[Text]:
    """Articles of the corpus with four paragraphs or more."""
    found = []
    for page in corpus.all_pages(folder):
        try:
            article = extract_page(page.html, page.url)
        except PageError:
            continue
        rows = tuple(row for row in re.split(r"\n+", article.text) if row.strip())
        if article.page_type != "article" or len(rows) < 4 or len(article.text) < 600:
            continue
        host = raw_urls.split_or_empty(page.url).hostname or page.id
        found.append(Text(page.id, hosts.registrable_domain(host), article.language[:2], article.title, rows))
    return found


def half(site: str) -> int:
    return xxhash.xxh32_intdigest(site.encode()) % 2


def table(found: Iterable[Pair], wrong: str) -> Counter[str]:
    right: Counter[str] = Counter()
    seen: Counter[str] = Counter()
    replaced: Counter[str] = Counter()
    for pair in found:
        seen[pair.kind] += 1
        right[pair.kind] += pair.is_right
        replaced[pair.kind] += isinstance(pair.answer, Update) and not pair.is_edit
        if not pair.is_right and wrong in {pair.kind, "all"}:
            print(f"  {pair.kind}: {pair.text.id} {pair.text.title[:50]!r} -> {pair.answer}")
    print(f"  {'kind':26}{'pairs':>7}{'right':>7}{'wrong':>7}{'replaced':>10}")
    for kind in seen:
        print(f"  {kind:26}{seen[kind]:7}{right[kind]:7}{seen[kind] - right[kind]:7}{replaced[kind]:10}")
    return _summary(seen, right, replaced)


def _summary(seen: Counter[str], right: Counter[str], replaced: Counter[str]) -> Counter[str]:
    sums: Counter[str] = Counter()
    for name, kinds in (("edits", EDITS), ("false", FALSE), ("noise", NOISE)):
        sums[name], sums[f"{name} right"] = sum(seen[kind] for kind in kinds), sum(right[kind] for kind in kinds)
    sums["replaced"] = sum(replaced.values())
    taken = sums["edits right"]
    print(f"  real edits taken (recall): {taken}/{sums['edits']} = {taken / sums['edits']:.4f}")
    print(f"  of what was taken, real edits (precision): {taken / (taken + sums['replaced']):.4f}")
    print(f"  good texts replaced: {sums['replaced']} of {sums['false'] + sums['noise']}")
    print(f"  noise without a version: {sums['noise right']}/{sums['noise']}")
    return sums


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--articles", type=int, default=200, help="of each half, drawn at random")
    parser.add_argument("--skip", type=int, default=0, help="leave out the first of them, looked at before")
    parser.add_argument("--wrong", default="", help="a kind, or all")
    args = parser.parse_args()
    halves: dict[int, list[Text]] = defaultdict(list)
    for text in texts(args.corpus):
        halves[half(text.site)].append(text)
    for number, name in enumerate(("tuning half", "held-out half")):
        made = halves[number]
        random.Random(3).shuffle(made)
        made = made[args.skip : args.skip + args.articles]
        print(f"{name}: {len(made)} articles of {len({text.site for text in made})} sites")
        table(pairs(made, _KINDS_A_TEXT), args.wrong)


if __name__ == "__main__":
    main()
