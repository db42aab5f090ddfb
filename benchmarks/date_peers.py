"""Our reader of dates beside dateparser and dateutil: strings with a known answer, strings of the corpus, time.

    pip install python-dateutil
    python benchmarks/date_peers.py CORPUS
    python benchmarks/date_peers.py CORPUS --differing       and the strings of the corpus that are read differently

The corpus' strings are what metadata holds in places for dates, and the lines at a headline that ours took for dates.
Of the latter there are none that ours overlooked; so the two are counted apart.
"""

from __future__ import annotations

import argparse
import re
import time
import warnings
from collections import Counter
from collections.abc import Callable
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path

import dateparser
import dateutil.parser
from corpus import all_pages, extractor, modules

NOW = datetime(2026, 11, 27, tzinfo=UTC)
#: What pages print or state, its language, and the day that a reader takes it for; None: nobody can know.
KNOWN: tuple[tuple[str, str, str | None], ...] = (
    ("2026-11-21T08:30:00+09:00", "ko", "2026-11-21"),
    ("Sat, 21 Nov 2026 08:30:00 +0900", "en", "2026-11-21"),
    ("2026년 11월 21일", "ko", "2026-11-21"),
    ("입력 2026.11.21 08:30", "ko", "2026-11-21"),
    ("기사입력 2026-11-21 오후 3:05", "ko", "2026-11-21"),
    ("등록 : 2026. 11. 2. 오전 9:12", "ko", "2026-11-02"),
    ("2026年11月21日 8時30分", "ja", "2026-11-21"),
    ("令和6年7月7日", "ja", "2024-07-07"),
    ("平成元年1月8日", "ja", None),
    ("公開日:2026/11/02", "ja", "2026-11-02"),
    ("发布时间:2026年11月2日 09:12", "zh", "2026-11-02"),
    ("20240707", "", "2024-07-07"),
    ("20240707T120053Z", "", "2024-07-07"),
    ("1720353653", "", "2024-07-07"),
    ("Publié le 7 juillet 2024 à 14h05", "fr", "2024-07-07"),
    ("Mis à jour le 1er août 2024", "fr", "2024-08-01"),
    ("Stand: 02.03.2024, 14:05 Uhr", "de", "2024-03-02"),
    ("Veröffentlicht am 3. März 2024", "de", "2024-03-03"),
    ("Publicado el 2 de mayo de 2024", "es", "2024-05-02"),
    ("Pubblicato il 2 maggio 2024", "it", "2024-05-02"),
    ("Data dodania: 2 maja 2024", "pl", "2024-05-02"),
    ("Опубликовано 2 мая 2024 г.", "ru", "2024-05-02"),
    ("2 Mayıs 2024 Perşembe", "tr", "2024-05-02"),
    ("2 مايو 2024", "ar", "2024-05-02"),
    ("2 พฤษภาคม 2567", "th", "2024-05-02"),
    ("2024. május 2.", "hu", "2024-05-02"),
    ("Posted on May 2nd, 2024 by Ann Other", "en", "2024-05-02"),
    ("Ann Other, May 2, 2024 at 3:05 PM", "en", "2024-05-02"),
    ("Updated 3:05 PM EDT, Thu May 2, 2024", "en", "2024-05-02"),
    ("02/05/2024", "en-US", "2024-02-05"),
    ("02/05/2024", "en-GB", "2024-05-02"),
    ("02/05/2024", "", None),
    ("05/2024", "en", None),
    ("May 2024", "en", None),
    ("12 comments", "en", None),
    ("Chapter 3", "en", None),
    ("5 min read", "en", None),
    ("17:00", "en", None),
    ("May", "en", None),
    ("Apollo 11", "en", None),
)


def ours(raw: str, language: str) -> date | None:
    found = modules()["dates"].parse(raw, language=language, now=NOW)
    return found.date() if found else None


def by_dateparser(raw: str, language: str) -> date | None:
    """With the language that the page states, and nothing made up for a part that is missing."""
    settings = {"REQUIRE_PARTS": ["day", "month", "year"], "PARSERS": ["timestamp", "absolute-time"]}
    try:
        locale = [language] if "-" in language else None
        languages = [language] if language and not locale else None
        found = dateparser.parse(raw, languages=languages, locales=locale, settings=settings)
    except (ValueError, TypeError, OverflowError):  # a language that it does not know
        return None
    return found.date() if found else None


def dateparser_as_it_is(raw: str, _language: str) -> date | None:
    found = dateparser.parse(raw)
    return found.date() if found else None


def by_dateutil(raw: str, _language: str) -> date | None:
    return _dateutil(raw, fuzzy=False)


def fuzzy_dateutil(raw: str, _language: str) -> date | None:
    return _dateutil(raw, fuzzy=True)


def _dateutil(raw: str, *, fuzzy: bool) -> date | None:
    try:
        found = dateutil.parser.parse(raw, fuzzy=fuzzy)
    except (ValueError, TypeError, OverflowError):
        return None
    return found.date()


READERS: dict[str, Callable[[str, str], date | None]] = {
    "ours": ours,
    "dateparser, told the language": by_dateparser,
    "dateparser": dateparser_as_it_is,
    "dateutil": by_dateutil,
    "dateutil, fuzzy": fuzzy_dateutil,
}


def print_known() -> None:
    print(f"\n{len(KNOWN)} strings with a known answer\n")
    print("| | right | wrong | nothing, where there is a date | a date, where there is none | wrong ones |")
    print("|---|---:|---:|---:|---:|---|")
    for name, read in READERS.items():
        counted: Counter[str] = Counter()
        wrong = []
        for raw, language, day in KNOWN:
            found = read(raw, language)
            expected = date.fromisoformat(day) if day else None
            kind = "right" if found == expected else "missed" if not found else "wrong" if expected else "made up"
            counted[kind] += 1
            if kind in ("wrong", "made up"):
                wrong.append(f"{raw} → {found}")
        cells = [str(counted[kind]) for kind in ("right", "wrong", "missed", "made up")]
        print(f"| {name} | " + " | ".join(cells) + f" | {'; '.join(wrong)} |")


@cache
def strings(corpus: Path) -> dict[str, list[tuple[str, str]]]:
    """Different (string, language of the page) by where they stand."""
    found: dict[str, dict[tuple[str, str], None]] = {"metadata": {}, "print": {}}
    for page in all_pages(corpus):
        document = modules()["document"].Document(modules()["charset"].decode(page.html), page.url)
        draft = extractor("metadata").extract(document)
        for each in draft.dates:
            is_stated = each.where in ("json-ld", "opengraph", "meta")
            if each.where != "url":
                found["metadata" if is_stated else "print"][each.raw, draft.language or ""] = None
    return {where: list(several) for where, several in found.items()}


def print_corpus(corpus: Path, *, differing: bool) -> None:
    for where, raws in strings(corpus).items():
        iso = sum(bool(re.match(r"\d{4}-\d\d-\d\d", raw)) for raw, _ in raws)
        print(f"\n{len(raws)} strings of {where}, {iso} of them ISO 8601\n")
        print("| | answered | the same day as ours | another day | ms of CPU a call |\n|---|---:|---:|---:|---:|")
        mine = [ours(*each) for each in raws]
        for name, read in READERS.items():
            for each in raws[:50]:
                read(*each)
            began = time.process_time()
            found = [read(*each) for each in raws]
            ms = 1000 * (time.process_time() - began) / len(raws)
            same = sum(a == b for a, b in zip(mine, found, strict=True) if b)
            other = [(each, a, b) for each, a, b in zip(raws, mine, found, strict=True) if a and b and a != b]
            print(f"| {name} | {sum(map(bool, found))} | {same} | {len(other)} | {ms:.3f} |")
            if differing and name == "dateparser, told the language":
                for (raw, language), a, b in other:
                    print(f"    {raw!r} ({language}): ours {a}, {name} {b}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--differing", action="store_true", help="print the corpus' strings that are read differently")
    arguments = parser.parse_args()
    warnings.simplefilter("ignore")
    print_known()
    print_corpus(arguments.corpus, differing=arguments.differing)


if __name__ == "__main__":
    main()
