"""A Chromium of the system: found, started so that it reaches nobody by itself, watched, ended. Shows no page.

Two processes are started: Playwright's driver, and the browser as its child, which talk through pipes.
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
    from playwright.async_api import Browser as Connected
    from playwright.async_api import CDPSession, Playwright

_START_SECONDS = 30.0
_LAUNCH_SECONDS = 25.0
_END_SECONDS = 2.0
_WATCH_SECONDS = 0.5
#: What one page's process may weigh. An empty one weighs 80 MB; script alone is held to less by V8 itself.
_RENDERER_BYTES = 700 << 20
_SCRIPT_MEGABYTES = 384

_FLAGS = (
    # Whatever is not answered by us goes to a proxy whose name leads nowhere, loopback and addresses included.
    "--proxy-server=http://nobody.invalid:1",
    "--proxy-bypass-list=<-loopback>",
    "--host-resolver-rules=MAP * ~NOTFOUND",
    "--disable-quic",
    # WebRTC speaks UDP past every proxy, unless told so.
    "--force-webrtc-ip-handling-policy=disable_non_proxied_udp",
    "--webrtc-ip-handling-policy=disable_non_proxied_udp",
    "--dns-prefetch-disable",
    "--no-pings",
    "--blink-settings=imagesEnabled=false",
    "--disable-gpu",
    "--disable-crash-reporter",
    f"--js-flags=--max-old-space-size={_SCRIPT_MEGABYTES}",
)


class Chromium:
    """One running browser with its driver. Made by `start`."""

    def __init__(self, playwright: Playwright, connected: Connected, home: TemporaryDirectory[str]) -> None:
        self.connected = connected
        self.outgrown = False
        """A page's process was ended because it had grown too large."""
        self._playwright = playwright
        self._home = home
        self._session: CDPSession | None = None
        self._process = self._driver = 0
        self._watch: asyncio.Task[None] | None = None

    @classmethod
    async def start(cls, program: str) -> Self:
        """Starts the program. PlaywrightError or OSError if it cannot be; TimeoutError if it does not come up."""
        home = TemporaryDirectory(prefix="ingest-browser-", ignore_cleanup_errors=True)
        playwright = None
        try:
            async with asyncio.timeout(_START_SECONDS):
                playwright = await async_playwright().start()
                connected = await playwright.chromium.launch(
                    executable_path=program,
                    args=list(_FLAGS),
                    # Chromium refuses to sandbox its processes where root runs them.
                    chromium_sandbox=os.geteuid() != 0,
                    env=_environment(home.name),
                    handle_sigint=False,
                    handle_sigterm=False,
                    handle_sighup=False,
                    timeout=_LAUNCH_SECONDS * 1000,
                )
                browser = cls(playwright, connected, home)
                await browser._look_after()
        except BaseException:
            if playwright:
                with suppress(TimeoutError):
                    async with asyncio.timeout(_END_SECONDS):
                        await playwright.stop()
            home.cleanup()
            raise
        return browser

    @property
    def alive(self) -> bool:
        return self.connected.is_connected()

    async def aclose(self) -> None:
        """Ends both processes, by force if they do not go by themselves."""
        if self._watch:
            self._watch.cancel()
        try:
            async with asyncio.timeout(_END_SECONDS):
                await self.connected.close()
                await self._playwright.stop()
        except (TimeoutError, PlaywrightError):
            self.kill()
            _kill(self._driver, os.getpid())
        finally:
            self._home.cleanup()

    def kill(self) -> None:
        """Ends the browser at once; its pages fail."""
        _kill(self._process, self._driver)

    async def _look_after(self) -> None:
        self._session = await self.connected.new_browser_cdp_session()
        self._process = next(process for kind, process in await self._all_processes() if kind == "browser")
        self._driver = _parent(self._process)
        self._watch = asyncio.create_task(self._keep_small())

    async def _keep_small(self) -> None:
        """Ends each page's process that has outgrown its share; the page's other doings do not matter then."""
        while self.alive:
            await asyncio.sleep(_WATCH_SECONDS)
            try:
                processes = await self._all_processes()
            except PlaywrightError:
                return
            for kind, process in processes:
                if kind == "renderer" and _resident_bytes(process) > _RENDERER_BYTES:
                    self.outgrown = True
                    _kill(process)

    async def _all_processes(self) -> list[tuple[str, int]]:
        assert self._session
        answer = await self._session.send("SystemInfo.getProcessInfo")
        return [(process["type"], int(process["id"])) for process in answer["processInfo"]]


def _environment(home: str) -> dict[str, str | float | bool]:
    """No more than a browser needs: not the operator's folders, and no secrets that stand in variables."""
    kept = {name: value for name in ("PATH", "LANG", "LD_LIBRARY_PATH") if (value := os.environ.get(name))}
    return {**kept, "HOME": home, "XDG_CONFIG_HOME": home, "XDG_CACHE_HOME": home}


def _resident_bytes(process: int) -> int:
    """By Linux's /proc; 0 where there is none, or no such process any more."""
    try:
        pages = int(Path(f"/proc/{process}/statm").read_text(encoding="ascii").split()[1])
    except (OSError, IndexError, ValueError):
        return 0
    return pages * os.sysconf("SC_PAGE_SIZE")


def _kill(process: int, parent: int = 0) -> None:
    """Kills it, unless the system says by now that it is nobody's, or another parent's: its number was given anew."""
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
