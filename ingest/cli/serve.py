"""`ingest serve`: runs the service in the foreground."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import click

from ingest.cli.logs import log_to_stderr
from ingest.service import Service

if TYPE_CHECKING:
    from ingest.cli.options import Options


@click.command("serve")
@click.option("--debug", is_flag=True, help="Log more.")
@click.pass_obj
def command(options: Options, debug: bool) -> None:
    """Follow all sources, each at its own pace, until SIGTERM or Ctrl-C.

    sources.yaml is read anew when it has changed, and at SIGHUP; a file with mistakes is reported and the old one kept.
    A second SIGTERM or Ctrl-C ends the service at once.
    """
    log_to_stderr(debug=debug)
    asyncio.run(Service(options.sources, options.db).run())
