"""Fetches, joins and lists, for `ingest try`, the further pages of an article that was read from its address."""

from __future__ import annotations

import asyncio
from functools import partial
from typing import TYPE_CHECKING

import click

from ingest.cli.configuration import load_if_present
from ingest.cli.fetching import page_client
from ingest.cli.terminal import plain
from ingest.extraction.pagination.follow import follow
from ingest.run.extract import extract_page

if TYPE_CHECKING:
    from ingest.cli.options import Options
    from ingest.extraction.pagination.follow import JoinedArticle
    from ingest.model import Article, Page, Source


def join(article: Article, source: Source | None, options: Options) -> JoinedArticle:
    """Joins the article with the further pages that it proposes, which are fetched one after the other."""

    async def read(page: Page) -> Article:
        content_type = page.headers.get("content-type", "")
        return extract_page(page.content, page.final_url, content_type=content_type, source=source)

    async def run() -> JoinedArticle:
        async with page_client(load_if_present(options.sources).settings) as client:
            return await follow(article, partial(client.get, source=source), read)

    return asyncio.run(run())


def show(joined: JoinedArticle) -> None:
    """Prints which pages there are, and why there are no more of them."""
    click.echo(f"\njoined from {joined.article.pages} pages; those after the first:")
    for page in joined.later:
        click.echo(plain(page.url))
    if joined.gap:
        click.echo(plain(f"missing from here on: {joined.gap.url}: {joined.gap}"))
