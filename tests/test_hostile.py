"""One run over servers that misbehave, each a source of its own, with three healthy neighbours: nobody else suffers."""

from __future__ import annotations

import asyncio
import gzip
import json
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from functools import partial
from html import escape
from pathlib import Path
from typing import Any

import pytest

sys.path.insert(0, str(Path(__file__).parent / "fetch"))

from hostile_server import FORBIDDEN, Behaviour, HostileServer, Visit

pytestmark = pytest.mark.slow

HEALTHY = ("127.0.0.1", "127.0.0.2", "127.0.0.3")
XML = "Content-Type: application/rss+xml; charset=utf-8"
HTML = "Content-Type: text/html; charset=utf-8"
SECRET = "the-secret-of-the-harbour-master"

#: The source's own URL misbehaves: route of the hostile server (or of `INDEXES`) → the error class that must be named.
BROKEN = {
    "hang": "timeout",
    "drip-body": "timeout",
    "endless-body": "too_large",
    "announced-10-gigabytes": "too_large",
    "silence": "protocol",
    "reset-before-answer": "connect",
    "short-body": "truncated",
    "missing-last-chunk": "truncated",
    "bad-chunk-size": "protocol",
    "chunk-extension-flood": "protocol",
    "trailer-flood": "protocol",
    "header-flood": "protocol",
    "interim-flood": "protocol",
    "garbage": "protocol",
    "two-lengths": "protocol",
    "gzip-bomb": "too_large",
    "brotli-bomb": "too_large",
    "zstd-bomb": "too_large",
    "bomb-in-a-bomb": "too_large",
    "packed-file-bomb": "too_large",
    "three-codings": "decode",
    "unknown-coding": "decode",
    "wrong-checksum": "decode",
    "cut-gzip": "truncated",
    "304": "protocol",
    "206": "protocol",
    "403": "auth",
    "404": "http_4xx",
    "410": "gone",
    "500": "http_5xx",
    "429-in-seconds": "rate_limited",
    "503-at-a-date": "rate_limited",
    "image": "unsupported_type",
    "circle": "too_many_redirects",
    "endless-redirects": "too_many_redirects",
    "to-a-file": "bad_scheme",
    "to-credentials": "bad_url",
    "302-inside": "blocked_address",
    "two-steps-inside": "blocked_address",
    "mapped-inside": "blocked_address",
    "decimal-inside": "bad_url",
    "to-broken-punycode": "connect",
    "error-page": "not_a_feed",
    "no-content": "not_a_feed",
    "picture": "not_a_feed",
    "nothing": "empty",
    "entity-bomb": "parse",
    "external-entity": "parse",
    "deep-xml": "parse",
    "deep-json": "parse",
}

#: A page that a healthy feed names between two good ones → the error class of its link.
BAD_PAGES = {
    "404": "http_4xx",
    "hang": "timeout",
    "gzip-bomb": "too_large",
    "pdf": "unsupported_type",
    "302-inside": "blocked_address",
    "deep-page": "parse",
    "soft-404": "empty",
    "blank-page": "empty",
}


def story(name: str, title: str = "", head: str = "", more: str = "", charset: str = "utf-8") -> bytes:
    """A news page whose words are its own, so that no two are duplicates."""
    paragraphs = "".join(
        f"<p>On pier {number} of {name} the crew of the ferry counted {number * 7} boats, and said of {name} that "
        f"the tide had brought them in before noon, as it does {number + 2} times in a year.</p>"
        for number in range(1, 6)
    )
    title = title or f"Ferry of {name}"
    return (
        f'<!doctype html><html lang="en"><head><meta charset="{charset}"><title>{title}</title>{head}</head><body>'
        f"<article><h1>{title}</h1>{paragraphs}{more}</article></body></html>"
    ).encode(charset)


def item(link: str, title: str = "A story", more: str = "") -> str:
    return f"<item><title>{title}</title><link>{link}</link>{more}</item>"


def rss(*items: str) -> bytes:
    return f'<rss version="2.0"><channel><title>News</title>{"".join(items)}</channel></rss>'.encode()


def serving(body: bytes, *headers: str, status: str = "200 OK") -> Behaviour:
    async def behaviour(visit: Visit) -> None:
        await visit.answer(body, status, *headers)

    return behaviour


def _xml_bomb() -> bytes:
    entities = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    return f'<!DOCTYPE rss [<!ENTITY l0 "lol">{entities}]><rss><channel><title>&l9;</title></channel></rss>'.encode()


def _external_entity(secret: Path) -> bytes:
    return f'<!DOCTYPE rss [<!ENTITY x SYSTEM "file://{secret}">]>'.encode() + rss(item("/good/xxe", "&x;"))


def _indexes(secret: Path) -> dict[str, Behaviour]:
    """Index pages that nothing can be had from."""
    return {
        "error-page": serving(b"<!doctype html><html><body><h1>We will be back soon</h1></body></html>", HTML),
        "no-content": serving(b"", status="204 No Content"),
        "picture": serving(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 100, XML),
        "nothing": serving(b"", XML),
        "entity-bomb": serving(_xml_bomb(), XML),
        "external-entity": serving(_external_entity(secret), XML),
        "deep-xml": serving(b"<rss><channel>" + b"<a>" * 100_000, XML),
        "deep-json": serving(b'{"items":' + b"[" * 100_000, "Content-Type: application/feed+json"),
    }


def _pages() -> dict[str, Behaviour]:
    """Pages that a feed names."""
    claimed = "<link rel='canonical' href='http://127.0.0.2:PORT/good/neighbour-1'>"
    payload = "<script>alert(1)</script><img src=x onerror=alert(1)><a href='javascript:alert(1)'>Boats</a>"
    return {
        "deep-page": serving(b"<html><body>" + b"<div>" * 100_000, HTML),
        "attribute-flood": serving(story("the flood", more=f"<p {' '.join(f'a{n}=1' for n in range(50_000))}>"), HTML),
        "soft-404": serving(b"<title>404</title><h1>Page not found</h1><p>It may have been moved, sorry.</p>", HTML),
        "blank-page": serving(b"<html><body> </body></html>", HTML),
        "scripts": serving(story("the script", escape("<script>alert(1)</script> Ferry"), more=payload), HTML),
        "claims": partial(_with_port, story("the claim", "A claim", claimed)),
        "korean": serving(story("부산 항구", "부산항 여객선 다시 출항", charset="euc-kr"), "Content-Type: text/html"),
    }


async def _with_port(body: bytes, visit: Visit) -> None:
    await visit.answer(body.replace(b"PORT", visit.origin.rpartition(":")[2].encode()), "200 OK", HTML)


async def _good(visit: Visit) -> None:
    name = visit.path.rpartition("/")[2]
    await visit.answer(story(f"{name} at {visit.origin.partition('//')[2].partition(':')[0]}"), "200 OK", HTML)


def _wrap(route: str) -> Behaviour:
    return serving(rss(item(f"/good/{route}-before"), item(f"/{route}"), item(f"/good/{route}-after")), XML)


def _readable() -> dict[str, tuple[Behaviour, list[str]]]:
    """Odd index pages of which the good part must be had: what is served, and the names of its good pages."""
    cookies = [f"Set-Cookie: c{n}={'x' * 4_000}; Domain=com" for n in range(60)]
    flood = "".join(f"<category>c{n}</category>" for n in range(20_000))
    inside = f"http://{FORBIDDEN}:1/secret"
    links = [inside, "file:///etc/passwd", "javascript:alert(1)", "http://user:pw@127.0.0.1/x", "/good/links"]
    odd = b'{"items": [{"id": %s, "url": 5, "title": ["x"], "date_published": NaN}, null, "x", {"url": "/good/odd",'
    odd += b' "title": "lone \\ud800 and \\u0000"}]}'
    broken = "<rss version=2.0><channel><title>R&D</title><item><title>Fish & <b>chips</title><link>/good/broken</link>"
    giant = item("/good/giant", "T" * 5_000_000, flood)
    korean = f'<?xml version="1.0" encoding="euc-kr"?>{rss(item("/good/prolog", "부산항")).decode()}'.encode("euc-kr")
    declared = b'<!DOCTYPE rss [<!ENTITY % latin SYSTEM "http://127.0.0.66:1/lat1.ent">%latin;]>'
    cut = rss(item("/good/whole"), item("/good/cut-off"))
    warned = b"<br />\n<b>Warning</b>: no such file in <b>x.php</b> on line <b>3</b><br />\n"
    unclosed = rss(item("/good/unclosed-1"), item("/good/unclosed-2")).replace(b"</item>", b"")
    signed = b'{"items": [{"id": "1", "url": "/good/signed"}]}\n<!-- cached at noon -->'
    return {
        "declared": (serving(declared + rss(item("/good/declared", "caf&eacute; &lock;")), XML), ["declared"]),
        "cut": (serving(cut[: cut.index(b"cut-off")], XML), ["whole"]),
        "warned": (serving(warned + rss(item("/good/warned")), "Content-Type: text/html"), ["warned"]),
        "unclosed": (serving(unclosed, XML), ["unclosed-1", "unclosed-2"]),
        "signed": (serving(signed, "Content-Type: application/json"), ["signed"]),
        "cookies": (serving(rss(item("/good/cookies")), XML, *cookies), ["cookies"]),
        "giant-title": (serving(rss(giant, item("/good/after-giant")), XML), ["giant", "after-giant"]),
        "links-inside": (serving(rss(*map(item, links)), XML), ["links"]),
        "odd-json": (serving(odd % (b"9" * 5_000), "Content-Type: application/feed+json"), ["odd"]),
        "broken-xml": (serving(broken.encode(), XML), ["broken"]),
        "prolog": (serving(korean, "Content-Type: application/xml"), ["prolog"]),
        "packed": (serving(gzip.compress(rss(item("/good/packed"))), "Content-Encoding: gzip"), ["packed"]),
        "unknown-charset": (serving(rss(item("/good/charset")), "Content-Type: text/xml; charset=zlib"), ["charset"]),
    }


@dataclass
class Ran:
    """What the two runs left."""

    reports: list[dict[str, Any]]
    exits: list[int]
    logs: str
    server: HostileServer
    database: Path
    before: list[tuple[Any, ...]]
    """The articles after the first run."""
    asked: list[str]
    """The paths that the first run asked for."""

    def rows(self, query: str, *values: object) -> list[tuple[Any, ...]]:
        with closing(sqlite3.connect(self.database)) as db:
            return db.execute(query, values).fetchall()

    def source(self, name: str) -> dict[str, Any]:
        return next(source for source in self.reports[0]["sources"] if source["name"] == name)

    def titles(self, source: str) -> set[str]:
        return {title for (title,) in self.rows("SELECT title FROM articles WHERE source = ?", source)}


ARTICLES = "SELECT id, url, title, content_hash, last_changed, duplicate_of FROM articles ORDER BY id"


@pytest.fixture(scope="module")
def ran(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ran]:
    folder = tmp_path_factory.mktemp("hostile")
    secret = folder / "secret"
    secret.write_text(SECRET)
    routes = _routes(secret)
    server = HostileServer(**routes)
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever)
    thread.start()
    asyncio.run_coroutine_threadsafe(server.__aenter__(), loop).result()
    try:
        (folder / "sources.yaml").write_text(json.dumps(_configuration(server)))
        database = folder / "articles.db"
        first = _fetch(folder)
        asked = server.paths()
        with closing(sqlite3.connect(database)) as db:
            before = db.execute(ARTICLES).fetchall()
        second = _fetch(folder)
        reports = [json.loads(run.stdout) for run in (first, second)]
        logs = first.stderr + second.stderr
        yield Ran(reports, [first.returncode, second.returncode], logs, server, database, before, asked)
    finally:
        asyncio.run_coroutine_threadsafe(server.__aexit__(), loop).result()
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()


def _routes(secret: Path) -> dict[str, Behaviour]:
    routes = _indexes(secret) | _pages()
    for name in (*BAD_PAGES, *_pages()):
        routes[f"feed-with-{name}"] = _wrap(name)
    for name, (behaviour, good) in _readable().items():
        routes[f"feed-{name}"] = behaviour
        routes |= dict.fromkeys((f"good/{page}" for page in good), _good)
    routes |= {f"good/{name}-{side}": _good for name in (*BAD_PAGES, *_pages()) for side in ("before", "after")}
    routes |= {f"good/neighbour-{number}": _good for number in (1, 2, 3)}
    routes["neighbours"] = serving(rss(*(item(f"/good/neighbour-{number}") for number in (1, 2, 3))), XML)
    return routes


def _configuration(server: HostileServer) -> dict[str, Any]:
    local = server.origin
    urls = {f"broken-{name}": f"{local}/{name}" for name in BROKEN}
    urls |= {f"page-{name}": f"{local}/feed-with-{name}" for name in (*BAD_PAGES, *_pages())}
    urls |= {f"odd-{name}": f"{local}/feed-{name}" for name in _readable()}
    urls |= {f"healthy-{host}": f"http://{host}:{server.port}/neighbours" for host in HEALTHY}
    settings = {"delay": 0, "connections_per_host": 16, "deadline": 4, "allow_addresses": ["127.0.0.0/27"]}
    sources = [{"name": name, "url": url, "kind": "feed", "retry_scope": "source"} for name, url in urls.items()]
    return {"settings": settings, "sources": sources}


def _fetch(folder: Path) -> subprocess.CompletedProcess[str]:
    files = ["--sources", str(folder / "sources.yaml"), "--db", str(folder / "articles.db")]
    command = [sys.executable, "-m", "ingest", *files, "fetch", "--json"]
    run = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
    assert run.returncode in {0, 1}, run.stderr
    return run


@pytest.mark.parametrize("host", HEALTHY)
def test_a_healthy_source_keeps_all_its_articles(ran: Ran, host: str) -> None:
    assert ran.source(f"healthy-{host}")["outcome"] == "ok"
    assert ran.titles(f"healthy-{host}") == {f"Ferry of neighbour-{number} at {host}" for number in (1, 2, 3)}


@pytest.mark.parametrize(("route", "code"), BROKEN.items(), ids=BROKEN)
def test_a_source_that_misbehaves_stores_nothing_and_says_why(ran: Ran, route: str, code: str) -> None:
    source = ran.source(f"broken-{route}")
    assert (source["outcome"], source["error"], source["new"]) == ("failed", code, 0)
    assert ran.titles(f"broken-{route}") == set()
    assert ran.rows("SELECT error FROM sources WHERE name = ?", f"broken-{route}") == [(code,)]


@pytest.mark.parametrize(("route", "code"), BAD_PAGES.items(), ids=BAD_PAGES)
def test_a_page_that_misbehaves_costs_itself_and_not_its_neighbours(ran: Ran, route: str, code: str) -> None:
    assert ran.titles(f"page-{route}") == {f"Ferry of {route}-{side} at 127.0.0.1" for side in ("before", "after")}
    [(error,)] = ran.rows("SELECT error FROM links WHERE url = ?", f"{ran.server.origin}/{route}")
    assert error == code


@pytest.mark.parametrize("name", _readable())
def test_the_good_part_of_an_odd_index_page_is_had(ran: Ran, name: str) -> None:
    good = _readable()[name][1]
    assert ran.source(f"odd-{name}")["outcome"] == "ok"
    assert ran.titles(f"odd-{name}") == {f"Ferry of {page} at 127.0.0.1" for page in good}


def test_scripts_in_a_page_are_text_or_nothing(ran: Ran) -> None:
    [(title, html)] = ran.rows("SELECT title, html FROM articles WHERE url LIKE '%/scripts'")
    assert "Ferry" in title
    assert not [part for part in ("<script", "onerror", "javascript:") if part in html]


def test_a_page_that_claims_to_be_another_sites_article_changes_only_itself(ran: Ran) -> None:
    claimed = f"http://127.0.0.2:{ran.server.port}/good/neighbour-1"
    assert ran.rows("SELECT source FROM articles WHERE url = ?", claimed) == [("healthy-127.0.0.2",)]
    assert "A claim" in ran.titles("page-claims")


def test_a_page_is_read_although_one_of_its_tags_has_a_flood_of_attributes(ran: Ran) -> None:
    [(text,)] = ran.rows("SELECT text FROM articles WHERE url LIKE '%/attribute-flood'")
    assert "On pier 5 of the flood" in text


def test_a_page_is_read_in_the_encoding_it_declares(ran: Ran) -> None:
    [(title, text)] = ran.rows("SELECT title, text FROM articles WHERE url LIKE '%/korean'")
    assert title == "부산항 여객선 다시 출항"
    assert "부산 항구" in text


def test_nothing_is_heard_at_an_address_that_is_not_allowed(ran: Ran) -> None:
    assert ran.server.forbidden == []


def test_no_cookie_and_no_password_is_ever_sent(ran: Ran) -> None:
    assert not [visit for visit in ran.server.visits if {"cookie", "authorization"} & visit.headers.keys()]


def test_no_file_of_ours_is_read_into_the_database(ran: Ran) -> None:
    assert SECRET.encode() not in ran.database.read_bytes()


@pytest.mark.parametrize("route", ["429-in-seconds", "503-at-a-date", "500", "hang"])
def test_who_fails_or_asks_for_a_pause_is_not_asked_twice_in_one_run(ran: Ran, route: str) -> None:
    expected = 1 + (route in BAD_PAGES)
    assert ran.asked.count(f"/{route}") == expected


def test_no_traceback_is_logged_and_the_exit_says_that_some_failed(ran: Ran) -> None:
    assert "Traceback" not in ran.logs
    assert ran.exits == [1, 1]


def test_a_second_run_adds_and_rewrites_nothing(ran: Ran) -> None:
    assert ran.before
    assert ran.rows(ARTICLES) == ran.before
    assert [ran.reports[1]["totals"][name] for name in ("new", "changed", "duplicate")] == [0, 0, 0]


def test_the_database_is_sound(ran: Ran) -> None:
    assert ran.rows("PRAGMA integrity_check") == [("ok",)]
