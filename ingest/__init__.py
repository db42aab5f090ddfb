"""Follows news sites and blogs and keeps what they publish as clean, deduplicated articles in one SQLite file."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ingest.model import Article

__all__ = ["extract"]
__version__ = "0.1.0"


def extract(html: str | bytes, url: str | None = None) -> Article:
    """The article of one page: no network, no database.

    ``html`` is the page, as bytes (the encoding is found out) or text; ``url`` is where it came from, for relative
    links and for the site files. Raises `ingest.errors.ExtractError` if no article can be read from it.
    """
    from ingest.run.extract import extract_page  # noqa: PLC0415 — so that importing the package stays cheap

    return extract_page(html, url or "")
