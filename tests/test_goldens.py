"""Golden pages: what is read of ``x.html`` is what ``x.txt`` says, read in review like an article.

Layout and class names are those of the real sites, the sentences are ours. After a change that is meant:
``python tests/test_goldens.py --refresh``, and read the difference.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from datetime import UTC
from pathlib import Path

import pytest

from ingest.model import Article
from ingest.run.extract import extract_page

HERE = Path(__file__).parent
PAGES = sorted(page for folder in ("sites", "platforms", "extraction") for page in (HERE / folder).glob("*/*.html"))


def golden(page: Path) -> str:
    """What is read of a page, as its golden text."""
    html = page.read_text(encoding="utf-8")
    url = re.search(r'rel="canonical" href="([^"]+)"', html)
    return as_text(extract_page(html, url[1] if url else ""))


def as_text(article: Article) -> str:
    fields = {
        "title": article.title,
        "authors": ", ".join(article.authors),
        "published": _utc(article.published),
        "modified": _utc(article.modified),
        "section": article.section,
        "tags": ", ".join(article.tags),
        "language": article.language,
    }
    head = "\n".join(f"{name}: {value}" for name, value in fields.items() if value)
    return f"{head}\n\n{article.text}\n"


def _utc(moment) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ") if moment else ""


def _name(page: Path) -> str:
    return f"{page.parent.name}-{page.stem}"


@pytest.mark.parametrize("page", PAGES, ids=_name)
def test_page_reads_as_its_golden_text(page: Path) -> None:
    assert golden(page) == page.with_suffix(".txt").read_text(encoding="utf-8")


def test_goldens_are_not_refreshed_where_nobody_reads_the_difference() -> None:
    run = subprocess.run(
        [sys.executable, __file__, "--refresh"], env={**os.environ, "CI": "true"}, capture_output=True, check=False
    )
    assert run.returncode == 1
    assert b"not refreshed in CI" in run.stderr


def refresh() -> None:
    """Write all golden texts anew; never where nobody would read them."""
    if os.environ.get("CI"):
        sys.exit("Golden texts are not refreshed in CI: do it where the difference is read.")
    for page in PAGES:
        page.with_suffix(".txt").write_text(golden(page), encoding="utf-8")


if __name__ == "__main__":
    if sys.argv[1:] != ["--refresh"]:
        sys.exit("usage: python tests/test_goldens.py --refresh")
    refresh()
