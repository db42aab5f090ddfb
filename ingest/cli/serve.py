"""`ingest serve`: runs the service in the foreground."""

from __future__ import annotations

import asyncio
import socket
from ipaddress import ip_address
from typing import TYPE_CHECKING

import click
import structlog

from ingest.cli.logs import log_to_stderr
from ingest.cli.options import log_option
from ingest.service import Service

if TYPE_CHECKING:
    from ingest.cli.options import Options

log = structlog.get_logger()


def _address(context: click.Context, parameter: click.Parameter, value: str | None) -> tuple[str, int] | None:
    if value is None:
        return None
    host, _, port = value.rpartition(":")
    host = host.removeprefix("[").removesuffix("]")
    if not host or not (port.isascii() and port.isdigit()) or int(port) > 65_535:
        raise click.BadParameter(f"{value}: write a host and a port, as in 127.0.0.1:9464", context, parameter)
    return host, int(port)


@click.command("serve")
@click.option(
    "--listen", metavar="HOST:PORT", callback=_address, help="Answer /health and /metrics, as at 127.0.0.1:9464."
)
@click.option("--debug", is_flag=True, help="Log each fetch and each decision.")
@log_option
@click.pass_obj
def command(options: Options, listen: tuple[str, int] | None, debug: bool) -> None:
    """Follow all sources, each at its own pace, until SIGTERM or Ctrl-C.

    sources.yaml is read anew when it has changed, and at SIGHUP; a file with mistakes is reported and the old one kept.
    A second SIGTERM or Ctrl-C ends the service at once.
    """
    log_to_stderr(options.log, debug=debug)
    listening = _bound(*listen) if listen else None
    asyncio.run(Service(options.sources, options.db, listening=listening).run())


def _bound(host: str, port: int) -> socket.socket:
    """Raises `click.UsageError` if nobody can listen there: before anything else is done."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        listening = socket.create_server((host, port), family=family)
    except OSError as error:
        reason = (error.strerror or str(error)).partition(" (")[0]
        raise click.UsageError(f"--listen {host}:{port}: {reason}; choose another address") from error
    address, port = listening.getsockname()[:2]
    if not ip_address(address).is_loopback:
        log.warning("anybody who reaches this address can read health and metrics", address=address, port=port)
    log.info("listening", address=address, port=port)
    return listening
