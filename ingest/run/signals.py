"""What SIGTERM and Ctrl-C do to a command: the first ends it in good order, the second at once."""

from __future__ import annotations

import asyncio
import signal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

_STOPPING = (signal.SIGTERM, signal.SIGINT)


def stop_on_signal(stop: Callable[[], object]) -> None:
    """Calls ``stop`` at the first SIGTERM or SIGINT. Any further one ends the process, whatever it is doing.

    The kernel does that, not the event loop, which may be busy. Nothing that was acknowledged is lost, and worker
    processes end with the process that started them.
    """
    loop = asyncio.get_running_loop()

    def first() -> None:
        for number in _STOPPING:
            loop.remove_signal_handler(number)
            signal.signal(number, signal.SIG_DFL)
        stop()

    for number in _STOPPING:
        loop.add_signal_handler(number, first)
