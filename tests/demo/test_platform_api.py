"""Lists of posts, filtered and cut into pages as WordPress and Blogger do it."""

from typing import Any

import pytest

from ingest.demo.platform_api import blogger_posts, wordpress_posts

#: The site's own time is an hour ahead of UTC.
POSTS = [
    {"id": day, "date": f"2026-04-{day:02}T08:00:00", "date_gmt": f"2026-04-{day:02}T07:00:00",
     "modified": f"2026-05-{day:02}T08:00:00", "modified_gmt": f"2026-05-{day:02}T07:00:00", "_embedded": {"by": "M"}}
    for day in range(25, 0, -1)
]  # fmt: skip


def ids(**query: str) -> list[int]:
    return [post["id"] for post in wordpress_posts(POSTS, query).value]


def test_a_page_of_wordpress_has_ten_posts_unless_another_number_is_asked_for() -> None:
    assert ids() == list(range(25, 15, -1))
    assert ids(page="3") == [5, 4, 3, 2, 1]
    assert ids(per_page="4", page="2") == [21, 20, 19, 18]
    assert ids(per_page="0") == [25]
    assert len(ids(per_page="200")) == 25


def test_wordpress_says_how_many_posts_and_pages_there_are() -> None:
    assert wordpress_posts(POSTS, {"per_page": "12"}).headers == {"X-WP-Total": "25", "X-WP-TotalPages": "3"}
    assert wordpress_posts(POSTS, {"per_page": "5"}).headers["X-WP-TotalPages"] == "5"


def test_a_page_beyond_the_last_is_an_error_but_the_first_of_an_empty_list_is_not() -> None:
    beyond = wordpress_posts(POSTS, {"page": "4"})
    assert (beyond.status, beyond.value["code"]) == (400, "rest_post_invalid_page_number")
    empty = wordpress_posts([], {"page": "1"})
    assert (empty.status, empty.value) == (200, [])
    assert wordpress_posts([], {"page": "2"}).status == 400


def test_a_hundred_posts_are_the_most_of_a_page() -> None:
    many = [POSTS[0] | {"id": number} for number in range(150)]
    assert len(wordpress_posts(many, {"per_page": "150"}).value) == 100


@pytest.mark.parametrize(
    ("limit", "newest"),
    [("2026-04-03T08:00:00", 2), ("2026-04-03T08:00:01", 3), ("2026-04-03T07:30:00Z", 3), ("2026-04-03T06:30:00Z", 2)],
)
def test_posts_before_a_time_are_older_than_it_in_the_site_s_time_or_utc(limit: str, newest: int) -> None:
    assert ids(before=limit) == list(range(newest, 0, -1))


def test_posts_after_a_time_or_changed_after_it_are_later_than_it() -> None:
    assert ids(after="2026-04-23T08:00:00") == [25, 24]
    assert ids(modified_after="2026-05-23T08:00:00") == [25, 24]
    assert ids(modified_after="2026-05-23T07:00:01+00:00") == [25, 24]


def test_authors_are_embedded_only_on_request() -> None:
    assert "_embedded" not in wordpress_posts(POSTS, {}).value[0]
    assert wordpress_posts(POSTS, {"_embed": ""}).value[0]["_embedded"] == {"by": "M"}


def _entry(name: str, published: str, updated: str) -> dict[str, Any]:
    return {"title": {"$t": name}, "published": {"$t": published}, "updated": {"$t": updated}}


FEED = {
    "feed": {
        "id": {"$t": "blog"},
        "entry": [
            _entry("old", "2026-04-01T08:00:00+01:00", "2026-04-09T08:00:00+01:00"),
            _entry("new", "2026-04-03T08:00:00+01:00", "2026-04-03T08:00:00+01:00"),
            _entry("middle", "2026-04-02T08:00:00+01:00", "2026-04-05T08:00:00+01:00"),
        ],
    }
}


def titles(**query: str) -> list[str]:
    feed = blogger_posts(FEED, {name.replace("_", "-"): value for name, value in query.items()}).value["feed"]
    return [entry["title"]["$t"] for entry in feed.get("entry", [])]


def test_a_feed_of_blogger_is_ordered_by_publication_or_by_change() -> None:
    assert titles() == ["new", "middle", "old"]
    assert titles(orderby="updated") == ["old", "middle", "new"]


def test_a_feed_of_blogger_begins_at_an_entry_counted_from_one() -> None:
    assert titles(start_index="1") == titles(start_index="0") == ["new", "middle", "old"]
    assert titles(start_index="2", max_results="1") == ["middle"]
    assert titles(start_index="4") == []


def test_entries_changed_at_a_time_or_later_are_listed() -> None:
    assert titles(updated_min="2026-04-05T08:00:00+01:00") == ["middle", "old"]


def test_a_feed_counts_its_entries_and_keeps_what_else_it_holds() -> None:
    feed = blogger_posts(FEED, {"start-index": "2", "max-results": "1"}).value["feed"]
    counts = [feed[f"openSearch${name}"]["$t"] for name in ("totalResults", "startIndex", "itemsPerPage")]
    assert counts == ["3", "2", "1"]
    assert feed["id"] == {"$t": "blog"}
    assert "entry" not in blogger_posts(FEED, {"max-results": "0"}).value["feed"]


def test_a_feed_has_25_entries_unless_another_number_up_to_150_is_asked_for() -> None:
    many = {"feed": {"entry": FEED["feed"]["entry"] * 60}}
    numbers = [len(blogger_posts(many, query).value["feed"]["entry"]) for query in ({}, {"max-results": "500"})]
    assert numbers == [25, 150]
