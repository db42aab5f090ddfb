"""Index pages as they would arrive, without a server: reading them is pure."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from ingest import discover
from ingest.discover import IndexRequest, IndexResult
from ingest.model import Page, Source

Read = Callable[..., IndexResult]

XML = "text/xml; charset=utf-8"


def page_of(body: str | bytes, url: str, content_type: str = XML) -> Page:
    content = body.encode() if isinstance(body, str) else body
    return Page(url, url, 200, content, {"content-type": content_type}, datetime(2026, 11, 21, tzinfo=UTC))


@pytest.fixture
def page() -> Callable[..., Page]:
    return page_of


@pytest.fixture
def read() -> Read:
    """Reads a body as the given kind of index page of a source on news.example."""

    def read(
        body: str | bytes,
        kind: str,
        *,
        url: str = "https://news.example/index",
        source: Source | None = None,
        content_type: str = XML,
        since: datetime | None = None,
        depth: int = 0,
    ) -> IndexResult:
        source = source or Source("news", "https://news.example/")
        return discover.parse(page_of(body, url, content_type), IndexRequest(url, kind, depth), source, since=since)

    return read
