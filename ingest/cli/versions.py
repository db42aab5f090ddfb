"""`ingest versions`: shows the former texts of an article and those that were held back, and how they differ."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import click

from ingest.cli.differences import differences
from ingest.cli.terminal import counted, plain, stored_time
from ingest.store import Reader

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ingest.cli.options import Options
    from ingest.store import Version

_TITLE_CHARACTERS = 120


@click.command("versions")
@click.argument("article_id", type=int, metavar="ID")
@click.option("--json", "as_json", is_flag=True, help="Print the article and its versions as one JSON object.")
@click.pass_obj
def command(options: Options, article_id: int, as_json: bool) -> None:
    """Show the versions of an article, the newest first: each former text, and what was held back with its reason.

    For each it says what differs from the text that is stored now, word by word: [-removed-] and {+added+}, in colours
    on a terminal. `ingest revert ID VERSION` puts one back.
    """
    with Reader.open(options.existing_database()) as store:
        article = store.article(article_id)
        if article is None:
            raise click.UsageError(f"{article_id}: no such article; `ingest search` and `ingest export` show ids")
        if as_json:
            click.echo(json.dumps({"article": article, "versions": store.version_rows(article_id)}, ensure_ascii=False))
            return
        versions = store.versions(article_id)
    for line in _lines(article, versions):
        click.echo(line)


def _lines(article: dict[str, Any], versions: Sequence[Version]) -> Iterator[str]:
    yield click.style(f"article {article['id']}: {plain(article['title'], _TITLE_CHARACTERS)}", bold=True)
    yield f"  {plain(article['url'])}"
    yield f"  as read since {stored_time(article['last_changed'])} UTC; {counted(len(versions), 'version')}"
    for version in versions:
        yield ""
        yield click.style(f"version {version['id']}: {plain(version['title'], _TITLE_CHARACTERS)}", bold=True)
        yield f"  {_what(version)}"
        yield from differences(_of(version), _of(article))


def _what(version: Version) -> str:
    if version["held_back"]:
        return f"held back ({plain(version['held_back'])}), last read {stored_time(version['seen_at'])} UTC"
    return f"the article as read until {stored_time(version['seen_at'])} UTC"


def _of(text: Any) -> str:
    return f"{text['title']}\n\n{text['text']}"
