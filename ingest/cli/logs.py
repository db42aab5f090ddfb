"""Sends the log of the commands that run something to standard error: for eyes, as plain lines, or as JSON."""

from __future__ import annotations

import io
import logging
import sys
from contextlib import suppress
from typing import TYPE_CHECKING, Any, cast

import structlog

from ingest.cli.terminal import plain

if TYPE_CHECKING:
    from collections.abc import MutableMapping
    from typing import TextIO

    from structlog.typing import Processor

    from ingest.cli.options import LogForm

_FIRST = ("timestamp", "level", "event")


class _Unfailing(io.TextIOBase):
    """A stream for a log: a full disk under it, or a reader that is gone, must not end what is logged."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def write(self, text: str) -> int:
        with suppress(OSError):
            self._stream.write(text)
        return len(text)

    def flush(self) -> None:
        with suppress(OSError):
            self._stream.flush()


def log_to_stderr(form: LogForm = "auto", *, debug: bool = False, only_errors: bool = False) -> None:
    """Sets up log lines; what libraries log, from warnings on, looks alike.

    ``debug`` logs more, ``only_errors`` only bugs and what a command cannot go on without.

    ``auto`` is coloured and aligned on a terminal and ``plain`` elsewhere: ``key='value'`` in lines. ``json`` is an
    object in each line, a traceback in its ``exception``.
    """
    level = logging.ERROR if only_errors else logging.DEBUG if debug else logging.INFO
    stream = cast("TextIO", _Unfailing(sys.stderr))
    processors: list[Processor] = [structlog.contextvars.merge_contextvars, structlog.processors.add_log_level]
    last = _for_eyes() if form == "auto" and sys.stderr.isatty() else _for_programs(as_json=form == "json")
    structlog.configure(
        processors=[*processors, *last],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=structlog.PrintLoggerFactory(stream),
        cache_logger_on_first_use=True,
    )
    handler = logging.StreamHandler(stream)
    remove_meta = structlog.stdlib.ProcessorFormatter.remove_processors_meta
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            processors=[remove_meta, *last], foreign_pre_chain=[structlog.stdlib.add_log_level]
        )
    )
    logging.basicConfig(handlers=[handler], level=logging.WARNING, force=True)


def _for_eyes() -> list[Processor]:
    return [
        structlog.processors.TimeStamper(fmt="%H:%M:%S", utc=False),
        _printable,
        # The default would print the local variables of each frame, and with them what is secret.
        structlog.dev.ConsoleRenderer(colors=True, exception_formatter=structlog.dev.plain_traceback),
    ]


def _for_programs(*, as_json: bool) -> list[Processor]:
    if as_json:
        renderer: Processor = structlog.processors.JSONRenderer(ensure_ascii=False, default=str)
    else:
        renderer = structlog.processors.KeyValueRenderer(key_order=_FIRST)
    return [
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.format_exc_info,
        _in_order,
        renderer,
    ]


def _printable(_: Any, __: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Text of web pages must not steer the terminal."""
    return {key: plain(value) if isinstance(value, str) else value for key, value in event.items()}


def _in_order(_: Any, __: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """When, how bad and what come first in each line."""
    return {key: event.pop(key) for key in _FIRST if key in event} | dict(event)
