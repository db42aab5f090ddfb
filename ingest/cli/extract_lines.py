"""`ingest extract --jsonl`: extracts many pages; each has a line of JSON in the input and one in the output."""

from __future__ import annotations

import json
from concurrent import futures
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ingest.errors import PageError
from ingest.run.acceptance import check_wall
from ingest.run.extract import extract_page

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_PAGES_AT_A_TIME = 8
"""So many pages are handed to a process at once."""


def extract_lines(lines: Iterable[str], *, generic: bool, jobs: int) -> Iterator[str]:
    """Answers lines ``{"id", "url", "path"}``, in their order; with one job, each before the next line is read.

    ``generic`` leaves site files out; ``jobs`` is the number of processes.
    """
    extract_line = partial(_extract_line, generic=generic)
    wanted = (line for line in lines if line.strip())
    if jobs == 1:
        yield from map(extract_line, wanted)
        return
    with futures.ProcessPoolExecutor(jobs) as pool:
        yield from pool.map(extract_line, wanted, chunksize=_PAGES_AT_A_TIME)


def _extract_line(line: str, *, generic: bool) -> str:
    """Answers one line. A page that cannot be read has an empty text and an ``error``."""
    row: dict[str, Any] = {"id": None, "title": "", "authors": [], "published": None, "text": ""}
    try:
        item = json.loads(line)
        row["id"] = item["id"]
        content = Path(item["path"]).read_bytes()
        article = extract_page(content, item.get("url") or "", generic=generic)
        check_wall(article)
    except PageError as error:
        row["error"] = str(error)
    except (ValueError, KeyError, TypeError, OSError) as error:
        row["error"] = f'no such page ({error}): write lines of {{"id", "url", "path"}}'
    else:
        row |= {
            "title": article.title,
            "authors": list(article.authors),
            "published": article.published.isoformat() if article.published else None,
            "text": article.text,
            "page_type": article.page_type,
            "page_type_confidence": article.page_type_confidence,
            "quality": article.quality,
        }
    return json.dumps(row, ensure_ascii=False) + "\n"
