"""Status and header fields of a response: content, redirect, failure, or Retry-After."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING

from ingest.errors import FetchError

if TYPE_CHECKING:
    from collections.abc import Iterable

#: A longer Retry-After is shortened to this.
LONGEST_RETRY_AFTER_SECONDS = 86_400.0
REDIRECTS = frozenset({301, 302, 303, 307, 308})
PERMANENT_REDIRECTS = frozenset({301, 308})
#: The fields that later steps read. Their values are untrusted, and cut to a length.
_KEPT: tuple[str, ...] = (
    "age",
    "cache-control",
    "content-language",
    "content-location",
    "content-type",
    "date",
    "etag",
    "expires",
)
_KEPT += ("last-modified", "link", "x-robots-tag", "x-wp-total", "x-wp-totalpages")
_KEPT_CHARACTERS = 4096
_LISTS = frozenset({"cache-control", "content-encoding", "link", "x-robots-tag"})
_NOT_PAGES = re.compile(
    r"(?:image|audio|video|font|model)/"
    r"|application/(?:pdf|zip|x-7z-compressed|x-rar|vnd\.rar|x-tar|msword|rtf|epub\+zip|java-archive|wasm"
    r"|vnd\.openxmlformats-|vnd\.oasis\.|vnd\.ms-|vnd\.apple\.|x-shockwave-flash|x-msdownload|ogg)"
)
_NUMBER = re.compile(r"[0-9]{1,400}")
_HIGH_BYTE = re.compile(rb"[\x80-\xff]")
_AUTH = frozenset({401, 403, 407})


@dataclass(frozen=True, slots=True)
class ResponseHead:
    """Status and header fields of one response; names in lower case, values decoded as Latin-1, byte by character."""

    status: int
    fields: dict[str, list[str]]

    @classmethod
    def of(cls, status: int, raw: Iterable[tuple[bytes, bytes]]) -> ResponseHead:
        fields: dict[str, list[str]] = {}
        for name, value in raw:
            fields.setdefault(name.decode("latin-1").lower(), []).append(value.decode("latin-1"))
        return cls(status, fields)

    def first(self, name: str) -> str:
        return self.fields.get(name, [""])[0]

    def joined(self, name: str) -> str:
        return ", ".join(self.fields.get(name, ()))

    @property
    def kept(self) -> dict[str, str]:
        """The fields that are passed on with the page."""
        present = (name for name in _KEPT if name in self.fields)
        return {
            name: (self.joined(name) if name in _LISTS else self.first(name))[:_KEPT_CHARACTERS] for name in present
        }

    @property
    def length(self) -> int:
        """Content-Length in bytes, 0 if there is none or it is not a plain number."""
        return int(self.first("content-length")) if _NUMBER.fullmatch(self.first("content-length")) else 0

    @property
    def location(self) -> str:
        """The Location field. Sites send UTF-8 and other encodings in it, though only ASCII is allowed."""
        sent = self.first("location").encode("latin-1")
        try:
            return sent.decode("utf-8")
        except UnicodeDecodeError:
            return _HIGH_BYTE.sub(lambda match: b"%%%02X" % match[0][0], sent).decode("ascii")


def raise_for_status(head: ResponseHead, url: str, *, conditional: bool, now: datetime) -> None:
    """Raises FetchError unless the response is content, a redirect with a Location, or a 304 that was asked for."""
    status = head.status
    if status in REDIRECTS:
        if not head.location:
            raise FetchError(url, "http_3xx", f"{status} without saying where to", status=status)
    elif status == 304:
        if not conditional:
            raise FetchError(url, "protocol", "304 (not modified) to a request that had no condition", status=304)
    elif status == 206:
        raise FetchError(url, "protocol", "206: a part of the page, which was not asked for", status=206)
    elif not 200 <= status < 300:
        raise _failure(head, url, now)
    elif _NOT_PAGES.match(head.first("content-type").strip().lower()):
        shown = re.sub(r"[^\w/.+-]", "", head.first("content-type").partition(";")[0], flags=re.ASCII)[:80]
        raise FetchError(url, "unsupported_type", f"{shown} is not a page", status=status)


def retry_after(value: str, now: datetime) -> float | None:
    """Seconds to wait, 0 to a day, by a ``Retry-After`` in either form, number or date; None if it is neither."""
    value = value.strip()
    if _NUMBER.fullmatch(value):
        return min(float(value), LONGEST_RETRY_AFTER_SECONDS)
    if not value.endswith(("GMT", "UTC", "+0000")):
        return None
    try:
        moment = parsedate_to_datetime(value)
    except (ValueError, OverflowError):
        return None
    seconds = (moment.replace(tzinfo=moment.tzinfo or UTC) - now).total_seconds()
    return min(max(seconds, 0.0), LONGEST_RETRY_AFTER_SECONDS)


def _failure(head: ResponseHead, url: str, now: datetime) -> FetchError:
    status = head.status
    wait = retry_after(head.first("retry-after"), now)
    if status == 429 or (status == 503 and wait is not None):
        until = "for a while" if wait is None else f"until {now + timedelta(seconds=wait):%Y-%m-%d %H:%M} UTC"
        message = f"{status}: the site asked to be left alone {until}"
        return FetchError(url, "rate_limited", message, status=status, retry_after=wait)
    if status == 410:
        return FetchError(url, "gone", "410: removed for good", status=status)
    if status in _AUTH:
        return FetchError(url, "auth", f"{status}: the site wants a login, or refuses programs", status=status)
    if status < 400:
        return FetchError(url, "http_3xx", f"{status}: a redirect that cannot be followed", status=status)
    if status < 500:
        reason = "there is no such page" if status == 404 else "the server refused the request"
        return FetchError(url, "http_4xx", f"{status}: {reason}", status=status)
    return FetchError(url, "http_5xx", f"{status}: the server failed", status=status, retry_after=wait)
