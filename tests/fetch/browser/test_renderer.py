"""Pages that scripts write, in a real Chromium over loopback: what becomes of them, and where they are."""

import asyncio
import ssl
from pathlib import Path
from typing import Any

import pytest
from hostile_server import ALLOW, BEHAVIOURS, HostileServer, Visit
from rendering import NEEDED, SOURCE, STORY, SharedRenderer, failure, html, script, text, visiting, writes

from ingest.fetch.browser.renderer import Renderer
from ingest.fetch.client import Fetcher
from ingest.model import Page, Settings, Validators

pytestmark = [NEEDED, pytest.mark.slow]


def test_an_article_that_a_script_writes_is_there(shared: SharedRenderer):
    async def data(visit: Visit) -> None:
        await asyncio.sleep(0.3)
        await visit.answer(b'{"story": "%s"}' % STORY.encode(), "200 OK", "Content-Type: application/json")

    app = script("fetch('/data').then(a => a.json()).then(a => document.querySelector('main').textContent = a.story)")
    server, page = shared.shown(html("<main>Loading</main><script src=/app></script>"), app=app, data=data)
    assert f"<main>{STORY}</main>" in text(page)
    assert (page.status, page.final_url) == (200, f"{server.origin}/page")
    assert page.headers["content-type"] == "text/html; charset=utf-8"
    assert server.paths() == ["/page", "/app", "/data"]


def test_an_endless_page_is_not_shown():
    assert failure(BEHAVIOURS["endless-body"]) == "too_large"


def test_a_page_in_another_encoding_is_handed_on_in_utf_8(shared: SharedRenderer):
    async def korean(visit: Visit) -> None:
        await visit.answer("<meta charset=euc-kr><p>집중호우 뷁".encode("cp949"), "200 OK", "Content-Type: text/html")

    _, page = shared.shown(korean)
    assert "<p>집중호우 뷁</p>" in text(page)


def test_a_page_over_tls_is_shown_with_what_its_own_host_serves():
    certificate = Path(__file__).parents[1] / "self_signed.pem"
    server_tls = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    server_tls.load_cert_chain(certificate)

    async def resolve(_: str) -> list[str]:
        return ["127.0.0.1"]

    async def run() -> str:
        settings = Settings(delay=0, allow_addresses=ALLOW)
        tls = ssl.create_default_context(cafile=certificate)
        async with HostileServer(
            page=html("<script src=/app></script>"), app=script(f"document.write('{STORY}')")
        ) as server:
            port = await server.serve_tls(server_tls)
            async with Fetcher(settings, resolver=resolve, tls=tls) as fetcher, Renderer(settings, fetcher) as browser:
                return text(await browser.get(f"https://harbour.test:{port}/page", SOURCE))

    assert STORY in asyncio.run(run())


def test_a_feed_is_handed_on_as_it_came_and_asked_for_with_its_validators():
    async def feed(visit: Visit) -> None:
        if "if-none-match" in visit.headers:
            await visit.answer(b"", "304 Not Modified", 'ETag: "1"')
        else:
            await visit.answer(b"<?xml version='1.0'?><rss/>", "200 OK", "Content-Type: text/html", 'ETag: "1"')

    async def visit(server: HostileServer, browser: Renderer) -> tuple[bytes, bool]:
        first = await browser.get(f"{server.origin}/feed", SOURCE)
        second = await browser.get(f"{server.origin}/feed", SOURCE, validators=first.validators)
        return first.content, second.not_modified

    assert visiting(visit, feed=feed) == (b"<?xml version='1.0'?><rss/>", True)


def test_a_rendered_page_is_never_taken_for_unchanged():
    async def visit(server: HostileServer, browser: Renderer) -> Page:
        await browser.get(f"{server.origin}/page", SOURCE)
        page = await browser.get(f"{server.origin}/page", SOURCE, validators=Validators('"1"'))
        assert not any("if-none-match" in visit.headers for visit in server.visits)
        return page

    page = visiting(visit, page=html(STORY, 'ETag: "1"', "Last-Modified: Sat, 03 Jan 2026 08:00:00 GMT"))
    assert page.validators == Validators()


def test_a_neighbour_of_a_page_that_hangs_does_not_notice():
    async def visit(server: HostileServer, browser: Renderer) -> tuple[Any, ...]:
        urls = [f"{server.origin}/{name}" for name in ("loop", "page", "page?2")]
        return tuple(await asyncio.gather(*(browser.get(url, SOURCE) for url in urls), return_exceptions=True))

    loop, *neighbours = visiting(
        visit, settings={"deadline": 6.0}, loop=html("<script>for(;;);</script>"), page=writes("say('here')")
    )
    assert loop.code == "timeout"
    assert all("[here]" in text(page) for page in neighbours)
