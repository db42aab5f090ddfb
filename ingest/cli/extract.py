"""`ingest extract`: prints the article of one page, without a database."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import click

from ingest.cli.extract_lines import extract_lines
from ingest.cli.pages import read_page
from ingest.cli.terminal import plain
from ingest.errors import PageError
from ingest.run.acceptance import check_wall
from ingest.run.extract import extract_page

if TYPE_CHECKING:
    from datetime import datetime

    from ingest.cli.options import Options
    from ingest.model import Article


@click.command("extract")
@click.argument("page", default="-", metavar="[URL|FILE|-]")
@click.option("--url", default="", help="Where a FILE or standard input came from.")
@click.option(
    "--format", "form", type=click.Choice(["text", "json", "markdown", "html"]), default="text", show_default=True
)
@click.option("--jsonl", metavar="FILE", help='Lines {"id", "url", "path"} in (- for standard input), a line each out.')
@click.option("--generic", is_flag=True, help="Leave what is known of single sites out.")
@click.option("--jobs", type=click.IntRange(min=1), default=1, show_default=True, help="Processes, with --jsonl.")
@click.pass_obj
def command(options: Options, page: str, url: str, form: str, jsonl: str | None, generic: bool, jobs: int) -> int:
    """Print the article of one page: an address, a file, or standard input.

    A page that asks for consent, a login, a subscription, … in place of an article ends with status 1.

    With --jsonl, many pages are read: each line is answered, in order, by a line {"id", "title", "authors",
    "published", "text", "page_type", "page_type_confidence", "quality"}, or {…, "error"} if its page cannot be read.
    """
    if jsonl:
        with click.open_file(jsonl, encoding="utf-8") as lines:
            for answer in extract_lines(lines, generic=generic, jobs=jobs):
                sys.stdout.write(answer)
                sys.stdout.flush()
        return 0
    try:
        content, where, content_type = read_page(page, url, options)
        article = extract_page(content, where, content_type=content_type, generic=generic)
        check_wall(article)
    except PageError as error:
        click.echo(plain(f"{page}: {error}"), err=True)
        if form == "json":
            click.echo(json.dumps({"url": error.url, "error": error.code, "message": error.message}, indent=2))
        return 1
    click.echo(_formatted(article, form))
    return 0


def _formatted(article: Article, form: str) -> str:
    match form:
        case "json":
            return json.dumps(as_json(article), ensure_ascii=False, indent=2)
        case "markdown":
            return f"# {article.title}\n\n{article.body.markdown}"
        case "html":
            return article.html
        case _:
            return "\n\n".join(filter(None, (article.title, article.text)))


def as_json(article: Article) -> dict[str, Any]:
    """Returns every field of the article; dates as ISO 8601 in the offset they were written with."""
    fields = {name: getattr(article, name) for name in article.__dataclass_fields__ if name not in {"body", "dates"}}
    dates = [{**asdict(date), "parsed": _iso(date.parsed)} for date in article.dates]
    return {
        **fields,
        "published": _iso(article.published),
        "modified": _iso(article.modified),
        "origins": dict(article.origins),
        "dates": dates,
        "text": article.text,
        "html": article.html,
    }


def _iso(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None
