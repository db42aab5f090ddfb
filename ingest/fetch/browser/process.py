"""The process of the system's Chromium: started without network access, watched for memory, and ended.

Two processes are started: Playwright's driver and, as its child, the browser. They communicate through pipes.
"""

from __future__ import annotations

import asyncio
import os
import signal
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Self

from playwright.async_api import Error as PlaywrightError
from playwright.async_api import async_playwright

if TYPE_CHECKING:
    from playwright.async_api import Browser, CDPSession, Playwright

_START_SECONDS = 30.0
_LAUNCH_SECONDS = 25.0
_STOP_SECONDS = 2.0
_MEMORY_CHECK_SECONDS = 0.5
#: Largest resident size of a page's process. An empty page has 80 MB; V8 itself limits its scripts to less.
_RENDERER_BYTES = 700 << 20
_SCRIPT_HEAP_MEGABYTES = 384

_FLAGS = (
    # A request that we do not answer goes to a proxy that cannot be resolved, also for loopback and IP addresses.
    "--proxy-server=http://nobody.invalid:1",
    "--proxy-bypass-list=<-loopback>",
    "--host-resolver-rules=MAP * ~NOTFOUND",
    "--disable-quic",
    # By default, WebRTC sends UDP past every proxy.
    "--force-webrtc-ip-handling-policy=disable_non_proxied_udp",
    "--webrtc-ip-handling-policy=disable_non_proxied_udp",
    "--dns-prefetch-disable",
    "--no-pings",
    "--blink-settings=imagesEnabled=false",
    "--disable-gpu",
    "--disable-crash-reporter",
    f"--js-flags=--max-old-space-size={_SCRIPT_HEAP_MEGABYTES}",
)


class Chromium:
    """One running browser with its driver. `start` creates it."""

    def __init__(self, playwright: Playwright, browser: Browser, home: TemporaryDirectory[str]) -> None:
        self.browser = browser
        self.memory_exceeded = False
        """Whether a page's process was killed because it had grown too large."""
        self._playwright = playwright
        self._home = home
        self._session: CDPSession | None = None
        self._process = self._driver = 0
        self._memory_watch: asyncio.Task[None] | None = None

    @classmethod
    async def start(cls, program: str) -> Self:
        """Starts the program. Raises PlaywrightError or OSError if it fails to, TimeoutError if it takes too long."""
        home = TemporaryDirectory(prefix="ingest-browser-", ignore_cleanup_errors=True)
        playwright = None
        try:
            async with asyncio.timeout(_START_SECONDS):
                playwright = await async_playwright().start()
                browser = await playwright.chromium.launch(
                    executable_path=program,
                    args=list(_FLAGS),
                    # Chromium refuses to start with its sandbox when root runs it.
                    chromium_sandbox=os.geteuid() != 0,
                    env=_environment(home.name),
                    handle_sigint=False,
                    handle_sigterm=False,
                    handle_sighup=False,
                    timeout=_LAUNCH_SECONDS * 1000,
                )
                chromium = cls(playwright, browser, home)
                await chromium._watch_processes()
        except BaseException:
            if playwright:
                with suppress(TimeoutError):
                    async with asyncio.timeout(_STOP_SECONDS):
                        await playwright.stop()
            home.cleanup()
            raise
        return chromium

    @property
    def alive(self) -> bool:
        return self.browser.is_connected()

    async def aclose(self) -> None:
        """Ends both processes; kills them if they do not end by themselves."""
        if self._memory_watch:
            self._memory_watch.cancel()
        try:
            async with asyncio.timeout(_STOP_SECONDS):
                await self.browser.close()
                await self._playwright.stop()
        except (TimeoutError, PlaywrightError):
            self.kill()
            _kill(self._driver, os.getpid())
        finally:
            self._home.cleanup()

    def kill(self) -> None:
        """Kills the browser; its pages fail."""
        _kill(self._process, self._driver)

    async def _watch_processes(self) -> None:
        self._session = await self.browser.new_browser_cdp_session()
        self._process = next(process for kind, process in await self._all_processes() if kind == "browser")
        self._driver = _parent(self._process)
        self._memory_watch = asyncio.create_task(self._kill_large_pages())

    async def _kill_large_pages(self) -> None:
        """Kills every page's process that grows over the limit, whatever else the page does."""
        while self.alive:
            await asyncio.sleep(_MEMORY_CHECK_SECONDS)
            try:
                processes = await self._all_processes()
            except PlaywrightError:
                return
            for kind, process in processes:
                if kind == "renderer" and _resident_bytes(process) > _RENDERER_BYTES:
                    self.memory_exceeded = True
                    _kill(process)

    async def _all_processes(self) -> list[tuple[str, int]]:
        assert self._session
        response = await self._session.send("SystemInfo.getProcessInfo")
        return [(process["type"], int(process["id"])) for process in response["processInfo"]]


def _environment(home: str) -> dict[str, str | float | bool]:
    """Only what a browser needs: neither the operator's folders nor secrets in environment variables."""
    kept = {name: value for name in ("PATH", "LANG", "LD_LIBRARY_PATH") if (value := os.environ.get(name))}
    return {**kept, "HOME": home, "XDG_CONFIG_HOME": home, "XDG_CACHE_HOME": home}


def _resident_bytes(process: int) -> int:
    """Read from Linux's /proc; 0 where there is none, or if the process is gone."""
    try:
        pages = int(Path(f"/proc/{process}/statm").read_text(encoding="ascii").split()[1])
    except (OSError, IndexError, ValueError):
        return 0
    return pages * os.sysconf("SC_PAGE_SIZE")


def _kill(process: int, parent: int = 0) -> None:
    """Kills the process, unless it has another parent than expected: then its id was reused."""
    if process and (not parent or _parent(process) in {parent, 0}):
        with suppress(ProcessLookupError):
            os.kill(process, signal.SIGKILL)


def _parent(process: int) -> int:
    """The id of the parent process, 0 if the system does not say."""
    try:
        stat = Path(f"/proc/{process}/stat").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return 0
    return int(stat.rpartition(")")[2].split()[1])
