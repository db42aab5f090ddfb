"""`ingest extract`: extraction alone, of one page or of many."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ingest.cli.options import Options, plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime

    from ingest.model import Article, Source

_LARGEST = 50_000_000


@click.command("extract", short_help="The article of one page, or of many; stores nothing.")
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
    """The article of one page: an address, a file, or standard input.

    With --jsonl, many pages: for each line a line {"id", "title", "authors", "published", "text", "page_type",
    "page_type_confidence", "quality"}, in order; of a page that cannot be read {…, "error"}.
    """
    if jsonl:
        with click.open_file(jsonl, encoding="utf-8") as lines:
            _write_lines(lines, generic=generic, jobs=jobs)
        return 0
    from ingest.errors import PageError  # noqa: PLC0415
    from ingest.run.extract import extract_page  # noqa: PLC0415 — heavy

    try:
        content, where, content_type = read_page(page, url, options)
        article = extract_page(content, where, content_type=content_type, generic=generic)
    except PageError as error:
        click.echo(plain(f"{page}: {error}"), err=True)
        return 1
    click.echo(_formatted(article, form))
    return 0


def read_page(page: str, url: str, options: Options, source: Source | None = None) -> tuple[bytes, str, str]:
    """Content, URL and content type of what an address, a path or ``-`` names.

    An address is asked for as a page of the source, if there is one. Raises `PageError` or `click.UsageError`.
    """
    if page.startswith(("http://", "https://")):
        return _get(page, options, source)
    if page == "-":
        return sys.stdin.buffer.read(_LARGEST), url, ""
    try:
        return Path(page).read_bytes(), url, ""
    except OSError as error:
        raise click.UsageError(
            f"{page}: {error.strerror}; name a file, or an address with http:// or https://"
        ) from error


def _get(page: str, options: Options, source: Source | None) -> tuple[bytes, str, str]:
    import asyncio  # noqa: PLC0415 — only an address needs the network

    from ingest.fetch.browser.renderer import Renderer  # noqa: PLC0415 — heavy
    from ingest.fetch.client import Fetcher  # noqa: PLC0415
    from ingest.model import Settings  # noqa: PLC0415

    settings = options.configuration(none_yet=True).settings if options.sources.exists() else Settings()

    async def get() -> tuple[bytes, str, str]:
        async with Fetcher(settings) as fetcher, Renderer(settings, fetcher) as browser:
            answer = await (browser.get(page, source) if source and source.render else fetcher.get(page))
        return answer.content, answer.final_url, answer.headers.get("content-type", "")

    return asyncio.run(get())


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
    """Every field of the article; dates as ISO 8601 in the offset they were written with."""
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


# Many pages


def _write_lines(lines: Iterable[str], *, generic: bool, jobs: int) -> None:
    for answer in _answers(lines, generic=generic, jobs=jobs):
        sys.stdout.write(answer)
        sys.stdout.flush()


def _answers(lines: Iterable[str], *, generic: bool, jobs: int) -> Iterator[str]:
    from functools import partial  # noqa: PLC0415 — only for many pages

    answer = partial(_answer, generic=generic)
    wanted = (line for line in lines if line.strip())
    if jobs == 1:
        yield from map(answer, wanted)
        return
    from concurrent.futures import ProcessPoolExecutor  # noqa: PLC0415 — only for many processes

    with ProcessPoolExecutor(jobs) as pool:
        yield from pool.map(answer, wanted, chunksize=8)


def _answer(line: str, *, generic: bool) -> str:
    """One line out for one line in. A page that cannot be read gives an empty text and its error."""
    from ingest.errors import PageError  # noqa: PLC0415
    from ingest.run.extract import extract_page  # noqa: PLC0415 — heavy

    row: dict[str, Any] = {"id": None, "title": "", "authors": [], "published": None, "text": ""}
    try:
        item = json.loads(line)
        row["id"] = item["id"]
        content = Path(item["path"]).read_bytes()
        article = extract_page(content, item.get("url") or "", generic=generic)
    except PageError as error:
        row["error"] = str(error)
    except (ValueError, KeyError, TypeError, OSError) as error:
        row["error"] = f'no such page ({error}): write lines of {{"id", "url", "path"}}'
    else:
        row |= {
            "title": article.title,
            "authors": list(article.authors),
            "published": _iso(article.published),
            "text": article.text,
            "page_type": article.page_type,
            "page_type_confidence": article.page_type_confidence,
            "quality": article.quality,
        }
    return json.dumps(row, ensure_ascii=False) + "\n"
