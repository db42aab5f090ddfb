import json
from datetime import UTC, datetime
from urllib.parse import parse_qs, urlsplit

import pytest

from ingest.errors import DiscoverError

API = "https://news.example/api/v1/archive?sort=new&offset=0&limit=50"
JSON = "application/json"


def post(number: int, **more: object) -> dict[str, object]:
    return {
        "slug": f"boats-{number}",
        "canonical_url": f"https://news.example/p/boats-{number}",
        "title": f"Boats {number}",
        "subtitle": "And a ferry.",
        "post_date": f"2026-11-{number:02}T10:00:00.000Z",
        "publishedBylines": [{"name": "Ada Kim"}, {"name": "Bo"}],
        "postTags": [{"name": "Harbour"}],
        "audience": "everyone",
        "body_html": None,
    } | more


def test_a_post_of_the_archive_says_all_that_it_knows(read) -> None:
    [link] = read(json.dumps([post(1, body_html="<p>Forty boats.</p>")]), "substack", content_type=JSON).links
    assert link.url == "https://news.example/p/boats-1"
    hints = link.hints
    assert (hints.title, hints.authors, hints.summary) == ("Boats 1", ("Ada Kim", "Bo"), "And a ferry.")
    assert (hints.published, hints.tags) == ("2026-11-01T10:00:00.000Z", ("Harbour",))
    assert hints.content == "<p>Forty boats.</p>"


def test_the_archive_is_read_oldest_first_and_goes_on_behind_what_was_returned(read) -> None:
    found = read(json.dumps([post(3), post(2), post(1)]), "substack", url=API, content_type=JSON)
    assert [link.url[-1] for link in found.links] == ["1", "2", "3"]
    [request] = found.history
    assert (request.kind, parse_qs(urlsplit(request.url).query)["offset"]) == ("substack", ["3"])


def test_the_archive_ends_with_an_empty_page_or_one_that_is_old_enough(read) -> None:
    assert read("[]", "substack", url=API, content_type=JSON).history == ()
    since = datetime(2026, 12, 1, tzinfo=UTC)
    assert read(json.dumps([post(2)]), "substack", url=API, content_type=JSON, since=since).history == ()
    endless = API.replace("offset=0", "offset=20000")
    assert read(json.dumps([post(2)]), "substack", url=endless, content_type=JSON).history == ()


def test_the_text_for_subscribers_is_not_taken_for_the_whole(read) -> None:
    body = json.dumps([post(1, audience="only_paid", body_html="<p>Forty</p>")])
    assert read(body, "substack", content_type=JSON).links[0].hints.content == ""


def test_the_feed_of_a_substack_leads_to_its_archive(read) -> None:
    feed = "<rss><channel><generator>Substack</generator><item><link>/p/boats-1</link></item></channel></rss>"
    found = read(feed, "feed", url="https://news.example/feed")
    assert [(request.kind, request.url) for request in found.history] == [("substack", API)]
    assert found.requests == ()


@pytest.mark.parametrize("body", ["<html>Just a moment</html>", '{"error": "gone"}'])
def test_an_answer_that_is_no_archive_is_an_error(read, body: str) -> None:
    with pytest.raises(DiscoverError) as failure:
        read(body, "substack", content_type=JSON)
    assert failure.value.code == "not_a_feed"


@pytest.mark.parametrize("odd", [None, 5, {}, {"canonical_url": 5, "slug": [], "title": 7, "publishedBylines": {}}])
def test_odd_posts_break_nothing(read, odd: object) -> None:
    found = read(json.dumps([odd, post(1)]), "substack", content_type=JSON)
    assert [link.url for link in found.links] == ["https://news.example/p/boats-1"]


def test_the_archive_goes_on_while_one_post_may_be_new_enough_and_to_its_limit(read) -> None:
    body = json.dumps([post(2), post(1)])
    day, later = (datetime(2026, 11, number, tzinfo=UTC) for number in (2, 3))
    assert read(body, "substack", url=API, content_type=JSON, since=day).history
    assert read(body, "substack", url=API, content_type=JSON, since=later).history == ()
    limit = API.replace("offset=0", "offset=19998")
    assert read(body, "substack", url=limit, content_type=JSON).history
    assert read(json.dumps([post(3), post(2), post(1)]), "substack", url=limit, content_type=JSON).history == ()


def test_an_address_without_an_offset_is_its_beginning(read) -> None:
    url = "https://news.example/api/v1/archive?sort=new"
    for each in (url, f"{url}&offset=x"):
        [request] = read(json.dumps([post(1)]), "substack", url=each, content_type=JSON).history
        assert parse_qs(urlsplit(request.url).query)["offset"] == ["1"]


def test_a_post_without_a_subtitle_is_described(read) -> None:
    body = json.dumps([post(1, subtitle="", description="Of boats.")])
    assert read(body, "substack", content_type=JSON).links[0].hints.summary == "Of boats."


def test_a_crowd_of_authors_is_not_kept(read) -> None:
    def authors(count: int) -> int:
        names = [{"name": f"name {number}"} for number in range(count)]
        [link] = read(json.dumps([post(1, publishedBylines=names)]), "substack", content_type=JSON).links
        return len(link.hints.authors)

    assert authors(15) == 15
    assert authors(35) < 35
