"""The metrics of ``/metrics``: counters of this process, and what the database says at the moment of a scrape."""

from __future__ import annotations

from itertools import accumulate
from typing import TYPE_CHECKING, Protocol

from prometheus_client import CollectorRegistry
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, HistogramMetricFamily
from prometheus_client.registry import Collector

from ingest.errors import StoreError
from ingest.health.counters import BUCKETS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from prometheus_client import Metric

    from ingest.health.counters import Counters


class Gauges(Protocol):
    """What the database says."""

    @property
    def links_queued(self) -> int: ...

    @property
    def newest_age(self) -> Mapping[str, float]:
        """Source → seconds since its newest article was published."""
        ...

    @property
    def findings(self) -> Mapping[tuple[str, str], int]:
        """(source, kind) → open findings."""
        ...

    @property
    def size(self) -> int:
        """Bytes of the database's files."""
        ...


def registry(counters: Counters, worker_restarts: Callable[[], int], gauges: Callable[[], Gauges]) -> CollectorRegistry:
    """A registry of its own for each service. ``gauges`` is called at each scrape, and may raise `StoreError`."""
    registry = CollectorRegistry()
    registry.register(_Collected(counters, worker_restarts, gauges))
    return registry


class _Collected(Collector):
    # Families that are built at each scrape: prometheus-client's own counters take three times the memory for each
    # source and outcome, of which there may be a hundred thousand.

    def __init__(self, counters: Counters, worker_restarts: Callable[[], int], gauges: Callable[[], Gauges]) -> None:
        self._counters = counters
        self._worker_restarts = worker_restarts
        self._gauges = gauges

    def collect(self) -> Iterator[Metric]:
        """The counters come first: they are there even if the database cannot be read."""
        yield from _counted(self._counters, self._worker_restarts())
        try:
            gauges = self._gauges()
        except StoreError:
            return  # `/health` says why.
        yield from _measured(gauges)

    def describe(self) -> Iterator[Metric]:
        """Nothing is collected to register it."""
        return iter(())


def _counted(counters: Counters, worker_restarts: int) -> Iterator[Metric]:
    articles = CounterMetricFamily("ingest_articles", "Links that came to an outcome.", labels=("source", "outcome"))
    for labels, count in dict(counters.articles).items():
        articles.add_metric(labels, count)
    yield articles
    seconds = HistogramMetricFamily("ingest_fetch_seconds", "Duration of fetches, failed ones included.")
    bounds = [*map(str, BUCKETS), "+Inf"]
    seconds.add_metric((), list(zip(bounds, accumulate(counters.fetches), strict=True)), counters.fetch_seconds)
    yield seconds
    yield CounterMetricFamily("ingest_fetch_bytes", "Decoded bytes of fetched pages.", value=counters.fetch_bytes)
    yield CounterMetricFamily(
        "ingest_worker_restarts", "Worker processes that died or were killed.", value=worker_restarts
    )


def _measured(gauges: Gauges) -> Iterator[Metric]:
    yield GaugeMetricFamily("ingest_links_queued", "Links that wait for their first fetch.", gauges.links_queued)
    age = GaugeMetricFamily(
        "ingest_newest_article_age_seconds", "Time since the newest article was published.", labels=("source",)
    )
    for source, seconds in gauges.newest_age.items():
        age.add_metric((source,), seconds)
    yield age
    findings = GaugeMetricFamily("ingest_findings_open", "Findings that are open.", labels=("source", "kind"))
    for labels, count in gauges.findings.items():
        findings.add_metric(labels, count)
    yield findings
    yield GaugeMetricFamily("ingest_database_bytes", "Size of the database's files.", gauges.size)
