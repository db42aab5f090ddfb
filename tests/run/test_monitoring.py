"""What a run does, as `/metrics` and `/health` show it while it runs."""

from __future__ import annotations

import asyncio
import socket
from typing import Any

import httpx
from in_process import Town, in_this_process

from ingest.model import Source
from ingest.run.monitoring import monitoring


def ask(port: int, path: str) -> httpx.Response:
    with httpx.Client(trust_env=False, timeout=20) as client:
        return client.get(f"http://127.0.0.1:{port}{path}")


def watch(town: Town, *sources: Source, outage: str = "") -> tuple[str, httpx.Response]:
    """Metrics and health after a run over the sources."""

    async def work(runtime: Any) -> tuple[str, httpx.Response]:
        listening = socket.create_server(("127.0.0.1", 0))
        port = listening.getsockname()[1]
        with monitoring(listening, runtime, lambda: outage):
            await runtime.pipeline.run(sources or (town.source,))
            metrics = await asyncio.to_thread(ask, port, "/metrics")
            return metrics.text, await asyncio.to_thread(ask, port, "/health")

    return town.run(work, *sources)


def test_articles_are_counted_by_source_and_outcome_and_fetches_by_time_and_size(town: Town):
    town.write("/2026/ferry", "/2026/fog", "/2026/gone")
    del town.web.pages["/2026/gone"]
    metrics, health = watch(town)
    assert 'ingest_articles_total{outcome="new",source="town"} 2.0\n' in metrics
    assert 'ingest_articles_total{outcome="failed",source="town"} 1.0\n' in metrics
    assert "ingest_fetch_seconds_count 4.0\n" in metrics
    size = sum(len(town.web.pages[path].body) for path in ("/feed.xml", "/2026/ferry", "/2026/fog"))
    assert f"ingest_fetch_bytes_total {float(size)}\n" in metrics
    assert 'ingest_newest_article_age_seconds{source="town"}' in metrics
    assert "ingest_links_queued 0.0\n" in metrics
    assert health.json()["sources"]["active"] == 1


def test_a_second_run_is_added_to_the_first(town: Town):
    watch(town)
    town.write("/2026/ferry", "/2026/fog", "/2026/flood")
    metrics, _ = watch(town)
    assert 'ingest_articles_total{outcome="new",source="town"} 1.0\n' in metrics


def test_one_failing_source_of_three_degrades_and_all_of_them_break(town: Town):
    missing = Source("missing", f"{town.web.origin}/missing.xml", "feed")
    town.answer("/other.xml", town.web.pages["/feed.xml"].body)
    other = Source("other", f"{town.web.origin}/other.xml", "feed")
    _, health = watch(town, town.source, other, missing)
    assert (health.status_code, health.json()["status"]) == (200, "degraded")
    assert health.json()["sources"]["failing"] == 1
    town.web.pages.clear()
    _, health = watch(town, town.source, other, missing)
    assert (health.status_code, health.json()["status"]) == (503, "broken")
    assert health.json()["why"] == ["sources that fail or have findings: 3 of 3"]


def test_a_database_out_of_use_is_said_to_be_so(town: Town):
    _, health = watch(town, outage="the disk is full")
    assert (health.status_code, health.json()["why"]) == (503, ["the disk is full"])


def test_a_database_that_is_gone_is_said_to_be_so_and_metrics_go_on(town: Town):
    async def work(runtime: Any) -> None:
        runtime = in_this_process(runtime)
        listening = socket.create_server(("127.0.0.1", 0))
        port = listening.getsockname()[1]
        with monitoring(listening, runtime, lambda: ""):
            for file in town.database.parent.glob("articles.db*"):
                file.unlink()
            health = await asyncio.to_thread(ask, port, "/health")
            assert (health.status_code, health.json()["status"]) == (503, "broken")
            assert "articles.db" in health.json()["why"][0]
            assert (await asyncio.to_thread(ask, port, "/metrics")).status_code == 200

    town.run(work)


def test_without_an_address_nothing_listens(town: Town):
    async def work(runtime: Any) -> None:
        with monitoring(None, runtime, lambda: ""):
            await runtime.pipeline.run((town.source,))

    town.run(work)
