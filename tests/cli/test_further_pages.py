"""The further pages of an article, as `ingest try` fetches, joins and lists them."""

from __future__ import annotations

from typing import Any

import pytest

from ingest.article.body import Body
from ingest.cli.further_pages import show
from ingest.errors import FetchError
from ingest.extraction.pagination.follow import JoinedArticle
from ingest.model import Article

PARTS = [
    "The ferry was built for forty passengers, and on the day of the fair it carried all of them twice over.",
    "Its captain has kept a list of what was left on the benches, which begins with an umbrella and a goose.",
    "Nobody has asked for the umbrella, while the goose was fetched within the hour by two brothers and a cart.",
]


def write_story(web: Any, *numbers: int) -> str:
    """The pages with these numbers of an article; each links to the next one. Returns the address of the first."""
    for number in numbers:
        path = "/2026/ferry" if number == 1 else f"/2026/ferry/{number}/"
        web.article(path, "The goose on the ferry", PARTS[number - 1], PARTS[number - 1].upper())
        following = f"<p>{number} <a href='/2026/ferry/{number + 1}/'>{number + 1}</a></p></article>".encode()
        if number < len(PARTS):
            web.pages[path].body = web.pages[path].body.replace(b"</article>", following)
    return f"{web.origin}/2026/ferry"


def test_the_further_pages_of_an_article_are_joined_and_listed(desk: Any, web: Any):
    address = write_story(web, 1, 2, 3)
    said = desk("try", address).stdout
    assert f"joined from 3 pages; those after the first:\n{address}/2/\n{address}/3/\n" in said
    assert "missing" not in said
    assert said.rstrip().endswith("\n\n".join(line for part in PARTS for line in (part, part.upper())))


def test_a_page_that_is_missing_is_named_with_the_reason(desk: Any, web: Any):
    address = write_story(web, 1, 2)
    said = desk("try", address).stdout
    assert f"joined from 2 pages; those after the first:\n{address}/2/\n" in said
    assert f"missing from here on: {address}/3/: http_4xx" in said
    assert PARTS[1].upper() in said


def test_the_further_pages_of_a_file_are_not_asked_for(desk: Any, web: Any):
    address = write_story(web, 1, 2, 3)
    (desk.folder / "page.html").write_bytes(web.pages["/2026/ferry"].body)
    said = desk("try", "page.html", "--url", address).stdout
    assert PARTS[0] in said
    assert "joined" not in said
    assert web.asked == []


def test_an_address_and_a_reason_are_a_line_each_and_cannot_steer_the_terminal(capsys: pytest.CaptureFixture[str]):
    gap = FetchError("https://town.example/\x1b[2J", "connect", "no\x9b2J\nroute")
    show(JoinedArticle(Article("https://town.example/1", "A title", Body()), gap=gap))
    assert capsys.readouterr().out.splitlines()[1:] == [
        "joined from 1 pages; those after the first:",
        "missing from here on: https://town.example/ [2J: connect: no 2J route",
    ]
