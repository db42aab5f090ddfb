"""Serves the health and the metrics of a runtime, with a reader of its own for each look at the database."""

from __future__ import annotations

from contextlib import contextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from ingest.errors import StoreError
from ingest.health.state import health
from ingest.store import Reader

if TYPE_CHECKING:
    import socket
    from collections.abc import Callable, Iterator

    from ingest.run.runtime import Runtime
    from ingest.store.gauges import Gauges


@contextmanager
def monitoring(listening: socket.socket | None, runtime: Runtime, outage: Callable[[], str]) -> Iterator[None]:
    """Answers on a bound socket, if there is one, while the block runs.

    ``outage`` says why the database cannot be used for now; it returns an empty text while it can.
    """
    if listening is None:
        yield
        return
    # Only now: they take a tenth of a second to import.
    from ingest.health.endpoint import serving  # noqa: PLC0415
    from ingest.health.metrics import registry  # noqa: PLC0415

    counters, path = runtime.pipeline.counters, runtime.store.path

    def state() -> tuple[int, dict[str, Any]]:
        trouble = [outage()] if outage() else []
        try:
            with Reader.open(path) as reader:
                standing = reader.standing(datetime.now(UTC))
        except StoreError as error:
            return health(None, [*trouble, str(error)], counters.idle_seconds, counters.silent_seconds)
        return health(standing, trouble, counters.idle_seconds, counters.silent_seconds)

    def gauges() -> Gauges:
        with Reader.open(path) as reader:
            return reader.gauges(datetime.now(UTC))

    with serving(listening, state, registry(counters, lambda: runtime.workers.restarts, gauges)):
        yield
