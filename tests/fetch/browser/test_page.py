"""When a page in the browser has settled, what it takes along, and pages that never end."""

from contextlib import closing

import pytest
from hostile_server import HostileServer
from rendering import NEEDED, SOURCE, STORY, SharedRenderer, html, text, visiting, writes

from ingest.errors import FetchError
from ingest.fetch.browser.renderer import Renderer
from ingest.model import Source

pytestmark = [NEEDED, pytest.mark.slow]

HARM = {
    "location = 'http://127.0.0.66:PORT/'": "blocked_address",
    "location = '/302-inside'": "blocked_address",
    "location = '/page?' + Math.random()": "too_many_redirects",
    "for (;;);": "timeout",
    "setTimeout(() => { for (;;); }, 50)": "timeout",
    "(async () => { for (;;) await null })()": "timeout",
    "document.body.textContent = 'a large word '.repeat(50_000)": "too_large",
    "const all = []; for (;;) all.push(new Array(1e6).fill(Math.random()))": "protocol",
}


def test_a_page_that_does_harm_fails_alone():
    async def visit(server: HostileServer, browser: Renderer) -> dict[str, str]:
        outcomes = {}
        for code in HARM:
            server.routes["page"] = html(f"<p>{STORY}</p><script>{code}</script>")
            with pytest.raises(FetchError) as caught:
                await browser.get(f"{server.origin}/page", SOURCE)
            assert caught.value.url == f"{server.origin}/page"
            assert STORY in text(await browser.get(f"{server.origin}/well", SOURCE))
            outcomes[code] = caught.value.code
        assert server.forbidden == []
        return outcomes

    assert visiting(visit, settings={"deadline": 6.0}, well=writes("say('well')")) == HARM


def test_a_server_that_never_answers_a_script_does_not_hold_up_the_page(shared: SharedRenderer):
    _, page = shared.shown(html(f"<p>{STORY}</p><script async src=/hang></script>"))
    assert STORY in text(page)


def test_a_page_that_never_stands_still_is_read_all_the_same():
    page = writes("setInterval(() => document.body.append('x'), 20)")
    with closing(SharedRenderer(deadline=3.0)) as brief:
        assert STORY in text(brief.shown(page)[1])


def test_a_dialog_does_not_stop_a_page(shared: SharedRenderer):
    assert "[false]" in text(shared.shown(writes("alert('Sign up'); say(confirm('Really?'))"))[1])


def test_a_cookie_outlives_no_page_and_is_never_sent():
    async def visit(server: HostileServer, browser: Renderer) -> str:
        await browser.get(f"{server.origin}/page", SOURCE)
        second = await browser.get(f"{server.origin}/page", SOURCE)
        assert not any("cookie" in visit.headers for visit in server.visits)
        return text(second)

    page = writes(
        "say(document.cookie || 'none'); say(localStorage.a || 'nothing'); document.cookie = 'a=1'; localStorage.a = 1"
    )
    assert "[none] [nothing]" in visiting(visit, page=page)


def test_clocks_and_words_are_those_of_the_source():
    async def visit(server: HostileServer, browser: Renderer) -> str:
        source = Source("seoul", server.origin, render=True, time_zone="Asia/Seoul", language="ko")
        return text(await browser.get(f"{server.origin}/page", source))

    page = writes("say(new Date(0).getHours()); say(navigator.language)")
    assert "[9] [ko]" in visiting(visit, page=page)
