"""The table ``pages`` of the second file: raw pages, compressed, so that later extractors can be applied to them."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

import zstandard

from ingest.dedup import fingerprint
from ingest.errors import ExtractError
from ingest.model import KeepRaw, Page
from ingest.store import values

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sqlite_utils import Database

#: Level 6 is 7 % smaller and takes three times as long.
_LEVEL = 3

#: What `of_row` reads a page from.
COLUMNS = "url, source, final_url, fetched_at, last_seen, status, headers, size, content_hash, content"


@dataclass(frozen=True, slots=True)
class RawPage:
    """A row of ``pages``: the page is decompressed, and compared with its hash, when it is asked for."""

    url: str
    source: str
    row: Sequence[Any]

    @property
    def page(self) -> Page:
        """The page as it was fetched. Raises `ExtractError` if the row is damaged."""
        final_url, fetched_at, _, status, headers, size, content_hash, content = self.row
        try:
            page = Page(
                url=self.url,
                final_url=final_url,
                status=status,
                content=zstandard.ZstdDecompressor().decompress(content, max_output_size=size + 1),
                headers=json.loads(headers),
                fetched_at=_time(fetched_at),
            )
        except (zstandard.ZstdError, ValueError, TypeError) as error:
            raise ExtractError(self.url, "decode", f"the kept page is damaged: {error}") from error
        if fingerprint.bytes_hash(page.content) != content_hash:
            raise ExtractError(self.url, "decode", "the kept page is damaged: its hash is another one")
        return page

    @property
    def last_seen(self) -> datetime:
        """When the site last sent the same content. Raises `ExtractError` if the row is damaged."""
        try:
            return _time(self.row[2])
        except (ValueError, TypeError) as error:
            raise ExtractError(self.url, "decode", f"the kept page is damaged: {error}") from error


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
        f"SELECT {COLUMNS} FROM pages AS p"  # noqa: S608
        " WHERE id = (SELECT id FROM pages WHERE url = p.url ORDER BY fetched_at DESC, id DESC LIMIT 1)"
        f" {chosen} ORDER BY id",
        list(names),
    )
    return (of_row(row) for row in rows)


def raw_page(db: Database, url: str) -> RawPage | None:
    """The newest page of this URL."""
    row = db.execute(
        f"SELECT {COLUMNS} FROM pages WHERE url = ? ORDER BY fetched_at DESC, id DESC LIMIT 1",  # noqa: S608
        [url],
    ).fetchone()
    return of_row(row) if row else None


def of_row(row: Sequence[Any]) -> RawPage:
    """A page of the values of `COLUMNS`."""
    url, source, *rest = row
    return RawPage(url, source, rest)


def _time(stamp: str) -> datetime:
    return datetime.fromisoformat(stamp)
