"""What becomes of an exception that nobody expected: a traceback in the log, and a `PageError` for the URL."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

import structlog

from ingest.errors import IngestError, PageError

if TYPE_CHECKING:
    from collections.abc import Iterator

log = structlog.get_logger()


@contextmanager
def as_page_error(event: str, source: str, url: str) -> Iterator[None]:
    """Raises `PageError` of class ``extract`` for a bug in the block, after logging it as ``event`` with its traceback.

    Expected failures (`IngestError`) pass unchanged: a database that cannot be used must end the run.
    """
    try:
        yield
    except IngestError:
        raise
    except Exception as bug:
        log.exception(event, source=source, url=url)
        raise PageError(url, "extract", "a bug of ingest; its traceback is in the log") from bug
