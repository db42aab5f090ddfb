"""`ingest browse`: serves the database with Datasette."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from ingest.browse import serve

if TYPE_CHECKING:
    from ingest.cli.options import Options


@click.command("browse")
@click.option("--port", type=click.IntRange(0, 65535), default=8001, show_default=True)
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--open", "open_browser", is_flag=True, help="Open a web browser, too.")
@click.pass_obj
def command(options: Options, port: int, host: str, open_browser: bool) -> None:
    """Browse and search the articles with Datasette, also while `fetch` or `serve` is writing."""
    serve(options.existing_database(), port=port, host=host, open_browser=open_browser)
