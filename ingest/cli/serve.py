"""`ingest serve`: runs the service in the foreground."""

from __future__ import annotations

import asyncio
from functools import partial
from typing import TYPE_CHECKING

import click

from ingest.cli.logs import log_to_stderr
from ingest.service import Service
from ingest.sources import load

if TYPE_CHECKING:
    from ingest.cli.options import Options


@click.command("serve")
@click.option("--debug", is_flag=True, help="Log more.")
@click.pass_obj
def command(options: Options, debug: bool) -> None:
    """Follow all sources, each at its own pace, until SIGTERM or Ctrl-C.

    SIGHUP reads sources.yaml anew; a file with mistakes is reported and the old one kept.
    """
    log_to_stderr(debug=debug)
    asyncio.run(Service(partial(load, options.sources), options.db).run())
