"""robots.txt as the standard reads it, as servers serve it, and as attackers write it."""

import asyncio
import gzip
from collections.abc import Awaitable, Callable
from contextlib import suppress

import pytest
from hostile_server import BODY, FORBIDDEN, HostileServer, Visit, fetching

from ingest.errors import FetchError
from ingest.fetch import robots
from ingest.fetch.client import Fetcher

AGENTS = [
    ("ingest/0.1 (+https://example.org/about-this-bot)", "ingest"),
    ("harbour-reader", "harbour-reader"),
    ("Mozilla/5.0 (compatible; HarbourBot/2.1; +https://harbour.example)", "HarbourBot"),
    ("", "*"),
]


@pytest.mark.parametrize(("user_agent", "product"), AGENTS)
def test_the_product_token_is_what_robots_files_name(user_agent: str, product: str) -> None:
    assert robots.product_token(user_agent) == product


EVERYBODY = "User-agent: *\nDisallow: /private\n"
RULES = [
    ("", "/x", True),
    (EVERYBODY, "/private/x", False),
    (EVERYBODY, "/public", True),
    ("User-agent: ingest\nDisallow:\n\n" + EVERYBODY, "/private", True),
    ("User-agent: ingest\n\n" + EVERYBODY, "/private", False),
    ("User-agent: other\nUser-agent: INGEST/9.9\nDisallow: /x\n\n" + EVERYBODY, "/x", False),
    ("User-agent: other\nUser-agent: ingest\nDisallow: /x\n\n" + EVERYBODY, "/private", True),
    ("User-agent: ingester\nDisallow: /\n", "/x", True),
    ("User-agent: in\nDisallow: /\n", "/x", True),
    ("User-agent: ingest\nAllow: /a\n\nUser-agent: b\nDisallow: /\n\nUser-agent: ingest\nDisallow: /\n", "/a", True),
    ("User-agent: ingest\nAllow: /a\n\nUser-agent: b\nDisallow: /\n\nUser-agent: ingest\nDisallow: /\n", "/b", False),
    ("User-agent: other\nSitemap: https://x.example/s.xml\nUser-agent: *\nDisallow: /\n", "/x", False),
    ("user-agent:*\r\ndisallow:/x # why\r\n", "/x/y", False),
    ("\ufeffUser-agent: *\rDisallow: /x\r", "/x", False),
    ("User-agent: *\nDisallow: /*.pdf$\n", "/a/b.pdf", False),
    ("User-agent: *\nDisallow: /*.pdf$\n", "/a/b.pdf?x", True),
    ("User-agent: *\nDisallow: /\nAllow: /open\n", "/open/1", True),
    ("User-agent: *\nDisallow: /caf\xe9\n", "/caf%C3%A9", False),
    ("User-agent: *\nDisallow: /\n", "/robots.txt", True),
    ("<!doctype html><p>User-agent: *\nDisallow: /\n", "/x", True),
    ("Disallow: /\n", "/x", True),
]


@pytest.mark.parametrize(("text", "path", "allowed"), RULES)
def test_rules_are_read_as_the_standard_says(text: str, path: str, allowed: bool) -> None:
    assert robots.parse(text.encode(), "ingest").allow(f"https://harbour.example{path}") is allowed


@pytest.mark.parametrize(
    ("delay", "seconds"),
    [
        ("5", 5.0),
        ("0.5", 0.5),
        ("-1", 0.0),
        ("nan", 0.0),
        ("1e308", 0.0),
        ("soon", 0.0),
        ("600", 600.0),
        ("86400", 86_400.0),
        ("86401", 0.0),
    ],
)
def test_a_crawl_delay_is_a_number_that_someone_can_mean(delay: str, seconds: float) -> None:
    assert robots.parse(f"User-agent: *\nCrawl-delay: {delay}\n".encode(), "ingest").crawl_delay == seconds


def test_where_there_are_no_rules_there_is_no_crawl_delay() -> None:
    for text in ("", "<p>Not found</p>", "User-agent: other\nCrawl-delay: 9\n"):
        assert robots.parse(text.encode(), "ingest").crawl_delay == 0.0


def test_the_first_500_kib_of_a_file_are_read_and_no_more() -> None:
    rule = b"\nDisallow: /private\n"
    start = b"User-agent: *\nDisallow: /first\n#"
    for end, read in ((500 * 1024, True), (500 * 1024 + len(rule), False)):
        rules = robots.parse(start + b"x" * (end - len(start) - len(rule)) + rule, "ingest")
        assert rules.allow("https://harbour.example/private") is not read
        assert not rules.allow("https://harbour.example/first")


HOSTILE = {
    "many rules": "User-agent: *\n" + "".join(f"Disallow: /{n}\n" for n in range(40_000)),
    "many agents, many rules": "".join(f"User-agent: a{n}\n" for n in range(15_000)) + "Disallow: /a\n" * 20_000,
    "one agent, many times": "User-agent: *\n" * 15_000 + "Disallow: /a\n" * 20_000,
    "stars": "User-agent: *\nDisallow: /" + "*a" * 5_000 + "$\n",
    "one line": "User-agent: *\nDisallow: /" + "b" * 600_000,
    "spaces": "user-agent" + " " * 400_000 + "\n" + "\t" * 90_000 + "x",
    "binary": "\0\ud7ff\x1b" * 100_000,
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_files_are_read_in_bounded_time(text: str) -> None:
    rules = robots.parse(text.encode(), "ingest")
    assert rules.allow("https://harbour.example/" + "ab" * 4000) in {True, False}


def asked(
    robots_txt: Callable[[Visit], Awaitable[None]], *paths: str, **settings: object
) -> tuple[list[str], list[str]]:
    """Error classes ("ok" if none) of fetching these paths in turn, and all that the server was asked for."""

    async def run() -> tuple[list[str], list[str]]:
        outcomes = []
        async with fetching(**settings) as (server, fetcher):
            server.robots = robots_txt
            for path in paths:
                try:
                    outcomes.append("ok" if (await fetcher.get(server.origin + path)).content == BODY else "?")
                except FetchError as failure:
                    outcomes.append(failure.code)
            assert not server.forbidden
            return outcomes, server.paths(robots=True)

    return asyncio.run(run())


def serving(body: bytes, status: str = "200 OK", *headers: str) -> Callable[[Visit], Awaitable[None]]:
    async def robots_txt(visit: Visit) -> None:
        await visit.answer(body, status, *headers)

    return robots_txt


def test_what_is_disallowed_is_not_asked_for_and_the_file_is_read_once() -> None:
    outcomes, paths = asked(serving(EVERYBODY.encode()), "/private/1", "/open", "/private/2")
    assert outcomes == ["robots", "ok", "robots"]
    assert paths == ["/robots.txt", "/open"]


NO_RULES = {
    "404": serving(b"User-agent: *\nDisallow: /", "404 Not Found"),
    "401": serving(b"", "401 Unauthorized"),
    "410": serving(b"", "410 Gone"),
    "a circle": serving(b"", "302 Found", "Location: /robots.txt"),
    "a redirect to nowhere": serving(b"", "302 Found", "Location: http://[::1"),
    "html": serving(b"<html>User-agent: *\nDisallow: /</html>"),
    "an image": serving(b"\x89PNG", "200 OK", "Content-Type: image/png"),
    "the rule comes after 500 KB": serving(b"User-agent: *\n" + b"# filler\n" * 60_000 + b"Disallow: /\n"),
    "a bomb": serving(gzip.compress(bytes(30_000_000)), "200 OK", "Content-Encoding: gzip"),
}


@pytest.mark.parametrize("robots_txt", NO_RULES.values(), ids=NO_RULES.keys())
def test_without_usable_rules_everything_is_allowed(robots_txt: Callable[[Visit], Awaitable[None]]) -> None:
    assert asked(robots_txt, "/page")[0] == ["ok"]


async def hang(visit: Visit) -> None:
    await asyncio.sleep(60)


UNREACHABLE = {
    "500": serving(b"", "500 Oops"),
    "503": serving(b"", "503 Busy"),
    "a cut answer": serving(gzip.compress(b"User-agent: *" * 99)[:-9], "200 OK", "Content-Encoding: gzip"),
    "a redirect inside": serving(b"", "302 Found", f"Location: http://{FORBIDDEN}:1/robots.txt"),
    "silence": hang,
}


@pytest.mark.parametrize("robots_txt", UNREACHABLE.values(), ids=UNREACHABLE.keys())
def test_while_robots_txt_is_unreachable_nothing_is_asked_for(robots_txt: Callable[[Visit], Awaitable[None]]) -> None:
    outcomes, paths = asked(robots_txt, "/one", "/two", deadline=0.4 if robots_txt is hang else 10.0)
    assert outcomes == ["robots", "robots"]
    assert paths == ["/robots.txt"]


def test_a_host_that_says_later_already_at_robots_txt_is_left_alone() -> None:
    outcomes, paths = asked(serving(b"", "429 Slow Down", "Retry-After: 300"), "/one", "/two")
    assert outcomes == ["rate_limited", "rate_limited"]
    assert paths == ["/robots.txt"]


def test_redirected_rules_hold_for_the_host_that_redirects() -> None:
    async def elsewhere(visit: Visit) -> None:
        if visit.origin.startswith("http://127.0.0.2:"):
            await visit.answer(EVERYBODY.encode())
        else:
            await visit.answer(
                b"", "301 Moved", f"Location: {visit.origin.replace('127.0.0.1', '127.0.0.2')}/robots.txt"
            )

    assert asked(elsewhere, "/private", "/page")[0] == ["robots", "ok"]


def test_each_host_of_a_redirect_is_asked_for_its_own_rules() -> None:
    async def run() -> None:
        async def cross(visit: Visit) -> None:
            await visit.answer(b"", "302 Found", f"Location: http://127.0.0.2:{server.port}/private/page")

        async with fetching(HostileServer(cross=cross)) as (server, fetcher):
            server.robots = serving(EVERYBODY.encode())
            with pytest.raises(FetchError) as caught:
                await fetcher.get(f"{server.origin}/cross")
            assert caught.value.code == "robots"
            assert server.paths(robots=True) == ["/robots.txt", "/cross", "/robots.txt"]

    asyncio.run(run())


def test_many_fetches_at_once_ask_for_robots_txt_once_even_if_the_first_is_cancelled() -> None:
    async def run() -> None:
        async with fetching() as (server, fetcher):
            tasks = [asyncio.create_task(fetcher.get(f"{server.origin}/{n}")) for n in range(20)]
            await asyncio.sleep(0)
            tasks[0].cancel()
            results = await asyncio.gather(*tasks, return_exceptions=True)
            assert isinstance(results[0], asyncio.CancelledError)
            assert [page.content for page in results[1:]] == [BODY] * 19  # type: ignore[union-attr]
            assert server.paths(robots=True).count("/robots.txt") == 1

    asyncio.run(run())


def test_a_crawl_delay_slows_us_down_and_never_speeds_us_up() -> None:
    async def gaps(crawl_delay: str, delay: float) -> float:
        async with fetching(delay=delay) as (server, fetcher):
            server.robots = serving(f"User-agent: *\nCrawl-delay: {crawl_delay}\n".encode())
            for path in ("/one", "/two"):
                await fetcher.get(server.origin + path)
            first, second = (visit.at for visit in server.visits[-2:])
            return second - first

    assert asyncio.run(gaps("0.3", delay=0.0)) > 0.29
    assert asyncio.run(gaps("0.01", delay=0.3)) > 0.29


def test_our_own_product_is_the_one_of_the_settings() -> None:
    text = b"User-agent: harbour-reader\nDisallow: /\n\nUser-agent: *\nDisallow:\n"
    assert asked(serving(text), "/page", user_agent="harbour-reader/3")[0] == ["robots"]
    assert asked(serving(text), "/page", user_agent="other-reader/3")[0] == ["ok"]


def test_an_unused_fetcher_closes() -> None:
    async def run() -> None:
        async with fetching() as (_, fetcher):
            assert isinstance(fetcher, Fetcher)

    asyncio.run(run())


def robots_asked(content: Callable[[int], bytes], origins: list[int]) -> list[int]:
    """The origins whose robots.txt was loaded when rules were wanted for ``origins``, in turn."""
    loaded: list[int] = []

    async def load(url: str) -> bytes:
        number = int(url.removeprefix("https://s").partition(".")[0])
        loaded.append(number)
        return content(number)

    async def run() -> None:
        known = robots.RobotsCache("ingest/0.1", load)
        for number in origins:
            origin = f"https://s{number}.example"
            assert not (await known.rules(origin, origin)).allow(f"{origin}/private-{number}")
        await known.aclose()

    asyncio.run(run())
    return loaded


def test_rules_of_thousands_of_hosts_are_remembered() -> None:
    every = list(range(6_000))
    assert robots_asked(lambda number: f"User-agent: *\nDisallow: /private-{number}\n".encode(), every * 2) == every


def test_files_as_large_as_they_may_be_are_forgotten_oldest_first() -> None:
    padding = b"#" * 499_000

    def content(number: int) -> bytes:
        return b"User-agent: *\nDisallow: /private-%d\n%s" % (number, padding)

    last = 200
    assert robots_asked(content, [*range(last), last - 1, 0]) == [*range(last), 0]


class Origin:
    """A site whose robots.txt is loaded by a cache with a clock of its own."""

    url = "https://harbour.example"

    def __init__(self, response: bytes | FetchError | None) -> None:
        self.response = response
        self.now = 1000.0
        self.loads = 0
        self.cache = robots.RobotsCache("ingest/0.1", self.load, lambda: self.now)

    async def load(self, url: str) -> bytes | None:
        assert url == f"{self.url}/robots.txt"
        self.loads += 1
        if isinstance(self.response, FetchError):
            raise self.response
        return self.response

    def loads_at(self, *times: float) -> list[int]:
        """How often the file had been loaded after the rules were wanted at each of these times, in seconds."""

        async def run() -> list[int]:
            loads = []
            for at in times:
                self.now = 1000.0 + at
                with suppress(FetchError):
                    await self.cache.rules(self.url, f"{self.url}/page")
                loads.append(self.loads)
            return loads

        return asyncio.run(run())


@pytest.mark.parametrize("response", [EVERYBODY.encode(), b"", None])
def test_rules_are_kept_for_a_day(response: bytes | None) -> None:
    assert Origin(response).loads_at(0, 86_399, 86_401, 86_402) == [1, 1, 2, 2]


def test_an_unreachable_robots_txt_is_asked_for_again_after_a_minute() -> None:
    failure = FetchError(f"{Origin.url}/robots.txt", "connect", "no answer")
    assert Origin(failure).loads_at(0, 59, 61) == [1, 1, 2]


def test_a_robots_txt_that_comes_with_a_retry_after_is_asked_for_again_then() -> None:
    failure = FetchError(f"{Origin.url}/robots.txt", "rate_limited", "later", status=429, retry_after=300.0)
    assert Origin(failure).loads_at(0, 61, 299, 301) == [1, 1, 1, 2]


def test_a_failure_is_that_of_the_page_that_was_wanted() -> None:
    origin = Origin(FetchError(f"{Origin.url}/robots.txt", "robots", "unreachable", status=500))

    async def run() -> list[FetchError]:
        failures = []
        for path in ("/one", "/two"):
            with pytest.raises(FetchError) as caught:
                await origin.cache.rules(origin.url, origin.url + path)
            failures.append(caught.value)
        return failures

    one, two = asyncio.run(run())
    assert (one.url, two.url) == (f"{origin.url}/one", f"{origin.url}/two")
    assert (two.code, two.status, origin.loads) == ("robots", 500, 1)
