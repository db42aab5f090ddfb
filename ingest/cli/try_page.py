"""`ingest try`: shows how a page is read, by whom, and what is left out of it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import click

from ingest.cli import further_pages
from ingest.cli.configuration import load_if_present
from ingest.cli.pages import is_address, read_page
from ingest.cli.tables import print_table
from ingest.cli.terminal import plain
from ingest.dedup.urls import same_site
from ingest.errors import PageError
from ingest.model import Source
from ingest.run.explain import explain
from ingest.sources import load

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ingest.article.body import Body
    from ingest.cli.options import Options
    from ingest.model import Article
    from ingest.run.explain import Explanation

_WIDTH = 160


@click.command("try")
@click.argument("page", metavar="URL|FILE")
@click.option("--url", default="", help="Where a FILE came from.")
@click.option("--source", "name", default="", help="Read as a page of this source; else of the first of its site.")
@click.option("--render", is_flag=True, help="Show the page in a browser first, as `render: true` does.")
@click.pass_obj
def command(options: Options, page: str, url: str, name: str, render: bool) -> int:
    """Show how a page is read: what each extractor of the chain answers, by which selector, the dates that were seen,
    what is left out of the body and by whom, and the text. Stores nothing.

    An answer marked * is the one that is taken. Of an article that is read from its address, the further pages are
    fetched and joined, too.
    """
    configuration = load(options.sources, none_yet=True) if name else load_if_present(options.sources)
    if name:
        configuration.named((name,))
    known = configuration.sources
    try:
        asking = _source(known, url or page, name)
        if render:
            asking = replace(asking or Source("preview", page), render=True)
        content, where, content_type = read_page(page, url, options, asking)
        source = _source(known, where, name)
        explanation = explain(content, where, content_type=content_type, source=source)
    except PageError as error:
        click.echo(plain(f"{page}: {error}"), err=True)
        return 1
    _show(explanation, source)
    _show_text(explanation.article, asking if render else source, options if is_address(page) else None)
    return 0


def _source(sources: Iterable[Source], url: str, name: str) -> Source | None:
    for source in sources:
        if source.name == name or (not name and url and same_site(source.url, url)):
            return source
    return None


def _show(explanation: Explanation, source: Source | None) -> None:
    article = explanation.article
    click.echo(plain(article.url or "(no address: name it with --url, and the rules of its site are tried, too)"))
    click.echo(f"read as a page of the source {source.name}" if source else "read as a page of no source")
    click.echo("asked, in this order: " + " → ".join(map(plain, explanation.extractors)))
    click.echo("")
    print_table(
        ("field", "", "answered by", "selector or place", "answer"),
        (
            (answer.field, "*" if answer.won else "", answer.extractor, answer.where, _value(answer.value))
            for answer in explanation.answers
        ),
        no_wrap=("field", ""),
    )
    click.echo("")
    print_table(
        ("date seen", "where", "as written", "read as"),
        (
            (date.field, date.where, date.raw, date.parsed.isoformat() if date.parsed else "—")
            for date in explanation.dates
        ),
    )
    if explanation.body:
        click.echo(f"\nbody: {plain(explanation.body.found_at)}")
        removed = explanation.body.removed()
        if not removed:
            click.echo("nothing was left out of it")
            return
        click.echo("")
        print_table(
            ("left out by", "element", "letters", "its first words"),
            ((each.by, each.element, str(len(each.text)), each.text) for each in removed),
            no_wrap=("letters",),
        )
    else:
        click.echo("\nnobody says what was left out of the body")


def _show_text(article: Article, source: Source | None, options: Options | None) -> None:
    """Prints title and text, with the article's further pages if ``options`` say how they are to be fetched."""
    if article.next_page and options:
        joined = further_pages.join(article, source, options)
        further_pages.show(joined)
        article = joined.article
    click.echo("\n" + plain(article.title) + "\n")
    for paragraph in article.text.splitlines():
        click.echo(plain(paragraph))


def _value(value: object) -> str:
    if hasattr(value, "structure"):
        body: Body = value  # type: ignore[assignment]
        return f"{len(body.text)} letters: {body.text[:_WIDTH]}"
    if isinstance(value, tuple):
        return "; ".join(map(str, value))
    return str(value)
