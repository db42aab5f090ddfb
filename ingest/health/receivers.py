"""Delivers one event to one receiver: by POST to a webhook, or on the standard input of a command. Retries nothing."""

from __future__ import annotations

import asyncio
import hmac
import json
import os
import signal
from collections.abc import Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

import httpx

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from ingest.model import Notification, Receiver

#: Answers that refuse this one event, as it is; any other failure is taken for one of the receiver.
_REFUSALS = frozenset({400, 409, 413, 414, 415, 422, 431})
#: Bytes of an answer that are read so that its connection can be used again.
_DRAIN_BYTES = 8 * 1024
_DRAIN_SECONDS = 0.5


@dataclass(frozen=True, slots=True)
class Failure:
    """Why a receiver has not acknowledged an event; nothing in it is secret."""

    reason: str
    refused: bool = False
    """The receiver is there, and refuses this event; the next one may be welcome."""


Deliver = Callable[[bytes], Awaitable[Failure | None]]
"""Delivers the body of one event; None if the receiver has acknowledged it."""


def body(notification: Notification) -> bytes:
    """The JSON object that a receiver gets."""
    head = {"id": notification.id, "event": notification.event, "at": notification.at, "source": notification.source}
    return json.dumps(head | json.loads(notification.details), ensure_ascii=False).encode()


def signature(secret: str, content: bytes) -> str:
    """The value of ``X-Ingest-Signature``: HMAC-SHA256 over the body, in hexadecimal digits."""
    return "sha256=" + hmac.digest(secret.encode(), content, "sha256").hex()


@asynccontextmanager
async def connected(receiver: Receiver, seconds: float) -> AsyncIterator[Deliver]:
    """Yields what delivers one body within so many seconds.

    A webhook gets a client of its own: no redirects, no proxies of the environment. It has nothing to do with the
    client that fetches pages: an operator's own address need not be public.
    """
    if receiver.command:
        yield partial(_run, receiver, seconds)
        return
    verify = httpx.create_ssl_context()
    async with httpx.AsyncClient(verify=verify, trust_env=False, follow_redirects=False, timeout=seconds) as client:
        yield partial(_post, client, receiver, seconds)


async def _post(client: httpx.AsyncClient, receiver: Receiver, seconds: float, content: bytes) -> Failure | None:
    """Any 2xx is an acknowledgement."""
    headers = {"Content-Type": "application/json", "User-Agent": "ingest"}
    if receiver.secret:
        headers["X-Ingest-Signature"] = signature(receiver.secret, content)
    try:
        async with (
            asyncio.timeout(seconds),
            client.stream("POST", receiver.webhook, content=content, headers=headers) as response,
        ):
            status = response.status_code
            if 200 <= status < 300:
                await _drain(response)
                return None
            return Failure(f"status {status}", refused=status in _REFUSALS)
    except TimeoutError:
        return Failure(f"no answer within {seconds:g} s")
    except (httpx.HTTPError, httpx.InvalidURL, OSError) as error:
        # The message may repeat the URL.
        return Failure(type(error).__name__)


async def _run(receiver: Receiver, seconds: float, content: bytes) -> Failure | None:
    """Status 0 is an acknowledgement. A command that takes too long is killed, with the processes that it started."""
    try:
        process = await asyncio.create_subprocess_exec(
            *receiver.command,
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.DEVNULL,
            stderr=asyncio.subprocess.DEVNULL,
            start_new_session=True,
        )
    except (OSError, ValueError) as error:
        return Failure(f"cannot be started: {type(error).__name__}")
    try:
        async with asyncio.timeout(seconds):
            await process.communicate(content)
    except TimeoutError:
        return Failure(f"no end within {seconds:g} s")
    finally:
        if process.returncode is None:
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            await process.wait()
    return None if process.returncode == 0 else Failure(f"exit status {process.returncode}", refused=True)


async def _drain(response: httpx.Response) -> None:
    """Reads what is left of a short answer; a long or slow one is dropped, with its connection."""
    received = 0
    with suppress(TimeoutError, httpx.HTTPError):
        async with asyncio.timeout(_DRAIN_SECONDS):
            async for data in response.aiter_raw():
                received += len(data)
                if received > _DRAIN_BYTES:
                    return
