"""What a page in the browser asks for, and what it can reach: nothing past our fetcher."""

import socket
from contextlib import closing
from itertools import pairwise
from pathlib import Path

import pytest
from hostile_server import FORBIDDEN, HostileServer, Visit
from rendering import NEEDED, SOURCE, STORY, SharedRenderer, failure, html, script, text, visiting, writes

from ingest.fetch.browser.renderer import Renderer

pytestmark = [NEEDED, pytest.mark.slow]

#: Ways to an address that is not public; each says so when it was refused. INSIDE is the address.
WAYS_OUT = {
    "fetch": "fetch('http://INSIDE/').catch(() => say('refused'))",
    "redirect": "fetch('/302-inside').catch(() => say('refused'))",
    "two redirects": "fetch('/two-steps-inside').catch(() => say('refused'))",
    "file": "fetch('file:///etc/passwd').catch(() => say('refused'))",
    "socket": "new WebSocket('ws://INSIDE/').onerror = () => say('refused')",
    "script": "const s = add('script', {src: 'http://INSIDE/'}); s.onerror = () => say('refused')",
    "frame": "add('iframe', {src: 'http://INSIDE/'}); say('refused')",
    "fetch of a frame": "add('iframe', {}).contentWindow.fetch('http://INSIDE/').catch(() => say('refused'))",
    "socket of a frame": """
        const other = add('iframe', {}).contentWindow;
        new other.WebSocket('ws://INSIDE/').onerror = () => say('refused')""",
    "fetch of a worker": "worker(`fetch('http://INSIDE/').catch(() => postMessage('refused'))`)",
    "socket of a worker": "worker(`new WebSocket('ws://INSIDE/').onerror = () => postMessage('refused')`)",
    "window": "window.open('http://INSIDE/'); say('refused')",
    "link": "add('a', {href: 'http://INSIDE/', target: '_blank'}).click(); say('refused')",
    "form": "add('form', {action: 'http://INSIDE/', method: 'post', target: '_blank'}).submit(); say('refused')",
    "picture and beacon": "new Image().src = 'http://INSIDE/'; navigator.sendBeacon('http://INSIDE/'); say('refused')",
    "prefetch": """
        for (const rel of ['prefetch', 'preload', 'preconnect', 'dns-prefetch', 'modulepreload', 'prerender'])
          add('link', {rel, as: 'script', href: 'http://INSIDE/'});
        say('refused')""",
    "prerender": """
        const rules = {prerender: [{urls: ['http://INSIDE/'], eagerness: 'immediate'}]};
        add('script', {type: 'speculationrules', text: JSON.stringify(rules)}); say('refused')""",
}
_TOOLS = """
const add = (tag, what) => {
  const element = Object.assign(document.createElement(tag), what);
  document.body.append(element);
  return element
};
const worker = code => { new Worker(URL.createObjectURL(new Blob([code]))).onmessage = m => say(m.data) };
"""


def test_nothing_on_a_page_reaches_an_address_that_is_not_public():
    async def visit(server: HostileServer, browser: Renderer) -> dict[str, str]:
        pages = {}
        for way, code in WAYS_OUT.items():
            server.routes["page"] = writes(_TOOLS + code.replace("INSIDE", f"{FORBIDDEN}:PORT"))
            pages[way] = text(await browser.get(f"{server.origin}/page", SOURCE))
            assert (way, server.forbidden) == (way, [])
        return pages

    pages = visiting(visit)
    assert [way for way, page in pages.items() if f"<p>{STORY}</p>" not in page] == []
    assert [way for way, page in pages.items() if "[refused]" not in page] == []


def test_every_request_of_a_page_says_who_asks_and_asks_robots_first():
    async def robots(visit: Visit) -> None:
        await visit.answer(b"User-agent: *\nDisallow: /data")

    async def visit(server: HostileServer, browser: Renderer) -> tuple[list[str], set[str]]:
        server.robots = robots
        await browser.get(f"{server.origin}/page", SOURCE)
        return server.paths(robots=True), {visit.headers["user-agent"] for visit in server.visits}

    page = html("<script src=/app></script>")
    app = script("fetch('/data')")
    paths, agents = visiting(visit, settings={"user_agent": "islander/1 (+https://i.example)"}, page=page, app=app)
    assert paths == ["/robots.txt", "/page", "/app"]
    assert agents == {"islander/1 (+https://i.example)"}


def test_requests_of_a_page_keep_the_pace_of_their_host():
    scripts = "".join(f"<script async src=/app?{number}></script>" for number in range(3))

    def closest() -> float:
        with closing(SharedRenderer(delay=0.4)) as slow:
            server, _ = slow.shown(html(scripts), app=script(""))
        times = sorted(visit.at for visit in server.visits)
        assert len(times) == 5
        return min(later - earlier for earlier, later in pairwise(times[1:]))

    # On a busy machine one request may arrive late, and so close to the next.
    assert any(closest() >= 0.39 for _ in range(3))


def test_a_script_that_two_pages_share_is_asked_for_once():
    async def visit(server: HostileServer, browser: Renderer) -> list[str]:
        for _ in range(2):
            assert STORY in text(await browser.get(f"{server.origin}/page", SOURCE))
        return server.paths()

    app = script(f"document.body.append('{STORY}')", "Cache-Control: max-age=600")
    assert visiting(visit, page=html("<script src=/app></script>"), app=app) == ["/page", "/app", "/page"]


def test_pictures_fonts_styles_frames_and_beacons_are_not_asked_for(shared: SharedRenderer):
    server, page = shared.shown(
        html(
            "<link rel=stylesheet href=/style onload=\"document.body.append('styled')\"><img src=/picture>"
            "<iframe src=/frame></iframe><video src=/film></video><link rel=prefetch href=/later>"
            "<style>@font-face{font-family:f;src:url(/font)} p{font-family:f}</style><p>Text</p>"
            "<script>navigator.sendBeacon('/beacon', 'x'); new EventSource('/stream')</script>"
        )
    )
    assert server.paths() == ["/page"]
    assert "styled" in text(page)
    assert '<img src="/picture">' in text(page)


def test_a_post_is_refused(shared: SharedRenderer):
    server, page = shared.shown(writes("fetch('/form', {method: 'POST', body: 'x'}).catch(() => say('refused'))"))
    assert server.paths() == ["/page"]
    assert "[refused]" in text(page)


def test_another_host_s_answer_is_shared_only_as_that_host_says(shared: SharedRenderer):
    code = (
        "for (const path of ['open', 'closed']) fetch('http://127.0.0.2:PORT/' + path).then(() => say(path + ' read'),"
    )
    page = writes(code + "() => say(path + ' kept')); 0")
    _, there = shared.shown(page, open=script("", "Access-Control-Allow-Origin: *"), closed=script(""))
    assert "[open read]" in text(there)
    assert "[closed kept]" in text(there)


def test_no_datagram_leaves_the_browser(shared: SharedRenderer):
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as canary:
        canary.bind((FORBIDDEN, 0))
        canary.settimeout(0.2)
        port = canary.getsockname()[1]
        _, page = shared.shown(
            writes(
                "const f = document.createElement('iframe'); document.body.append(f);"
                "const realms = [window, f.contentWindow];"
                "for (const realm of realms) try {"
                f"const c = new realm.RTCPeerConnection({{iceServers: [{{urls: 'stun:{FORBIDDEN}:{port}'}}]}});"
                "c.createDataChannel('x'); c.createOffer().then(o => c.setLocalDescription(o))"
                "} catch (e) { say('no calls') };"
                f"for (const realm of realms) try {{ new realm.WebTransport('https://{FORBIDDEN}:{port}/').ready"
                ".catch(() => 0) } catch (e) { say('no transport') };"
                "setTimeout(() => say('waited'), 700)"
            )
        )
        with pytest.raises(TimeoutError):
            canary.recv(100)
    assert "[waited]" in text(page)


def test_no_service_worker_comes_between(shared: SharedRenderer):
    page = writes("navigator.serviceWorker.register('/worker').then(() => say('registered'), () => say('refused'))")
    server, there = shared.shown(page, worker=script("fetch('http://127.0.0.66/')"))
    assert server.paths() == ["/page"]
    assert STORY in text(there)


def test_a_page_that_loads_without_end_is_too_large():
    loads = "let n = 0; const more = () => fetch('/endless-body?' + n++).catch(more); more()"
    assert failure(writes(loads)) == "too_large"


def test_an_endless_answer_is_cut_off_and_the_page_goes_on_without(shared: SharedRenderer):
    _, page = shared.shown(writes("fetch('/endless-body').catch(() => say('cut off'))"))
    assert "[cut off]" in text(page)


def test_a_download_is_refused(shared: SharedRenderer):
    async def packed(visit: Visit) -> None:
        await visit.answer(b"PK", "200 OK", "Content-Type: text/html", "Content-Disposition: attachment")

    code = "const a = document.createElement('a'); a.download = 'x.bin'; a.href = URL.createObjectURL(new Blob(['x']));"
    _, page = shared.shown(
        writes(code + "a.click(); const b = a.cloneNode(); b.href = '/packed'; b.click()"), packed=packed
    )
    assert STORY in text(page)
    assert list(Path.cwd().glob("x.bin")) == []
