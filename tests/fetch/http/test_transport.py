"""Connections: where they lead, whom they trust, and which of them serve twice."""

import asyncio
import ssl
from collections.abc import Awaitable, Callable
from dataclasses import replace
from pathlib import Path

import pytest
from hostile_server import ALLOW, BODY, FORBIDDEN, HostileServer, Visit, fetching

from ingest.errors import FetchError
from ingest.fetch.client import Fetcher
from ingest.model import Settings

CERTIFICATE = Path(__file__).parents[1] / "self_signed.pem"
"""Key and certificate of ``harbour.test``, signed by itself, for these tests alone."""
SETTINGS = Settings(delay=0.0, deadline=2.0, allow_addresses=ALLOW)


def names(**table: list[str]) -> Callable[[str], Awaitable[list[str]]]:
    """A resolver of these names, where "_" stands for "."; each look-up takes the next answer, the last one stays."""
    answers = {name.replace("_", "."): list(addresses) for name, addresses in table.items()}

    async def resolve(host: str) -> list[str]:
        if host not in answers:
            raise OSError(-2, "Name or service not known")
        addresses = answers[host]
        return (addresses.pop(0) if len(addresses) > 1 else addresses[0]).split()

    return resolve


def test_the_address_that_was_checked_is_the_one_connected_to_whatever_dns_says_next() -> None:
    async def run() -> None:
        resolve = names(harbour_test=["127.0.0.1", FORBIDDEN])
        async with HostileServer() as server, Fetcher(SETTINGS, resolver=resolve) as fetcher:
            url = f"http://harbour.test:{server.port}"
            server.robots = close_after(b"")
            with pytest.raises(FetchError) as caught:
                await fetcher.get(f"{url}/page")
            assert caught.value.code == "blocked_address"
            assert server.paths(robots=True) == ["/robots.txt"]
            assert not server.forbidden

    asyncio.run(run())


def close_after(body: bytes) -> Callable[[Visit], Awaitable[None]]:
    async def behaviour(visit: Visit) -> None:
        await visit.answer(body, "200 OK", "Connection: close")
        visit.hang_up = True

    return behaviour


def test_only_the_public_ones_of_several_addresses_are_tried_and_a_dead_one_is_passed_over() -> None:
    async def run() -> None:
        resolve = names(harbour_test=[f"{FORBIDDEN} 127.0.0.9 127.0.0.2"], inside_test=[FORBIDDEN], nowhere_test=[""])
        async with HostileServer() as server, Fetcher(SETTINGS, resolver=resolve) as fetcher:
            assert (await fetcher.get(f"http://harbour.test:{server.port}/page")).content == BODY
            assert server.visits[-1].headers["host"] == f"harbour.test:{server.port}"
            for name, code in (("inside", "blocked_address"), ("nowhere", "connect"), ("unknown", "connect")):
                with pytest.raises(FetchError) as caught:
                    await fetcher.get(f"http://{name}.test:{server.port}/page")
                assert caught.value.code == code
            assert not server.forbidden

    asyncio.run(run())


def test_many_dead_addresses_of_one_family_do_not_hide_a_live_one_of_the_other() -> None:
    async def run() -> None:
        resolve = names(harbour_test=["::1 ::2 ::3 ::4 ::5 127.0.0.1"])
        settings = replace(SETTINGS, allow_addresses=("::/64", *ALLOW))
        async with HostileServer() as server, Fetcher(settings, resolver=resolve) as fetcher:
            assert (await fetcher.get(f"http://harbour.test:{server.port}/page")).content == BODY

    asyncio.run(run())


def test_a_certificate_has_to_be_trusted_and_to_be_for_the_name() -> None:
    async def outcome(host: str, tls: ssl.SSLContext | None) -> str:
        server_tls = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        server_tls.load_cert_chain(CERTIFICATE)
        resolve = names(harbour_test=["127.0.0.1"], other_test=["127.0.0.1"])
        async with HostileServer() as server, Fetcher(SETTINGS, resolver=resolve, tls=tls) as fetcher:
            port = await server.serve_tls(server_tls)
            try:
                page = await fetcher.get(f"https://{host}:{port}/page")
            except FetchError as failure:
                return "seen" if server.visits else failure.code
            return "ok" if page.content == BODY else "?"

    trusting = ssl.create_default_context(cafile=CERTIFICATE)
    assert asyncio.run(outcome("harbour.test", trusting)) == "ok"
    assert asyncio.run(outcome("other.test", trusting)) == "tls"
    assert asyncio.run(outcome("127.0.0.1", trusting)) == "tls"
    assert asyncio.run(outcome("harbour.test", None)) == "tls"


@pytest.mark.parametrize(("says", "code"), [(b"HTTP/1.1 400 Bad Request\r\n\r\n", "tls"), (b"", "timeout")])
def test_a_server_that_speaks_no_tls_is_told_from_one_that_says_nothing(says: bytes, code: str) -> None:
    async def run() -> str:
        async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            writer.write(says)
            await reader.read()
            writer.close()

        deadline = 10.0 if says else 0.4
        async with (
            await asyncio.start_server(serve, "127.0.0.1", 0) as server,
            fetching(deadline=deadline) as (_, fetcher),
        ):
            with pytest.raises(FetchError) as caught:
                await fetcher.get(f"https://127.0.0.1:{server.sockets[0].getsockname()[1]}/")
            return caught.value.code

    assert asyncio.run(run()) == code


def test_a_connection_serves_again_after_a_whole_answer() -> None:
    async def run() -> None:
        async with fetching() as (server, fetcher):
            for number in range(10):
                assert (await fetcher.get(f"{server.origin}/page?{number}")).content == BODY
            for route in ("404", "503-in-seconds"):
                with pytest.raises(FetchError):
                    await fetcher.get(f"{server.origin}/{route}")
            assert server.connections == 1

    asyncio.run(run())


def test_dozens_of_large_cookies_are_survived_and_not_sent_back() -> None:
    async def run() -> None:
        async with fetching(server=HostileServer(jar=set_cookies)) as (server, fetcher):
            for _ in range(2):
                assert (await fetcher.get(f"{server.origin}/jar")).content == BODY
            assert not [visit for visit in server.visits if "cookie" in visit.headers]

    async def set_cookies(visit: Visit) -> None:
        await visit.answer(BODY, "200 OK", *(f"Set-Cookie: c{n}={'x' * 4_000}; Path=/" for n in range(60)))

    asyncio.run(run())


FRAMINGS = {
    "length": b"HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\ntrue",
    "chunks": b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\ntrue\r\n0\r\n\r\n",
    "both": b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\nTransfer-Encoding: chunked\r\n\r\n4\r\ntrue\r\n0\r\n\r\n",
    "none": b"HTTP/1.1 204 No Content\r\n\r\n",
}
SMUGGLED = b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nfalse"


@pytest.mark.parametrize("pause", [0.0, 0.05], ids=["at once", "later"])
@pytest.mark.parametrize("framing", FRAMINGS)
def test_an_answer_pushed_ahead_is_never_taken_for_the_next_one(framing: str, pause: float) -> None:
    pushed = asyncio.Event()

    async def push(visit: Visit) -> None:
        try:
            if pause:
                await visit.send(FRAMINGS[framing], SMUGGLED, pause=pause)
            else:
                await visit.send(FRAMINGS[framing] + SMUGGLED)
        finally:
            pushed.set()

    async def run() -> None:
        async with fetching(HostileServer(push=push)) as (server, fetcher):
            for _ in range(3):
                pushed.clear()
                assert (await fetcher.get(f"{server.origin}/push")).content in {b"true", b""}
                await pushed.wait()
                await asyncio.sleep(2 * pause)
                assert (await fetcher.get(f"{server.origin}/page")).content == BODY

    asyncio.run(run())


def test_a_connection_that_was_closed_while_resting_is_replaced_unnoticed() -> None:
    async def closing(visit: Visit) -> None:
        await visit.answer()
        visit.hang_up = True

    async def run() -> None:
        async with fetching(HostileServer(closing=closing)) as (server, fetcher):
            for number in range(5):
                assert (await fetcher.get(f"{server.origin}/closing?{number}")).content == BODY
                await asyncio.sleep(0.01 * (number % 2))

    asyncio.run(run())


def test_no_more_connections_to_a_host_than_the_settings_allow() -> None:
    async def slow(visit: Visit) -> None:
        await asyncio.sleep(0.02)
        await visit.answer()

    async def run() -> int:
        async with fetching(HostileServer(slow=slow), connections_per_host=3) as (server, fetcher):
            await asyncio.gather(*(fetcher.get(f"{server.origin}/slow?{number}") for number in range(20)))
            return server.most_open

    assert asyncio.run(run()) == 3


def test_a_name_server_that_never_answers_is_not_waited_for_beyond_the_deadline() -> None:
    async def never(host: str) -> list[str]:
        await asyncio.sleep(60)
        return [host]

    async def run() -> FetchError:
        async with Fetcher(Settings(deadline=0.2), resolver=never) as fetcher:
            with pytest.raises(FetchError) as caught:
                await fetcher.get("http://harbour.test/")
            return caught.value

    failure = asyncio.run(run())
    assert (failure.code, failure.message) == ("timeout", "no connection within 0.2 s")
