"""The browser's processes: missing, killed, grown too large, gone at the end."""

import asyncio
import os
import signal
import sys
import tempfile
import time
from pathlib import Path
from subprocess import PIPE, STDOUT

import pytest
from hostile_server import HostileServer
from rendering import NEEDED, SOURCE, chromiums, failure, html, text, visiting, writes

from ingest.errors import FetchError
from ingest.fetch.browser.renderer import Renderer, missing_requirement
from ingest.model import Settings

pytestmark = [NEEDED, pytest.mark.slow]


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where browsers of this test have their temporary files; they are known by it."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    return tmp_path


def test_a_page_that_fills_the_memory_is_ended():
    fills = "const all = []; setInterval(() => { all.push(new Uint8Array(5e7).fill(1)); say(all.length) }, 10)"
    assert failure(writes(fills), settings={"deadline": 20.0}) in {"too_large", "protocol"}


def test_a_browser_that_is_killed_is_started_anew_under_the_page(home: Path):
    async def visit(server: HostileServer, browser: Renderer) -> list[str]:
        page = asyncio.create_task(browser.get(f"{server.origin}/page", SOURCE))
        while "/shown" not in server.paths():
            await asyncio.sleep(0.1)
        os.kill(chromiums(home)[0], signal.SIGKILL)
        return [text(await page), text(await browser.get(f"{server.origin}/page", SOURCE))]

    first, second = visiting(visit, page=writes("fetch('/shown'); setTimeout(() => say('later'), 500)"))
    assert "[later]" in first
    assert "[later]" in second


def test_no_browser_is_left_and_no_file_of_it(home: Path):
    async def visit(server: HostileServer, browser: Renderer) -> int:
        await browser.get(f"{server.origin}/page", SOURCE)
        return len(chromiums(home))

    assert visiting(visit, page=writes("say('well')")) == 1
    assert chromiums(home) == []
    assert list(home.iterdir()) == []


def test_a_browser_that_nobody_needs_is_ended_and_another_one_started(home: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("ingest.fetch.browser.renderer._IDLE_SECONDS", 0.2)

    async def visit(server: HostileServer, browser: Renderer) -> str:
        await browser.get(f"{server.origin}/page", SOURCE)
        async with asyncio.timeout(20):
            while chromiums(home):
                await asyncio.sleep(0.1)
        return text(await browser.get(f"{server.origin}/page", SOURCE))

    assert "[well]" in visiting(visit, page=writes("say('well')"))


@pytest.mark.parametrize("sign", [signal.SIGTERM, signal.SIGINT, signal.SIGKILL])
def test_no_browser_outlives_a_run_that_is_ended(sign: signal.Signals, home: Path):
    async def run() -> int:
        async with HostileServer(loop=html("<script src=/shown></script><script>for (;;);</script>")) as server:
            source = f'{{name: loop, url: "{server.origin}/loop", kind: listing, render: true}}'
            sources = home / "sources.yaml"
            sources.write_text(f"settings: {{delay: 0, allow_addresses: 127.0.0.0/27}}\nsources:\n  - {source}\n")
            words = ["--sources", str(sources), "--db", str(home / "a.db"), "fetch"]
            process = await asyncio.create_subprocess_exec(
                sys.executable,
                "-m",
                "ingest",
                *words,
                stdout=PIPE,
                stderr=STDOUT,
                start_new_session=True,
                env={**os.environ, "TMPDIR": str(home)},
                preexec_fn=_heed,
            )
            async with asyncio.timeout(60):
                while "/shown" not in server.paths():
                    await asyncio.sleep(0.1)
                # As a terminal does it: Ctrl-C goes to all that were started from it.
                assert chromiums(home)
                (os.killpg if sign == signal.SIGINT else os.kill)(process.pid, sign)
                await process.communicate()
            return process.returncode or 0

    assert asyncio.run(run()) == (-signal.SIGKILL if sign == signal.SIGKILL else 130)
    until = time.monotonic() + 10
    while chromiums(home) and time.monotonic() < until:
        time.sleep(0.1)
    assert chromiums(home) == []


def _heed() -> None:
    """Who runs the tests may have had Ctrl-C ignored."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def test_without_a_browser_the_link_says_what_to_install(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("INGEST_BROWSER", "/nowhere/chromium")

    async def visit(server: HostileServer, browser: Renderer) -> tuple[FetchError, list[str]]:
        with pytest.raises(FetchError) as caught:
            await browser.get(f"{server.origin}/page", SOURCE)
        return caught.value, server.paths(robots=True)

    error, asked = visiting(visit, page=writes(""))
    assert error.code == "browser"
    assert "/nowhere/chromium" in error.message
    assert asked == []


def test_without_the_extra_it_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setitem(sys.modules, "playwright", None)
    assert "pip install '.[render]'" in missing_requirement(Settings())


def test_a_program_that_is_no_browser_is_named_with_what_it_said(tmp_path: Path):
    program = tmp_path / "chromium"
    program.write_text("#!/bin/sh\necho no such display >&2\nexit 3\n")
    program.chmod(0o755)

    async def visit(server: HostileServer, browser: Renderer) -> FetchError:
        with pytest.raises(FetchError) as caught:
            await browser.get(f"{server.origin}/page", SOURCE)
        return caught.value

    error = visiting(visit, settings={"browser": str(program)}, page=writes(""))
    assert error.code == "browser"
    assert str(program) in error.message
    assert "no such display" in error.message
