"""Sends the log of the commands that run something to standard error."""

from __future__ import annotations

import logging
import sys

import structlog


def log_to_stderr(*, debug: bool = False) -> None:
    """Sets up log lines for an operator: coloured on a terminal, ``key=value`` elsewhere."""
    tty = sys.stderr.isatty()
    renderer = (
        structlog.dev.ConsoleRenderer(colors=tty)
        if tty
        else structlog.processors.KeyValueRenderer(key_order=["timestamp", "level", "event"])
    )
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.format_exc_info,
            renderer,
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.DEBUG if debug else logging.INFO),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=True,
    )
    for noisy in ("httpx", "httpcore", "apscheduler"):
        logging.getLogger(noisy).setLevel(logging.WARNING)
