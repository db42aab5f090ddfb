"""Which shapes of address are left out, by what came of them before."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from ingest.discover.shape_filter import MIN_OTHERS, ShapeCounts, SkippedLink, filter_links, shape
from ingest.model import Link

NOW = datetime(2026, 3, 2, tzinfo=UTC)
FRONT = "https://news.example/beat/harbour"
STORY = "https://news.example/2026/03/01/the-ferry-has-a-new-bell"
TITLE = "news.example/{date}/*-*-*"
BEAT = "news.example/beat/*"


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        (FRONT, BEAT),
        ("https://news.example/beat/old-harbour/", BEAT),
        (STORY, TITLE),
        ("https://news.example/2026/the-ferry-has-a-new-bell.html", "news.example/#/*-*-*.html"),
        ("https://news.example/news/politics/131402980", "news.example/news/politics/#"),
        ("https://news.example/news/politics", "news.example/news/*"),
        ("https://news.example/", "news.example/"),
        ("https://news.example/view.php?id=7&page=2", "news.example/*.php?id&page"),
        ("https://video.news.example/clip-7", "video.news.example/*-*-*"),
        ("https://news.example/지역/항구", "news.example/지역/*"),
        ("https://news.example/20260301/9", "news.example/{date}/#"),
        ("mailto:someone", ""),
        ("https://news.example/boats.jsonx", "news.example/*.jsonx"),
        ("https://news.example/boats.harbour", "news.example/*-*-*"),
        ("https://news.example/.htm", "news.example/.htm"),
        ("https://news.example/2026-03-01.html", "news.example/*-*-*.html"),
        ("https://news.example/big-old-boat", "news.example/*"),
        ("https://news.example/a-big-old-boat", "news.example/*-*-*"),
    ],
)
def test_the_shape_of_an_address_is_what_its_like_have_in_common(url: str, expected: str):
    assert shape(url) == expected


def test_a_shape_stays_short_on_bait():
    bait = "https://news.example/" + "a-" * 2_000 + "/" + "2026/" * 500
    assert len(shape(bait)) <= 200


def links(*urls: str) -> list[tuple[str, Link]]:
    return [(url, Link(url, "news", "https://news.example/sitemap.xml")) for url in urls]


def seen(others: int = MIN_OTHERS, *, articles: int = 0, stories: int = 5, days: float = 1) -> dict[str, ShapeCounts]:
    tried = NOW - timedelta(days=days)
    return {BEAT: ShapeCounts(articles, others, tried), TITLE: ShapeCounts(stories, 0, tried)}


def test_a_shape_that_often_was_no_article_and_never_one_is_left_out_with_its_reason():
    parted = filter_links(links(STORY, FRONT), seen(12), NOW)
    assert [link.url for _, link in parted.follow] == [STORY]
    (left_out,) = parted.skipped
    assert left_out == SkippedLink(FRONT, left_out.link, BEAT, f"learned: 12 of 12 pages like {BEAT} were no articles")


@pytest.mark.parametrize(
    "known",
    [{}, seen(MIN_OTHERS - 1), seen(100, articles=1), seen(100, stories=0)],
    ids=["nothing is known", "few were seen", "one was an article", "nothing of the source ever was an article"],
)
def test_when_in_doubt_all_links_are_followed(known: dict[str, ShapeCounts]):
    parted = filter_links(links(STORY, FRONT), known, NOW)
    assert len(parted.follow) == 2
    assert parted.skipped == ()


def test_a_shape_that_was_not_tried_for_a_week_is_tried_again():
    assert filter_links(links(FRONT), seen(days=6), NOW).retry_shapes == frozenset()
    assert filter_links(links(FRONT), seen(days=8), NOW).retry_shapes == {BEAT}
    assert filter_links(links(STORY), seen(days=8), NOW).retry_shapes == frozenset(), "there is none to try"


def test_three_articles_of_a_source_are_enough_to_learn_from():
    assert filter_links(links(FRONT), seen(stories=2), NOW).skipped == ()
    assert len(filter_links(links(FRONT), seen(stories=3), NOW).skipped) == 1


def test_a_shape_is_retried_to_the_hour_of_a_week():
    assert filter_links(links(FRONT), seen(days=7), NOW).retry_shapes == {BEAT}
