"""What can go wrong, and what an operator can do about each; nothing here acts on it.

    IngestError
    ├── SourcesError      sources.yaml is wrong: the operator mends it; every mistake at once
    ├── StoreError        the database cannot be used
    └── PageError         something about one URL; becomes a row that can be browsed
        ├── FetchError    it did not arrive: try again later
        ├── DiscoverError it arrived, but no links could be read from it
        └── ExtractError  it arrived, but no article could be read from it; the raw page is kept

Anything else that is raised is a bug: it gets a traceback in the log, its link is set aside, the rest goes on.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

#: Every error class that a row, an exit report or a log line can name, with what an operator can do.
ERROR_CLASSES: dict[str, str] = {
    "connect": "The host could not be reached or its name not resolved. Check the URL and the network.",
    "tls": "The certificate or the TLS handshake was refused. Nothing was sent. The site has to renew its certificate.",
    "timeout": "The server did not finish within `settings.deadline`. Raise it if that is always so.",
    "protocol": "The answer broke the rules of HTTP. Nothing of it was used; it is tried again.",
    "truncated": "The answer ended before its announced end. Nothing of it was used; it is tried again.",
    "too_large": "The answer is larger than `settings.max_bytes` once decoded. Raise it if the page is worth it.",
    "decode": "The content coding (gzip, br, …) was broken, unknown or nested too deeply.",
    "encoding": "The bytes could not be read as text in any plausible character encoding.",
    "blocked_address": "The name leads to a non-public address. If intended, add it to `settings.allow_addresses`.",
    "bad_url": "The URL cannot be read in one way only. Correct it, or report the page that links it.",
    "bad_scheme": "Only http and https are fetched.",
    "foreign_host": "The link leads to a host that is not the source's own; it is not followed.",
    "robots": "The site's robots.txt does not allow it. Ask the site, or drop the source.",
    "rate_limited": "The site asked us to come back later (429, or 503 with Retry-After); we do.",
    "auth": "The site wants a login (401, 403, 407). Its open pages go on.",
    "gone": "The page was removed for good (410, or 404 several times). It is not asked for again.",
    "http_3xx": "A redirect without a usable target.",
    "http_4xx": "The server refused the request. Check the URL in a browser.",
    "http_5xx": "The server failed. It is tried again.",
    "too_many_redirects": "The redirects did not come to an end.",
    "unsupported_type": "The answer is not a page (an image, a PDF, a video, …).",
    "not_a_feed": "What the source's URL serves is not what its `kind` says. Try `kind: auto`.",
    "not_an_article": "The page is a listing, a section front or a stub, not an article.",
    "empty": "The answer, or the text of the article in it, was empty, or an error page came with status 200.",
    "parse": "The page could not be parsed within its time or depth. The raw page is kept.",
    "extract": "An extractor failed on the page; the traceback is in the log and the raw page is kept.",
    "browser": "No browser could be started for a source with `render: true`. The message says what to install.",
    "depth": "Sitemaps or pages refer to each other too deeply.",
    "budget": "The source's share of requests for this run was used up; it goes on in the next one.",
    "too_many_sitemaps": "The sitemap index names more sitemaps than are read in one run.",
}


class IngestError(Exception):
    """Base of all expected failures. ``code`` is a key of `ERROR_CLASSES` where the failure concerns a page."""

    code: str = ""


@dataclass(frozen=True, slots=True, order=True)
class Mistake:
    """One mistake in ``sources.yaml``: where it stands and what to write instead."""

    file: str
    line: int
    """0 for what stands on no line of it."""
    key: str
    advice: str

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}" if self.line else self.file
        return ": ".join(part for part in (place, self.key, self.advice) if part)


class SourcesError(IngestError):
    """``sources.yaml`` cannot be used. ``mistakes`` holds all of them, in the order of their lines."""

    def __init__(self, mistakes: list[Mistake]) -> None:
        self.mistakes = sorted(mistakes)
        super().__init__("\n".join(str(mistake) for mistake in self.mistakes))


class StoreError(IngestError):
    """The database cannot be opened, read or written; the message says which file and what to do."""


class PageError(IngestError):
    """Something about one URL. ``message`` is one line, without control characters, for an operator."""

    def __init__(self, url: str, code: str, message: str) -> None:
        if code not in ERROR_CLASSES:
            raise ValueError(f"unknown error class {code!r}")
        super().__init__(url, code, message)
        self.url = url
        self.code = code
        self.message = message

    def __str__(self) -> str:
        return f"{self.code}: {self.message}"

    def bare(self) -> Self:
        """This error without the way it came: whoever keeps it would keep the pages that those frames hold."""
        self.__traceback__ = self.__cause__ = self.__context__ = None
        return self


class FetchError(PageError):
    """The page did not arrive. ``status`` is the HTTP status if there was one; ``retry_after`` is in seconds."""

    def __init__(
        self, url: str, code: str, message: str, *, status: int | None = None, retry_after: float | None = None
    ) -> None:
        super().__init__(url, code, message)
        self.status = status
        self.retry_after = retry_after

    def __reduce__(self) -> tuple[object, ...]:
        return _fetch_error, (self.url, self.code, self.message, self.status, self.retry_after)


class DiscoverError(PageError):
    """The page arrived, but no links could be read from it."""


class ExtractError(PageError):
    """The page arrived, but no article could be read from it."""


def _fetch_error(url: str, code: str, message: str, status: int | None, retry_after: float | None) -> FetchError:
    """Exceptions with keyword arguments need this to travel between processes."""
    return FetchError(url, code, message, status=status, retry_after=retry_after)
