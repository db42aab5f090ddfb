"""Reads the page that an argument of a command names: by its address, as a file, or ``-`` for standard input."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from ingest.cli.options import Options
    from ingest.model import Source

_BYTES_OF_STANDARD_INPUT = 50_000_000


def is_address(page: str) -> bool:
    """Tells whether the argument of a command names a page on the web rather than a file."""
    return page.startswith(("http://", "https://"))


def read_page(page: str, url: str, options: Options, source: Source | None = None) -> tuple[bytes, str, str]:
    """Returns content, URL and content type of the page that an address, a path or ``-`` names.

    ``url`` is where a file came from. An address is fetched as a page of the source, if there is one. Raises
    `PageError`, or `click.UsageError` for a file that cannot be read.
    """
    if is_address(page):
        # HTTP and sources.yaml take longer to import than an article to extract, and a file needs neither.
        from ingest.cli.fetching import fetch_page  # noqa: PLC0415

        fetched = fetch_page(page, options, source)
        return fetched.content, fetched.final_url, fetched.headers.get("content-type", "")
    if page == "-":
        return sys.stdin.buffer.read(_BYTES_OF_STANDARD_INPUT), url, ""
    try:
        return Path(page).read_bytes(), url, ""
    except OSError as error:
        raise click.UsageError(
            f"{page}: {error.strerror}; name a file, or an address with http:// or https://"
        ) from error
