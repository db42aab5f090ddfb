"""Where an article of several pages ends or breaks off, whatever its pages answer; without a network."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from datetime import UTC, datetime

import pytest

from ingest.article.body import Body
from ingest.errors import FetchError
from ingest.extraction.pagination.follow import JoinedArticle, follow
from ingest.model import Article, Page, PageType

URL = "https://news.example/mill/the-mill-turns-again"
NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


def address(number: int) -> str:
    return URL if number == 1 else f"{URL}?page={number}"


def story(number: int, next_page: str = "", *, text: str | None = None, kind: PageType = "article") -> Article:
    told = f"On day {number} the wheel was lifted out of the water, which took all {number} of them until evening."
    return Article(
        address(number),
        address(number),
        title="The mill turns again",
        next_page=next_page,
        page_type=kind,
        body=Body.of_text(told if text is None else text),
    )


@dataclass
class Mill:
    """The pages behind the first, by their addresses."""

    pages: dict[str, Article]
    sizes: dict[str, int] = field(default_factory=dict)
    leads_to: dict[str, str] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)

    async def get(self, url: str) -> Page:
        self.asked.append(url)
        final_url = self.leads_to.get(url, url)
        if final_url not in self.pages:
            raise FetchError(url, "http_4xx", "404")
        return Page(url, final_url, 200, b"x" * self.sizes.get(url, 9), {}, NOON)

    async def read(self, page: Page) -> Article:
        return self.pages[page.final_url]

    def follow(self, first: Article) -> JoinedArticle:
        return asyncio.run(follow(first, self.get, self.read))


def mill(pages: int) -> Mill:
    return Mill({address(n): story(n, address(n + 1) if n < pages else "") for n in range(2, pages + 1)})


def outcome(joined: JoinedArticle) -> tuple[int, str, str]:
    """Number of pages, the code of the gap, and the page that is missing."""
    return joined.article.pages, joined.gap.code if joined.gap else "", joined.article.next_page


def test_an_article_of_one_page_is_itself() -> None:
    assert mill(1).follow(story(1)) == JoinedArticle(story(1))


def test_twenty_pages_are_read_and_no_more() -> None:
    assert outcome(mill(20).follow(story(1, address(2)))) == (20, "", "")
    long = mill(21)
    assert outcome(long.follow(story(1, address(2)))) == (20, "depth", address(21))
    assert long.asked[-1] == address(20)


@pytest.mark.parametrize(
    ("more", "expected"), [(0, (4, "", "")), (1, (3, "depth", address(4)))], ids=["all of them", "one more"]
)
def test_pages_are_read_until_they_have_twenty_million_bytes(more: int, expected: tuple[int, str, str]) -> None:
    large = mill(4)
    large.sizes = {address(2): 10_000_000, address(3): 10_000_000 + more}
    assert outcome(large.follow(story(1, address(2)))) == expected


def test_what_was_read_travels_without_its_bytes() -> None:
    joined = mill(3).follow(story(1, address(2)))
    assert [(page.url, page.content) for page in joined.later] == [(address(2), b""), (address(3), b"")]


@pytest.mark.parametrize("part", [story(3, kind="listing"), story(3, text=" ")], ids=["teasers", "nothing"])
def test_a_page_without_text_of_an_article_is_a_gap(part: Article) -> None:
    broken = mill(3)
    broken.pages[address(3)] = part
    assert outcome(broken.follow(story(1, address(2)))) == (2, "empty", address(3))


def test_a_page_that_is_missing_is_a_gap_behind_those_before_it() -> None:
    broken = mill(3)
    del broken.pages[address(3)]
    joined = broken.follow(story(1, address(2)))
    assert outcome(joined) == (2, "http_4xx", address(3))
    assert [page.url for page in joined.later] == [address(2)]


def test_a_page_that_moved_within_the_site_is_read_once() -> None:
    moved = mill(3)
    moved.pages[f"{URL}/part-two"] = story(2, address(3))
    moved.leads_to = {address(2): f"{URL}/part-two"}
    moved.pages[address(3)] = story(3, f"{URL}/part-two")
    assert outcome(moved.follow(story(1, address(2)))) == (3, "", "")
    assert moved.asked == [address(2), address(3)]


def test_a_page_whose_address_is_only_written_differently_is_read() -> None:
    moved = mill(2)
    moved.pages[f"{address(2)}&utm_source=mail"] = story(2)
    moved.leads_to = {address(2): f"{address(2)}&utm_source=mail"}
    assert outcome(moved.follow(story(1, address(2)))) == (2, "", "")


@pytest.mark.parametrize("elsewhere", [URL, address(2), "https://elsewhere.example/mill"])
def test_the_article_ends_where_a_page_leads_back_or_elsewhere(elsewhere: str) -> None:
    moved = mill(3)
    moved.pages |= {URL: story(7), "https://elsewhere.example/mill": story(8), address(2): story(2, address(3))}
    moved.leads_to = {address(3): elsewhere}
    assert outcome(moved.follow(story(1, address(2)))) == (2, "", "")


@pytest.mark.parametrize(
    "following", [URL, f"{URL}#more", f"{URL}/amp", "https://elsewhere.example/mill?page=2", "https://[bad/?page=2"]
)
def test_a_next_page_that_is_the_article_itself_or_on_another_site_is_not_asked_for(following: str) -> None:
    first = Article(f"{URL}/amp", URL, next_page=following, body=Body.of_text("The wheel is back."))
    empty = Mill({})
    assert outcome(empty.follow(first)) == (1, "", "")
    assert empty.asked == []
