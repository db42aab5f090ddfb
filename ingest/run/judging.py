"""Judges the health of a source after its run: findings are opened and closed, and logged."""

from __future__ import annotations

from typing import TYPE_CHECKING

import structlog

from ingest.errors import IngestError
from ingest.health import findings
from ingest.store import Store

if TYPE_CHECKING:
    from datetime import datetime

    from ingest.run.report import SourceReport
    from ingest.store.thread import StoreThread

log = structlog.get_logger()


async def judge(store: StoreThread, report: SourceReport, now: datetime) -> None:
    """Opens and closes the findings of a source after its run, and logs them; a bug in it fails no run."""
    has_outcomes = report.stored + report.failed + report.skipped > 0
    try:
        changes = await store(Store.judge, report.name, findings.judge, now, has_outcomes=has_outcomes)
    except IngestError:
        raise
    except Exception:
        log.exception("bug in judging a source", source=report.name)
        return
    for finding in changes.opened:
        log.warning("finding opened", source=finding.source, kind=finding.kind, message=finding.message)
    for finding in changes.closed:
        log.info("finding closed", source=finding.source, kind=finding.kind, message=finding.message)
