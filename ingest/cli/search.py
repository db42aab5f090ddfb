"""`ingest search`: searches the full text of the stored articles."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import click

from ingest.cli.terminal import counted, plain
from ingest.store import Reader

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ingest.cli.options import Options
    from ingest.store import Hit

_TITLE_CHARACTERS, _SNIPPET_CHARACTERS = 120, 240


@click.command("search")
@click.argument("words", nargs=-1, required=True, metavar="WORD…")
@click.option("--limit", type=click.IntRange(min=1), default=20, show_default=True)
@click.option("--versions", is_flag=True, help="Search former and held-back texts, too.")
@click.option("--json", "as_json", is_flag=True, help="Print a JSON list.")
@click.pass_obj
def command(options: Options, words: tuple[str, ...], limit: int, versions: bool, as_json: bool) -> None:
    """Search titles, authors and texts; the best matches first. Any input is a search, never an error."""
    with Reader.open(options.existing_database()) as store:
        hits: list[Hit] = store.search(" ".join(words), limit)
        if versions:
            found = {hit["id"] for hit in hits}
            hits += [hit for hit in store.search_versions(" ".join(words), limit) if hit["id"] not in found]
    if as_json:
        click.echo(json.dumps(hits, ensure_ascii=False))
        return
    for hit in hits:
        click.echo(click.style(plain(hit["title"] or hit["url"], _TITLE_CHARACTERS), bold=True))
        day = (hit["published"] or "").partition("T")[0]
        click.echo("  " + "  ".join(filter(None, (day, plain(hit["source"]), plain(hit["url"]), _version(hit)))))
        click.echo("  " + plain(hit["snippet"], _SNIPPET_CHARACTERS))
    click.echo(counted(len(hits), "article") if hits else "nothing found")


def _version(hit: Mapping[str, object]) -> str:
    """Says of a match in a version which one it is."""
    return f"(version {hit['version']} of article {hit['id']})" if "version" in hit else ""
