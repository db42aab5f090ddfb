"""The names, labels and values of the metrics, as a scrape reads them."""

from __future__ import annotations

from dataclasses import dataclass, field

from prometheus_client import generate_latest
from prometheus_client.parser import text_string_to_metric_families

from ingest.errors import StoreError
from ingest.health.counters import Counters
from ingest.health.metrics import registry


@dataclass
class Measured:
    links_queued: int = 3
    newest_age: dict[str, float] = field(default_factory=lambda: {"news": 60.0})
    findings: dict[tuple[str, str], int] = field(default_factory=lambda: {("news", "rule"): 1})
    size: int = 4096


def scrape(counters: Counters, gauges: object = Measured) -> dict[tuple[str, tuple[tuple[str, str], ...]], float]:
    text = generate_latest(registry(counters, lambda: 2, gauges)).decode()  # type: ignore[arg-type]
    return {
        (sample.name, tuple(sorted(sample.labels.items()))): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }


def test_every_metric_has_the_name_and_the_labels_of_the_contract():
    counters = Counters()
    counters.add_outcomes("news", {"new": 2, "held_back": 1})
    counters.add_fetch(0.2, 500)
    found = scrape(counters)
    assert {name: value for name, value in found.items() if not name[0].endswith("_bucket")} == {
        ("ingest_articles_total", (("outcome", "new"), ("source", "news"))): 2,
        ("ingest_articles_total", (("outcome", "held_back"), ("source", "news"))): 1,
        ("ingest_fetch_seconds_count", ()): 1,
        ("ingest_fetch_seconds_sum", ()): 0.2,
        ("ingest_fetch_bytes_total", ()): 500,
        ("ingest_worker_restarts_total", ()): 2,
        ("ingest_links_queued", ()): 3,
        ("ingest_newest_article_age_seconds", (("source", "news"),)): 60,
        ("ingest_findings_open", (("kind", "rule"), ("source", "news"))): 1,
        ("ingest_database_bytes", ()): 4096,
    }
    assert found["ingest_fetch_seconds_bucket", (("le", "0.1"),)] == 0
    assert found["ingest_fetch_seconds_bucket", (("le", "0.25"),)] == 1
    assert found["ingest_fetch_seconds_bucket", (("le", "+Inf"),)] == 1


def test_each_service_has_metrics_of_its_own():
    one, other = Counters(), Counters()
    one.add_fetch(1.0, 100)
    assert scrape(one)["ingest_fetch_bytes_total", ()] == 100
    assert scrape(other)["ingest_fetch_bytes_total", ()] == 0


def test_a_database_that_cannot_be_read_leaves_the_counters():
    def broken() -> Measured:
        raise StoreError("articles.db: the database is damaged")

    found = scrape(Counters(), broken)
    assert ("ingest_fetch_bytes_total", ()) in found
    assert ("ingest_links_queued", ()) not in found


def test_a_registry_is_made_without_a_look_at_the_database():
    registry(Counters(), lambda: 0, lambda: 1 / 0)  # type: ignore[arg-type, return-value]
