"""Security headers: nothing that a stored page says is run. They stand behind the sanitiser, and replace none."""

from __future__ import annotations

import secrets
from collections.abc import Awaitable, Callable
from typing import Any
from urllib.parse import unquote

from ingest.browse.databases import all_ours, is_ours

#: Where the request carries the nonce that its scripts must have.
NONCE = "ingest_nonce"

_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'nonce-{nonce}'",
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data:",
        "font-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)

Scope = dict[str, Any]
Send = Callable[[dict[str, Any]], Awaitable[None]]
App = Callable[[Scope, Any, Send], Awaitable[None]]


def wrapper(datasette: Any) -> Callable[[App], App]:
    """ASGI middleware for the pages of our databases, and for all when no other is served."""

    def wrap(app: App) -> App:
        async def guarded(
            scope: dict[str, Any], receive: Any, send: Callable[[dict[str, Any]], Awaitable[None]]
        ) -> None:
            if scope["type"] != "http" or not _is_covered(datasette, scope):
                await app(scope, receive, send)
                return
            nonce = secrets.token_urlsafe(16)

            async def send_guarded(message: dict[str, Any]) -> None:
                if message["type"] == "http.response.start":
                    message = message | {"headers": [*message.get("headers", ()), *_headers(nonce)]}
                await send(message)

            await app(scope | {NONCE: nonce}, receive, send_guarded)

        return guarded

    return wrap


def _is_covered(datasette: Any, scope: Scope) -> bool:
    if all_ours(datasette):
        return True
    path = scope["path"].removeprefix(datasette.setting("base_url").rstrip("/"))
    first = path.lstrip("/").partition("/")[0].partition(".")[0]
    # Datasette writes `~2E` where others write `%2E`.
    return is_ours(datasette, unquote(first.replace("~", "%")))


def _headers(nonce: str) -> list[tuple[bytes, bytes]]:
    return [
        (b"content-security-policy", _POLICY.format(nonce=nonce).encode()),
        (b"x-content-type-options", b"nosniff"),
        (b"referrer-policy", b"no-referrer"),
        (b"x-frame-options", b"DENY"),
    ]
