"""The table ``pages`` of the second file: raw pages, compressed, so that later extractors can be applied to them."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import zstandard

from ingest.dedup import fingerprint
from ingest.model import KeepRaw, Page
from ingest.store import values

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from sqlite_utils import Database

#: Level 6 is 7 % smaller and takes three times as long.
_LEVEL = 3

_COLUMNS = "url, final_url, source, fetched_at, last_seen, status, headers, size, content"


@dataclass(frozen=True, slots=True)
class RawPage:
    """A page as it was fetched, the source it was fetched for, and when the site last sent the same content."""

    page: Page
    source: str
    last_seen: datetime


def new_compressor() -> zstandard.ZstdCompressor:
    """A compressor for one thread. It is reused, because its tables cost a third of compressing a page."""
    return zstandard.ZstdCompressor(level=_LEVEL)


def keep(db: Database, compressor: zstandard.ZstdCompressor, page: Page, mode: KeepRaw, source: str) -> bool:
    """Keeps the page unless ``mode`` is ``none``; the same content again is not kept twice. True if it was written."""
    if mode == "none" or page.not_modified:
        return False
    content_hash = fingerprint.bytes_hash(page.content)
    seen = values.stamp(page.fetched_at)
    last = db.execute(
        "SELECT id, content_hash FROM pages WHERE url = ? ORDER BY fetched_at DESC, id DESC LIMIT 1", [page.url]
    ).fetchone()
    if last and last[1] == content_hash:
        db.execute("UPDATE pages SET last_seen = ? WHERE id = ?", [seen, last[0]])
        return False
    if mode == "latest":
        db.execute("DELETE FROM pages WHERE url = ?", [page.url])
    compressed = compressor.compress(page.content)
    db.execute(
        "INSERT INTO pages(url, final_url, source, fetched_at, last_seen, status, headers, size, content_hash, content)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [
            page.url,
            page.final_url,
            source,
            seen,
            seen,
            page.status,
            values.to_json(dict(page.headers)),
            len(page.content),
            content_hash,
            compressed,
        ],
    )
    return True


def raw_pages(db: Database, names: Sequence[str]) -> Iterator[RawPage]:
    """The newest page of every URL of these sources (of all, when none is named), oldest first."""
    chosen = f"AND source IN ({', '.join('?' * len(names))})" if names else ""
    rows = db.execute(
        f"SELECT {_COLUMNS} FROM pages AS p"  # noqa: S608
        " WHERE id = (SELECT id FROM pages WHERE url = p.url ORDER BY fetched_at DESC, id DESC LIMIT 1)"
        f" {chosen} ORDER BY id",
        list(names),
    )
    return (_raw_page(row) for row in rows)


def raw_page(db: Database, url: str) -> RawPage | None:
    """The newest page of this URL."""
    row = db.execute(
        f"SELECT {_COLUMNS} FROM pages WHERE url = ? ORDER BY fetched_at DESC, id DESC LIMIT 1",  # noqa: S608
        [url],
    ).fetchone()
    return _raw_page(row) if row else None


def _raw_page(row: Sequence[Any]) -> RawPage:
    url, final_url, source, fetched_at, last_seen, status, headers, size, content = row
    fetched, seen = values.moment(fetched_at), values.moment(last_seen)
    assert fetched is not None
    assert seen is not None
    page = Page(
        url=url,
        final_url=final_url,
        status=status,
        content=zstandard.ZstdDecompressor().decompress(content, max_output_size=size + 1),
        headers=json.loads(headers),
        fetched_at=fetched,
    )
    return RawPage(page, source, seen)
