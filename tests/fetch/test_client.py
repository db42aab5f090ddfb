"""One fetch against servers that behave badly, over real sockets; and what a good answer becomes."""

import asyncio
import gzip
from collections.abc import Awaitable, Callable
from typing import Any

import brotli
import pytest
import zstandard
from hostile_server import ALLOW, BODY, FORBIDDEN, HostileServer, Visit, fetching

from ingest.errors import FetchError
from ingest.fetch.client import Fetcher
from ingest.model import Page, Validators

TIMEOUT, PROTOCOL, TRUNCATED, LARGE, DECODE = "timeout", "protocol", "truncated", "too_large", "decode"
FAILURES = {
    "hang": TIMEOUT,
    "hang-after-head": TIMEOUT,
    "drip-head": TIMEOUT,
    "drip-body": TIMEOUT,
    "drip-chunks": TIMEOUT,
    "slow-chain": TIMEOUT,
    "endless-body": LARGE,
    "endless-chunks": LARGE,
    "announced-10-gigabytes": LARGE,
    "silence": PROTOCOL,
    "reset-before-answer": "connect",
    "reset-in-body": TRUNCATED,
    "short-body": TRUNCATED,
    "missing-last-chunk": TRUNCATED,
    "bad-chunk-size": PROTOCOL,
    "impossible-chunk-size": PROTOCOL,
    "chunks-of-one-byte": PROTOCOL,
    "chunk-extension-flood": PROTOCOL,
    "trailer-flood": PROTOCOL,
    "header-flood": PROTOCOL,
    "many-small-headers": PROTOCOL,
    "interim-flood": PROTOCOL,
    "unasked-upgrade": PROTOCOL,
    "garbage": PROTOCOL,
    "no-status-line": PROTOCOL,
    "status-in-words": PROTOCOL,
    "two-lengths": PROTOCOL,
    "gzip-bomb": LARGE,
    "deflate-bomb": LARGE,
    "brotli-bomb": LARGE,
    "zstd-bomb": LARGE,
    "bomb-in-a-bomb": LARGE,
    "packed-file-bomb": LARGE,
    "three-codings": DECODE,
    "a-thousand-codings": DECODE,
    "unknown-coding": DECODE,
    "not-gzip-at-all": DECODE,
    "wrong-checksum": DECODE,
    "empty-members": DECODE,
    "cut-gzip": TRUNCATED,
    "cut-brotli": TRUNCATED,
    "cut-zstd": TRUNCATED,
    "cut-deflate": TRUNCATED,
    "206": PROTOCOL,
    "300": "http_3xx",
    "304": PROTOCOL,
    "305": "http_3xx",
    "400": "http_4xx",
    "401": "auth",
    "402": "http_4xx",
    "403": "auth",
    "404": "http_4xx",
    "407": "auth",
    "410": "gone",
    "418": "http_4xx",
    "429": "rate_limited",
    "429-in-seconds": "rate_limited",
    "429-in-words": "rate_limited",
    "451": "http_4xx",
    "500": "http_5xx",
    "502": "http_5xx",
    "503": "http_5xx",
    "503-in-seconds": "rate_limited",
    "503-at-a-date": "rate_limited",
    "599": "http_5xx",
    "600": PROTOCOL,
    "999": PROTOCOL,
    "image": "unsupported_type",
    "pdf": "unsupported_type",
    "circle": "too_many_redirects",
    "endless-redirects": "too_many_redirects",
    "without-a-target": "http_3xx",
    "to-a-file": "bad_scheme",
    "to-gopher": "bad_scheme",
    "to-nonsense": "bad_url",
    "to-no-host": "bad_url",
    "to-broken-punycode": "connect",
    "to-credentials": "bad_url",
    "to-a-backslash": "bad_url",
    "301-inside": "blocked_address",
    "302-inside": "blocked_address",
    "303-inside": "blocked_address",
    "307-inside": "blocked_address",
    "308-inside": "blocked_address",
    "two-steps-inside": "blocked_address",
    "without-a-scheme-inside": "blocked_address",
    "mapped-inside": "blocked_address",
    "decimal-inside": "bad_url",
}


def visiting(
    scenario: Callable[[HostileServer, Fetcher], Awaitable[Any]],
    server: HostileServer | None = None,
    **settings: object,
) -> Any:
    async def run() -> Any:
        async with fetching(server, **settings) as (running, fetcher):
            return await scenario(running, fetcher)

    return asyncio.run(run())


def page_of(behaviour: Callable[[Visit], Awaitable[None]], **settings: object) -> Page:
    async def scenario(server: HostileServer, fetcher: Fetcher) -> Page:
        return await fetcher.get(f"{server.origin}/page")

    page = visiting(scenario, HostileServer(page=behaviour), **settings)
    assert isinstance(page, Page)
    return page


def failure_of(route: str, **settings: object) -> FetchError:
    async def scenario(server: HostileServer, fetcher: Fetcher) -> FetchError:
        with pytest.raises(FetchError) as caught:
            await fetcher.get(f"{server.origin}/{route}")
        assert not server.forbidden
        assert caught.value.url == f"{server.origin}/{route}"
        return caught.value

    failure = visiting(scenario, **settings)
    assert isinstance(failure, FetchError)
    return failure


@pytest.mark.parametrize(("route", "code"), FAILURES.items(), ids=FAILURES.keys())
def test_every_bad_answer_ends_in_its_error_class_and_one_clean_line(route: str, code: str) -> None:
    failure = failure_of(route, **({"deadline": 0.4} if code == TIMEOUT else {}))
    assert (failure.code, failure.message.isprintable()) == (code, True), failure


def test_one_deadline_holds_for_the_whole_chain_of_redirects() -> None:
    async def scenario(server: HostileServer, fetcher: Fetcher) -> int:
        with pytest.raises(FetchError, match=r"not finished within 0\.5 s"):
            await fetcher.get(f"{server.origin}/slow-chain")
        return len(server.paths())

    assert 1 <= visiting(scenario, deadline=0.5) <= 3


def test_a_hostile_page_does_not_hold_up_its_neighbours() -> None:
    """While a dozen bombs and floods are on their way, good pages of another host come in whole."""

    async def scenario(server: HostileServer, fetcher: Fetcher) -> list[bytes]:
        hostile = ["hang", "drip-body", "gzip-bomb", "zstd-bomb", "interim-flood", "chunks-of-one-byte"] * 2
        rude = [asyncio.create_task(fetcher.get(f"{server.origin}/{route}")) for route in hostile]
        neighbour = server.origin.replace("127.0.0.1", "127.0.0.2")
        pages = [await fetcher.get(f"{neighbour}/good?{n}") for n in range(10)]
        results = await asyncio.gather(*rude, return_exceptions=True)
        assert all(isinstance(result, FetchError) for result in results)
        return [page.content for page in pages]

    assert visiting(scenario, concurrency=4, deadline=1.0) == [BODY] * 10


@pytest.mark.parametrize("route", ["redirect-with-a-bomb", "redirect-with-an-endless-body"])
def test_the_body_of_a_redirect_is_neither_decoded_nor_read_to_its_end(route: str) -> None:
    async def scenario(server: HostileServer, fetcher: Fetcher) -> bytes:
        return (await fetcher.get(f"{server.origin}/{route}")).content

    assert visiting(scenario) == BODY


CODINGS = {
    "gzip": gzip.compress,
    "x-gzip": gzip.compress,
    "br": brotli.compress,
    "zstd": zstandard.compress,
    "identity": bytes,
    "utf-8": bytes,
    "gzip, br": lambda body: brotli.compress(gzip.compress(body)),
}


@pytest.mark.parametrize("coding", CODINGS)
def test_content_codings_are_undone(coding: str) -> None:
    async def coded(visit: Visit) -> None:
        assert "zstd" in visit.headers["accept-encoding"]
        await visit.answer(CODINGS[coding](BODY), "200 OK", f"Content-Encoding: {coding}")

    assert page_of(coded).content == BODY


def test_a_packed_sitemap_is_unpacked_although_no_coding_was_announced() -> None:
    async def packed(visit: Visit) -> None:
        await visit.answer(gzip.compress(BODY), "200 OK", "Content-Type: application/gzip")

    assert page_of(packed).content == BODY


def test_a_page_keeps_what_later_steps_read() -> None:
    async def full(visit: Visit) -> None:
        fields = ("Content-Type: text/html; charset=euc-kr", 'ETag: "v1"', "Set-Cookie: a=b", "Link: <a>", "Link: <b>")
        await visit.answer(BODY, "200 OK", *fields)

    page = page_of(full)
    assert (page.status, page.content, page.not_modified, page.permanent_url) == (200, BODY, False, "")
    assert page.url == page.final_url
    assert page.headers == {"content-type": "text/html; charset=euc-kr", "etag": '"v1"', "link": "<a>, <b>"}
    assert page.validators == Validators(etag='"v1"')
    assert page.fetched_at.utcoffset() is not None


def test_an_answer_to_the_end_of_the_connection_is_whole() -> None:
    async def old_style(visit: Visit) -> None:
        await visit.send(b"HTTP/1.0 200 OK\r\n\r\n" + BODY)
        visit.hang_up = True

    assert page_of(old_style).content == BODY


def test_an_empty_answer_is_a_page() -> None:
    async def nothing(visit: Visit) -> None:
        await visit.send(b"HTTP/1.1 204 No Content\r\n\r\n")

    page = page_of(nothing)
    assert (page.status, page.content) == (204, b"")


def test_an_unchanged_page_is_asked_for_by_its_validators_byte_by_byte() -> None:
    async def scenario(server: HostileServer, fetcher: Fetcher) -> tuple[Page, Visit]:
        validators = Validators('"\xe9\xff"', "Mon, 02 Mar 2026 10:00:00 GMT")
        page = await fetcher.get(f"{server.origin}/304", validators=validators)
        return page, server.visits[-1]

    page, visit = visiting(scenario)
    assert (page.not_modified, page.status, page.content) == (True, 304, b"")
    assert visit.headers["if-none-match"] == '"\xe9\xff"'
    assert visit.headers["if-modified-since"] == "Mon, 02 Mar 2026 10:00:00 GMT"


@pytest.mark.parametrize("etag", ['"a\r\nX-Evil: 1"', '"\0"', '"한글"', "x" * 5000])
def test_a_validator_that_no_header_can_carry_is_left_out(etag: str) -> None:
    async def scenario(server: HostileServer, fetcher: Fetcher) -> dict[str, str]:
        await fetcher.get(f"{server.origin}/page", validators=Validators(etag))
        return server.visits[-1].headers

    headers = visiting(scenario)
    assert "if-none-match" not in headers
    assert "x-evil" not in headers


def test_we_say_who_asks_and_send_no_credentials(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:1")
    monkeypatch.setenv("ALL_PROXY", "http://127.0.0.1:1")

    async def scenario(server: HostileServer, fetcher: Fetcher) -> dict[str, str]:
        await fetcher.get(f"{server.origin}/page#part")
        return server.visits[-1].headers

    headers = visiting(scenario, user_agent="harbour-reader/2 (+https://harbour.example/bot)")
    assert headers["user-agent"] == "harbour-reader/2 (+https://harbour.example/bot)"
    assert headers["host"].startswith("127.0.0.1:")
    assert not {"cookie", "authorization", "referer", "proxy-authorization"} & headers.keys()


def moving(*steps: str, cookie: str = "") -> HostileServer:
    """``/start`` redirects by each step ("301 /next") in turn; PORT in it is the server's port."""

    def route(status: str, location: str) -> Callable[[Visit], Awaitable[None]]:
        async def move(visit: Visit) -> None:
            target = location.replace("PORT", visit.origin.rpartition(":")[2])
            cookies = [f"Set-Cookie: {cookie}"] if cookie else []
            await visit.answer(b"", f"{status} Moved", f"Location: {target}", *cookies)

        return move

    names = ["start", *(step.partition(" ")[2].rpartition("/")[2] for step in steps)]
    return HostileServer(**{name: route(*step.split(" ", 1)) for name, step in zip(names, steps, strict=False)})


@pytest.mark.parametrize(
    ("steps", "permanent"),
    [(["301 /new"], True), (["301 /a", "308 /new"], True), (["301 /a", "302 /new"], False), (["307 /new"], False)],
)
def test_a_chain_of_only_permanent_redirects_names_the_new_home(steps: list[str], permanent: bool) -> None:
    async def scenario(server: HostileServer, fetcher: Fetcher) -> Page:
        return await fetcher.get(f"{server.origin}/start")

    page = visiting(scenario, moving(*steps))
    assert page.url.endswith("/start")
    assert page.final_url.endswith("/new")
    assert page.permanent_url == (page.final_url if permanent else "")


@pytest.mark.parametrize(
    ("sent", "asked"),
    [
        ("/a b", "/a%20b"),
        ("/caf\xe9", "/caf%E9"),
        ("/가".encode().decode("latin-1"), "/%EA%B0%80"),
        ("?q=1#x", "/start?q=1"),
    ],
    ids=["space", "latin-1", "utf-8", "query"],
)
def test_redirects_are_followed_as_servers_write_them(sent: str, asked: str) -> None:
    async def scenario(server: HostileServer, fetcher: Fetcher) -> str:
        async def move(visit: Visit) -> None:
            await (visit.answer() if visit.path != "/start" else visit.answer(b"", "302 F", f"Location: {sent}"))

        server.routes["start"] = move
        await fetcher.get(f"{server.origin}/start")
        return server.visits[-1].path

    assert visiting(scenario) == asked


def test_a_site_that_redirects_until_its_cookie_comes_back_lets_us_in() -> None:
    async def wall(visit: Visit) -> None:
        if visit.headers.get("cookie") == "seen=yes":
            await visit.answer()
        else:
            await visit.answer(b"", "302 Found", "Location: /wall", "Set-Cookie: seen=yes; Path=/; HttpOnly")

    async def scenario(server: HostileServer, fetcher: Fetcher) -> list[str | None]:
        for _ in range(2):
            assert (await fetcher.get(f"{server.origin}/wall")).content == BODY
        return [visit.headers.get("cookie") for visit in server.visits if visit.path == "/wall"]

    assert visiting(scenario, HostileServer(wall=wall)) == [None, "seen=yes", None, "seen=yes"]


def test_cookies_do_not_leave_their_host() -> None:
    async def scenario(server: HostileServer, fetcher: Fetcher) -> list[str | None]:
        await fetcher.get(f"{server.origin}/start")
        return [visit.headers.get("cookie") for visit in server.visits if visit.path != "/robots.txt"]

    assert visiting(scenario, moving("302 http://127.0.0.2:PORT/there", cookie="secret=1")) == [None, None]


@pytest.mark.parametrize("route", ["429-in-seconds", "503-in-seconds", "503-at-a-date"])
def test_a_host_that_says_later_is_not_asked_again_before(route: str) -> None:
    async def scenario(server: HostileServer, fetcher: Fetcher) -> list[str]:
        for path in (route, "page"):
            with pytest.raises(FetchError) as caught:
                await fetcher.get(f"{server.origin}/{path}", source="news")
            assert caught.value.code == "rate_limited"
        assert caught.value.retry_after
        assert (await fetcher.get(f"http://127.0.0.2:{server.port}/page")).content == BODY
        return server.paths()

    assert visiting(scenario) == [f"/{route}", "/page"]


def test_later_can_be_meant_for_one_source_alone() -> None:
    async def scenario(server: HostileServer, fetcher: Fetcher) -> None:
        for _ in range(2):
            with pytest.raises(FetchError, match="rate_limited"):
                await fetcher.get(f"{server.origin}/429-in-seconds", source="news", retry_scope="source")
        assert (await fetcher.get(f"{server.origin}/page", source="sport")).content == BODY
        assert server.paths() == ["/429-in-seconds", "/page"]

    visiting(scenario)


def test_a_dead_host_and_an_unknown_name_are_said_to_be_unreachable() -> None:
    async def scenario(server: HostileServer, fetcher: Fetcher) -> list[FetchError]:
        failures = []
        for url in ("http://127.0.0.9:9/feed", "http://harbour.invalid/feed"):
            with pytest.raises(FetchError) as caught:
                await fetcher.get(url)
            failures.append(caught.value)
        return failures

    dead, unknown = visiting(scenario)
    assert (dead.code, unknown.code) == ("connect", "connect")
    assert dead.message == "127.0.0.9 port 9 cannot be reached: Connection refused"
    assert unknown.message.startswith("the name harbour.invalid cannot be resolved")


def test_addresses_are_refused_by_default() -> None:
    failure = failure_of("page", allow_addresses=())
    assert (failure.code, failure.message) == ("blocked_address", "127.0.0.1 is not connected to: loopback")


@pytest.mark.parametrize("allowed", [ALLOW, (f"{FORBIDDEN}/32",)])
def test_only_the_exact_networks_that_were_allowed_are_connected_to(allowed: tuple[str, ...]) -> None:
    async def scenario(server: HostileServer, fetcher: Fetcher) -> list[str]:
        codes = []
        for host in ("127.0.0.1", FORBIDDEN):
            try:
                await fetcher.get(f"http://{host}:{server.port}/page")
            except FetchError as failure:
                codes.append(failure.code)
            else:
                codes.append("ok")
        return codes

    expected = ["ok", "blocked_address"] if allowed == ALLOW else ["blocked_address", "protocol"]
    assert visiting(scenario, allow_addresses=allowed) == expected


def test_a_cancelled_fetch_closes_its_connection() -> None:
    async def scenario(server: HostileServer, fetcher: Fetcher) -> int:
        task = asyncio.create_task(fetcher.get(f"{server.origin}/hang"))
        while "/hang" not in server.paths():
            await asyncio.sleep(0.01)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        assert (await fetcher.get(f"{server.origin}/page")).content == BODY
        return server.open

    assert visiting(scenario, connections_per_host=1) >= 1


def test_waiting_for_the_pace_does_not_count_against_the_deadline() -> None:
    async def scenario(server: HostileServer, fetcher: Fetcher) -> list[float]:
        pages = await asyncio.gather(*(fetcher.get(f"{server.origin}/page?{n}") for n in range(4)))
        assert all(page.content == BODY for page in pages)
        return [visit.at for visit in server.visits]

    starts = visiting(scenario, delay=0.2, deadline=0.3)
    assert len(starts) == 5
    assert max(starts) - min(starts) > 0.3
