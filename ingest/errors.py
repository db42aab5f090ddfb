"""The expected failures as exceptions, and one table of what each error class means. Nothing here acts on it.

    IngestError
    ├── SourcesError            sources.yaml is wrong: the operator corrects it; all mistakes are reported at once
    ├── StoreError              the database cannot be used
    │   └── DamagedError        its file is damaged: nothing more is written to it until an operator has mended it
    └── PageError               something about one URL; becomes a row that can be browsed
        ├── FetchError          the page did not arrive: it is tried again later
        │   └── HostPausedError nobody was asked, because the host still wants to be left alone
        ├── DiscoverError       the page arrived, but no links could be read from it
        └── ExtractError        the page arrived, but no article could be read from it; the raw page is kept

Any other exception is a bug: its traceback goes to the log, its link is set aside, and the run goes on.

A new error class is one line of `ERROR_CLASSES` and its row in docs/operating.md.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Self, TypeVar

if TYPE_CHECKING:
    from collections.abc import Mapping


E = TypeVar("E", bound=Exception)


@dataclass(frozen=True, slots=True)
class ErrorClass:
    """What one kind of failure means for the parts that act on it."""

    advice: str
    """What happened and what an operator can do; docs/operating.md repeats it word for word."""
    transient: bool = False
    """May be over tomorrow: the source backs off by half a step, and a link gets more attempts."""
    refusal: bool = False
    """A decision that nobody takes back within the hour: the source backs off by two steps."""
    skip: bool = False
    """The page is none that we keep: its link is skipped, which is no failure."""
    permanent: bool = False
    """Asking again would not help: an article whose later page fails like this is complete as far as it goes."""
    host_wide: bool = False
    """Any other URL of the host would fail as well: a source's index page gets no fallback there."""
    unreachable: bool = False
    """The host cannot be talked to: when its robots.txt fails like this, so does the page, instead of as ``robots``."""
    patient: bool = False
    """May end on any day, also after months: the link is never given up, and requested ever more seldom."""
    next_backfill: bool = False
    """An index page of a backfill that fails like this stays for the next backfill instead of being given up."""


#: Every error class that a row, an exit report or a log line can name.
ERROR_CLASSES: Mapping[str, ErrorClass] = {
    "connect": ErrorClass(
        "The host could not be reached or its name not resolved. Check the URL and the network.",
        transient=True,
        host_wide=True,
        unreachable=True,
        next_backfill=True,
    ),
    "tls": ErrorClass(
        "The certificate or the TLS handshake was refused. Nothing was sent. The site has to renew its certificate.",
        host_wide=True,
        unreachable=True,
        next_backfill=True,
    ),
    "timeout": ErrorClass(
        "The server did not finish within `settings.deadline`. Raise it if that is always so.",
        transient=True,
        host_wide=True,
        next_backfill=True,
    ),
    "protocol": ErrorClass(
        "The answer broke the rules of HTTP. Nothing of it was used; it is tried again.",
        transient=True,
        host_wide=True,
        unreachable=True,
        next_backfill=True,
    ),
    "truncated": ErrorClass(
        "The answer ended before its announced end. Nothing of it was used; it is tried again.",
        transient=True,
        next_backfill=True,
    ),
    "too_large": ErrorClass(
        "The answer is larger than `settings.max_bytes` once decoded. Raise it if the page is worth it.",
        permanent=True,
    ),
    "decode": ErrorClass("The content coding (gzip, br, …) was broken, unknown or nested too deeply."),
    "encoding": ErrorClass("The bytes could not be read as text in any plausible character encoding."),
    "blocked_address": ErrorClass(
        "The name leads to a non-public address. If intended, add it to `settings.allow_addresses`.",
        refusal=True,
        permanent=True,
        host_wide=True,
        unreachable=True,
    ),
    "bad_url": ErrorClass(
        "The URL cannot be read in one way only. Correct it, or report the page that links it.",
        permanent=True,
        host_wide=True,
    ),
    "bad_scheme": ErrorClass("Only http and https are fetched.", skip=True, permanent=True, host_wide=True),
    "foreign_host": ErrorClass(
        "The link leads to a host that is not the source's own; it is not followed.", skip=True, permanent=True
    ),
    "robots": ErrorClass(
        "The site's robots.txt does not allow it. Ask the site, or drop the source.",
        refusal=True,
        skip=True,
        permanent=True,
    ),
    "rate_limited": ErrorClass(
        "The site asked us to come back later (429, or 503 with Retry-After); we do.",
        transient=True,
        host_wide=True,
        next_backfill=True,
    ),
    "auth": ErrorClass("The site wants a login (401, 403, 407). Its open pages go on.", refusal=True, permanent=True),
    "gone": ErrorClass(
        "The page was removed for good (410, or 404 several times). Its article stays, marked by `gone_at`; the page is"
        " asked for again after 1, 3, 7, 30 and 90 days.",
        permanent=True,
    ),
    "http_3xx": ErrorClass("A redirect without a usable target."),
    "http_4xx": ErrorClass("The server refused the request. Check the URL in a browser.", permanent=True),
    "http_5xx": ErrorClass("The server failed. It is tried again.", transient=True, next_backfill=True),
    "too_many_redirects": ErrorClass("The redirects did not come to an end."),
    "unsupported_type": ErrorClass(
        "The answer is not a page (an image, a PDF, a video, …).", skip=True, permanent=True
    ),
    "not_a_feed": ErrorClass("What the source's URL serves is not what its `kind` says. Try `kind: auto`."),
    "not_an_article": ErrorClass(
        "The page is a listing, a section front or a stub, not an article.", skip=True, permanent=True
    ),
    "empty": ErrorClass(
        "The answer, or the text of the article in it, was empty, or an error page came with status 200.",
        permanent=True,
    ),
    "wall": ErrorClass(
        "The page asks for consent, a login, a subscription, … in place of an article. It is asked for again, ever more"
        " seldom. If all pages of a source do so, it may have a feed with the whole texts (`content: feed`).",
        patient=True,
    ),
    "parse": ErrorClass("The page could not be parsed within its time or depth. The raw page is kept.", permanent=True),
    "extract": ErrorClass("An extractor failed on the page; the traceback is in the log and the raw page is kept."),
    "browser": ErrorClass(
        "No browser could be started for a source with `render: true`. The message says what to install."
    ),
    "depth": ErrorClass("Sitemaps or pages refer to each other too deeply.", permanent=True),
    "budget": ErrorClass("The source's share of requests for this run was used up; it goes on in the next one."),
    "too_many_sitemaps": ErrorClass("The sitemap index names more sitemaps than are read in one run."),
}


class IngestError(Exception):
    """Base of all expected failures."""


@dataclass(frozen=True, slots=True, order=True)
class Mistake:
    """One mistake in ``sources.yaml``: its file, line and key, and what to write instead."""

    file: str
    line: int
    """Counted from 1; 0 for a mistake that has no line, such as a missing key."""
    key: str
    advice: str

    def __str__(self) -> str:
        position = f"{self.file}:{self.line}" if self.line else self.file
        return ": ".join(part for part in (position, self.key, self.advice) if part)


class SourcesError(IngestError):
    """``sources.yaml`` cannot be used. ``mistakes`` holds all its mistakes, in the order of their lines."""

    def __init__(self, mistakes: list[Mistake]) -> None:
        self.mistakes = sorted(mistakes)
        super().__init__("\n".join(str(mistake) for mistake in self.mistakes))


class StoreError(IngestError):
    """The database cannot be opened, read or written; the message says which file and what to do."""


class DamagedError(StoreError):
    """What the file of a database holds cannot be right; the message says which file and what to do."""


def first_error(error: Exception, kind: type[E]) -> E | None:
    """Returns the first error of this kind: ``error`` itself, or one in it if several links failed together."""
    if isinstance(error, kind):
        return error
    found = error.subgroup(kind) if isinstance(error, ExceptionGroup) else None
    return first_error(found.exceptions[0], kind) if found else None


class PageError(IngestError):
    """Something about one URL.

    ``code`` is the error class, a key of `ERROR_CLASSES`; any other raises ValueError. ``message`` is one line for an
    operator.
    """

    def __init__(self, url: str, code: str, message: str) -> None:
        if code not in ERROR_CLASSES:
            raise ValueError(f"unknown error class {code!r}")
        super().__init__(url, code, message)
        self.url = url
        self.code = code
        self.message = message

    def __str__(self) -> str:
        return f"{self.code}: {self.message}"

    @property
    def error_class(self) -> ErrorClass:
        """What the failure means."""
        return ERROR_CLASSES[self.code]

    def bare(self) -> Self:
        """This error without traceback, cause and context, whose frames would keep whole pages in memory."""
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

    def restated(self, url: str) -> FetchError:
        """The same failure of another URL, without traceback, cause and context."""
        return FetchError(url, self.code, self.message, status=self.status, retry_after=self.retry_after)

    def __reduce__(self) -> tuple[object, ...]:
        # Keyword-only arguments get lost when an exception is pickled, as on its way between two processes.
        rebuild = partial(FetchError, status=self.status, retry_after=self.retry_after)
        return rebuild, (self.url, self.code, self.message)


class HostPausedError(FetchError):
    """No request was sent: the host asked to be left alone for longer than a fetch waits.

    Its error class is ``rate_limited``, ``retry_after`` the seconds that are left. Neither source nor page has failed.
    """

    retry_after: float

    def __init__(self, url: str, message: str, retry_after: float) -> None:
        super().__init__(url, "rate_limited", message, retry_after=retry_after)

    def restated(self, url: str) -> HostPausedError:
        return HostPausedError(url, self.message, self.retry_after)

    def __reduce__(self) -> tuple[object, ...]:
        return HostPausedError, (self.url, self.message, self.retry_after)


class DiscoverError(PageError):
    """The page arrived, but no links could be read from it."""


class ExtractError(PageError):
    """The page arrived, but no article could be read from it."""
