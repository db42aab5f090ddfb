"""`ingest serve`: the service, in the foreground."""

from __future__ import annotations

import asyncio

import click

from ingest.cli.options import Options, log_to_stderr


@click.command("serve", short_help="The service, in the foreground.")
@click.option("--debug", is_flag=True, help="Log more.")
@click.pass_obj
def command(options: Options, debug: bool) -> None:
    """Follow all sources, each at its own pace, until SIGTERM or Ctrl-C.

    SIGHUP reads sources.yaml anew; a file with mistakes is reported and the old one kept.
    """
    from ingest.service import Service  # noqa: PLC0415 — heavy

    log_to_stderr(debug=debug)
    asyncio.run(Service(options.configuration, options.db).run())
