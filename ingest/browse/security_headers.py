"""Security headers: no script of a stored page is run. A second line of defence behind the sanitiser."""

from __future__ import annotations

import secrets
from collections.abc import Awaitable, Callable
from typing import Any
from urllib.parse import unquote

from ingest.browse.databases import is_ingest_database, serves_only_ingest

#: Key of the ASGI scope that holds the nonce which script tags of the response must have.
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
    """ASGI middleware that adds the headers to pages of our databases, or to all if no other database is served."""

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
    if serves_only_ingest(datasette):
        return True
    path = scope["path"].removeprefix(datasette.setting("base_url").rstrip("/"))
    first = path.lstrip("/").partition("/")[0].partition(".")[0]
    # Datasette writes `~2E` where others write `%2E`.
    return is_ingest_database(datasette, unquote(first.replace("~", "%")))


def _headers(nonce: str) -> list[tuple[bytes, bytes]]:
    return [
        (b"content-security-policy", _POLICY.format(nonce=nonce).encode()),
        (b"x-content-type-options", b"nosniff"),
        (b"referrer-policy", b"no-referrer"),
        (b"x-frame-options", b"DENY"),
    ]
