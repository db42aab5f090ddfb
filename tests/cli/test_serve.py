"""What `ingest serve` says when it starts, when it cannot, and when it ends. The service: tests/service."""

from __future__ import annotations

import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import httpx
import pytest

pytestmark = pytest.mark.slow


def test_a_sources_yaml_with_mistakes_ends_it_with_2_and_a_line_a_mistake(desk: Any):
    (desk.folder / "sources.yaml").write_text("settings: {delay: never}\nsources: nonsense")
    said = desk("serve", status=2)
    assert [line.partition(": ")[0] for line in said.stderr.splitlines()] == ["sources.yaml:1", "sources.yaml:2"]
    assert not (desk.folder / "db").exists()


def test_without_sources_yaml_it_says_how_to_name_one(desk: Any):
    said = desk("--sources", "none.yaml", "serve", status=2)
    assert said.stderr == "none.yaml: no such file: write one, or name it with --sources\n"


def test_a_file_that_is_no_database_is_left_alone_and_ends_it_with_3(desk: Any):
    (desk.folder / "notes.txt").write_text("a list of things to do")
    said = desk("--db", "notes.txt", "serve", status=3)
    assert "notes.txt: this file is not an SQLite database; choose another one with --db" in said.stderr
    assert (desk.folder / "notes.txt").read_text() == "a list of things to do"


def test_until_ctrl_c_it_logs_its_start_its_runs_and_its_end_on_standard_error(desk: Any):
    log: Path = desk.folder / "log"
    with log.open("w") as errors:
        service = subprocess.Popen(
            [sys.executable, "-m", "ingest", "serve"],
            cwd=desk.folder,
            stdout=subprocess.PIPE,
            stderr=errors,
        )
        try:
            end = time.monotonic() + 30
            while "event='ran'" not in log.read_text() and time.monotonic() < end:
                time.sleep(0.02)
        finally:
            service.send_signal(signal.SIGINT)
            out, _ = service.communicate(timeout=30)
    began, ran, ended = log.read_text().splitlines()
    assert "event='serving' sources=1 database='db/articles.db'" in began
    assert "event='ran' source='town' outcome='ok'" in ran
    assert "event='stopped'" in ended
    assert (service.returncode, out) == (0, b"")


@pytest.mark.parametrize("address", ["9464", "127.0.0.1:", ":9464", "127.0.0.1:http", "127.0.0.1:99999", "[::1]"])
def test_an_address_to_listen_at_is_a_host_and_a_port(desk: Any, address: str):
    said = desk("serve", "--listen", address, status=2)
    assert "write a host and a port, as in 127.0.0.1:9464" in said.stderr
    assert not (desk.folder / "db").exists()


def test_a_port_in_use_ends_it_with_2_before_anything_is_done(desk: Any):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        address = f"127.0.0.1:{taken.getsockname()[1]}"
        said = desk("serve", "--listen", address, status=2)
    assert f"--listen {address}: Address already in use; choose another address" in said.stderr
    assert not (desk.folder / "db").exists()


def test_it_answers_health_and_metrics_until_it_ends(desk: Any):
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "ingest", "serve", "--listen", f"127.0.0.1:{port}", "--debug"]
    with (desk.folder / "log").open("w") as errors:
        service = subprocess.Popen(command, cwd=desk.folder, stderr=errors)
        try:
            end = time.monotonic() + 30
            while "event='ran'" not in (desk.folder / "log").read_text() and time.monotonic() < end:
                time.sleep(0.02)
            origin = f"http://127.0.0.1:{port}"
            health = httpx.get(f"{origin}/health", trust_env=False)
            metrics = httpx.get(f"{origin}/metrics", trust_env=False).text
        finally:
            service.terminate()
            service.wait(30)
    assert service.returncode == 0
    assert (health.status_code, health.json()["status"]) == (200, "ok")
    assert 'ingest_articles_total{outcome="new",source="town"} 2.0' in metrics
    log = (desk.folder / "log").read_text()
    assert f"event='listening' address='127.0.0.1' port={port}" in log
    assert "event='fetched' source='town'" in log
    assert "event='read' source='town'" in log


def test_an_address_that_others_can_reach_is_warned_of(desk: Any):
    (desk.folder / "sources.yaml").write_text("sources: nonsense")
    said = desk("serve", "--listen", "0.0.0.0:0", status=2)
    assert "level='warning' event='anybody who reaches this address can read health and metrics'" in said.stderr
