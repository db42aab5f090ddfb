"""What saving an article leaves in the database."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from typing import Any

import pytest

from ingest.model import Changed, DateCandidate, Duplicate, HeldBack, New, Unchanged

STORY = " ".join(f"The council met on day {day} to count its bridges." for day in range(1, 12))
OTHER_STORY = " ".join(f"Rain fell for {hour} hours on the northern hills and the roads." for hour in range(1, 12))


def test_a_new_article_is_stored_and_its_link_is_done(archive: Any) -> None:
    (queued,) = archive.queue("a")
    decision = archive.save_article(
        queued, authors=("Kim Haneul", "小川"), language="ko", tags=("bridges",), section="City"
    )
    assert decision == New(1)
    article = archive.row("SELECT * FROM articles")
    assert article["title"] == "Bridges counted"
    assert json.loads(article["authors"]) == ["Kim Haneul", "小川"]
    assert json.loads(article["tags"]) == ["bridges"]
    assert (article["source"], article["language"], article["section"]) == ("news", "ko", "City")
    assert article["html"].startswith("<p>The council met on day 1 ")
    link = archive.row("SELECT state, article_id, checked_at, next_try FROM links")
    assert link == {"state": "done", "article_id": 1, "checked_at": "2026-03-04T05:06:07Z", "next_try": None}
    assert archive.due() == []


def test_times_are_stored_in_utc_and_their_candidates_as_they_were_written(archive: Any) -> None:
    (queued,) = archive.queue("a")
    seoul = datetime(2026, 1, 6, 14, 18, tzinfo=timezone(timedelta(hours=9)))
    candidate = DateCandidate("published", ".date", "입력 2026-01-06 14:18", seoul)
    archive.save_article(queued, published=seoul, dates=(candidate, replace(candidate, raw="soon", parsed=None)))
    article = archive.row("SELECT published, dates FROM articles")
    assert article["published"] == "2026-01-06T05:18:00Z"
    assert json.loads(article["dates"]) == [
        {
            "field": "published",
            "where": ".date",
            "raw": "입력 2026-01-06 14:18",
            "parsed": "2026-01-06T14:18:00+09:00",
        },
        {"field": "published", "where": ".date", "raw": "soon", "parsed": None},
    ]


def test_the_validators_of_a_page_are_saved_with_its_article(archive: Any) -> None:
    (queued,) = archive.queue("a")
    check = archive.now + timedelta(hours=1)
    archive.save_article(
        queued, page=archive.page(queued.url, etag='"v1"', **{"last-modified": "Tue"}), next_check=check
    )
    archive.later(hours=1)
    (again,) = archive.due()
    assert (again.validators.etag, again.validators.last_modified, again.article_id) == ('"v1"', "Tue", 1)


def test_an_edited_article_keeps_its_old_text_as_a_version(archive: Any) -> None:
    (queued,) = archive.queue("a")
    archive.save_article(queued)
    archive.later(hours=1)
    assert archive.save_article(replace(queued, article_id=1), STORY_EDITED, title="Bridges counted twice") == Changed(
        1
    )
    article = archive.row("SELECT * FROM articles")
    assert (article["title"], article["text"]) == ("Bridges counted twice", STORY_EDITED)
    assert (article["first_seen"], article["last_changed"]) == ("2026-03-04T05:06:07Z", "2026-03-04T06:06:07Z")
    version = archive.row("SELECT * FROM versions")
    assert (version["article_id"], version["title"], version["seen_at"]) == (
        1,
        "Bridges counted",
        "2026-03-04T05:06:07Z",
    )
    assert version["text"].startswith("The council met on day 1 ")


STORY_EDITED = STORY.replace("day 7", "day 8") + " A twelfth bridge was found in the end."


def test_the_same_words_again_are_unchanged_but_may_be_described_better(archive: Any) -> None:
    (queued,) = archive.queue("a")
    archive.save_article(queued)
    archive.later(hours=1)
    assert archive.save_article(queued, authors=("Kim Haneul",), section="City") == Unchanged(1)
    article = archive.row("SELECT authors, section, last_changed FROM articles")
    assert article == {"authors": '["Kim Haneul"]', "section": "City", "last_changed": "2026-03-04T05:06:07Z"}
    assert archive.rows("SELECT * FROM versions") == []
    assert [hit["id"] for hit in archive.reader.search("haneul")] == [1]


def test_a_page_that_forgets_its_date_does_not_take_it_from_the_article(archive: Any) -> None:
    (queued,) = archive.queue("a")
    archive.save_article(queued)
    archive.save_article(queued, published=None)
    assert archive.row("SELECT published FROM articles")["published"] == "2026-03-04T05:06:07Z"


def test_the_same_text_at_another_address_is_a_duplicate_that_points_to_the_first(archive: Any) -> None:
    first, second, third = archive.queue("a", "b", "c")
    assert archive.save_article(first) == New(1)
    assert archive.save_article(second, title="The same, by another name") == Duplicate(2, of=1)
    assert archive.save_article(third) == Duplicate(3, of=1)
    assert [row["duplicate_of"] for row in archive.rows("SELECT duplicate_of FROM articles ORDER BY id")] == [
        None,
        1,
        1,
    ]


def test_texts_too_short_to_be_compared_are_no_duplicates(archive: Any) -> None:
    first, second = archive.queue("a", "b")
    assert [archive.save_article(first, "Subscribe."), archive.save_article(second, "Subscribe.")] == [New(1), New(2)]


def test_another_link_to_the_same_article_is_done_with_that_article(archive: Any) -> None:
    first, second = archive.queue("a", "a-with-a-longer-slug")
    archive.save_article(first)
    assert archive.save_article(second, key=first.key) == Unchanged(1)
    assert [row["article_id"] for row in archive.rows("SELECT article_id FROM links")] == [1, 1]


def test_an_article_whose_page_moved_stays_one_article(archive: Any) -> None:
    (queued,) = archive.queue("a")
    archive.save_article(queued)
    assert archive.save_article(replace(queued, article_id=1), STORY_EDITED, key="news.example/moved/a") == Changed(1)
    (moved,) = archive.queue("moved/a")
    assert archive.save_article(moved, STORY_EDITED, key=queued.key) == Unchanged(1)


def test_a_claimed_address_of_another_site_changes_nothing_there(archive: Any) -> None:
    (victim,) = archive.queue("a")
    archive.save_article(victim)
    (liar,) = archive.queue("x", source="other")
    claim = {"canonical_url": victim.url, "title": "Bridges sold"}
    assert archive.save_article(liar, OTHER_STORY, key=victim.key, **claim) == New(2)
    assert [row["title"] for row in archive.rows("SELECT title FROM articles")] == ["Bridges counted", "Bridges sold"]
    assert archive.row("SELECT key FROM articles WHERE id = 2")["key"] == "other.example/x"


def test_a_claim_made_before_the_other_site_was_read_does_not_take_its_url(archive: Any) -> None:
    (liar,) = archive.queue("x", source="other")
    archive.save_article(liar, OTHER_STORY, key="news.example/a", canonical_url="https://news.example/a")
    (true,) = archive.queue("a")
    assert archive.save_article(true) == New(2)
    assert archive.row("SELECT url FROM articles WHERE key = 'news.example/a'")["url"] == "https://news.example/a"


def test_a_page_that_comes_back_without_its_text_does_not_empty_the_article(archive: Any) -> None:
    (queued,) = archive.queue("a")
    archive.save_article(queued)
    archive.later(hours=2)
    assert archive.save_article(replace(queued, article_id=1), "") == HeldBack(
        1, "emptied", "the page has no text any more"
    )
    article = archive.row("SELECT text, fetched_at FROM articles")
    assert article["text"].startswith("The council")
    assert article["fetched_at"] == "2026-03-04T07:06:07Z"
    assert archive.row("SELECT held_back, text FROM versions") == {"held_back": "emptied", "text": ""}
    assert archive.row("SELECT state, reason FROM links")["reason"] == "held back: the page has no text any more"


def test_a_monstrous_title_is_stored_shortened(archive: Any) -> None:
    (queued,) = archive.queue("a")
    archive.save_article(queued, title="A\x1b[31m" + "very " * 1_000_000)
    title = archive.row("SELECT title FROM articles")["title"]
    assert len(title) <= 1_000
    assert title.startswith("A[31mvery very")
    assert title.endswith("…")


@pytest.mark.parametrize("title", ["nul\x00byte", "esc\x1b]0;x\x07", "lines\r\nbroken", "\u202egnp.exe", "half \ud83d"])
def test_titles_lose_what_forges_terminals_and_log_lines(archive: Any, title: str) -> None:
    (queued,) = archive.queue("a")
    archive.save_article(queued, title=title)
    stored = archive.row("SELECT title FROM articles")["title"]
    assert stored
    assert all(char.isprintable() for char in stored)


def test_quotes_and_full_text_syntax_in_a_title_are_just_text(archive: Any) -> None:
    (queued,) = archive.queue("a")
    title = """'; DROP TABLE articles; -- "NEAR(a, b)" OR * ^"""
    archive.save_article(queued, title=title)
    assert archive.row("SELECT title FROM articles")["title"] == title
    assert [hit["id"] for hit in archive.reader.search(title)] == [1]


def test_articles_of_the_same_time_are_all_stored(archive: Any) -> None:
    links = archive.queue("a", "b", "c")
    for number, queued in enumerate(links):
        archive.save_article(queued, f"{number} " + OTHER_STORY)
    assert archive.row("SELECT count(DISTINCT published) AS times, count(*) AS articles FROM articles") == {
        "times": 1,
        "articles": 3,
    }


def test_an_operation_that_fails_leaves_the_others_of_its_transaction(archive: Any) -> None:
    first, second = archive.queue("a", "b")
    with archive.store.transaction():
        archive.save_article(first)
        with pytest.raises(ValueError, match="without a zone"):
            archive.save_article(second, OTHER_STORY, published=datetime(2026, 1, 1))  # noqa: DTZ001 - the mistake in question
    assert [row["state"] for row in archive.rows("SELECT state FROM links ORDER BY id")] == ["done", "queued"]
    assert [row["id"] for row in archive.rows("SELECT id FROM articles")] == [1]


def test_a_transaction_that_fails_as_a_whole_leaves_nothing(archive: Any) -> None:
    (queued,) = archive.queue("a")
    with pytest.raises(RuntimeError), archive.store.transaction():  # noqa: PT012 - it is the block that fails
        archive.save_article(queued)
        archive.keep(archive.page(queued.url))
        raise RuntimeError
    assert archive.rows("SELECT * FROM articles") == []
    assert archive.reader.search("bridges") == []
    assert list(archive.reader.raw_pages()) == []
    assert [link.key for link in archive.due()] == [queued.key]


def test_what_a_page_does_not_say_is_null(archive: Any) -> None:
    (queued,) = archive.queue("a")
    archive.save_article(queued, published=None)
    empty = ("published", "modified", "language", "section", "summary", "image", "site_name", "robots", "next_page")
    article = archive.row(f"SELECT {', '.join(empty)} FROM articles")
    assert set(article.values()) == {None}


def test_every_field_of_an_article_is_stored(archive: Any) -> None:
    (queued,) = archive.queue("a")
    archive.save_article(
        queued,
        modified=archive.now,
        summary="In short.",
        image="https://news.example/i.jpg",
        site_name="The News",
        robots="noindex",
        next_page="https://news.example/a/2",
        pages=2,
        paywalled=True,
        quality=0.123456,
        page_type="other",
    )
    columns = "modified, summary, image, site_name, robots, next_page, pages, paywalled, quality, page_type, word_count"
    assert archive.row(f"SELECT {columns} FROM articles") == {
        "modified": "2026-03-04T05:06:07Z",
        "summary": "In short.",
        "image": "https://news.example/i.jpg",
        "site_name": "The News",
        "robots": "noindex",
        "next_page": "https://news.example/a/2",
        "pages": 2,
        "paywalled": 1,
        "quality": 0.1235,
        "page_type": "other",
        "word_count": 110,
    }


def test_what_server_and_page_say_to_search_engines_is_stored_once(archive: Any) -> None:
    (queued,) = archive.queue("a")
    page = archive.page(queued.url, **{"x-robots-tag": "NoIndex, noarchive"})
    archive.save_article(queued, page=page, robots="noindex,nofollow")
    assert archive.row("SELECT robots FROM articles")["robots"] == "noindex, noarchive, nofollow"


def test_fields_of_monstrous_length_are_shortened(archive: Any) -> None:
    (queued,) = archive.queue("a")
    long = {"language": "e" * 1_000, "section": "s" * 100_000}
    archive.save_article(queued, image="https://news.example/" + "x" * 100_000, **long)
    columns = "length(image) AS image, length(language) AS language, length(section) AS section"
    article = archive.row(f"SELECT {columns} FROM articles")
    assert 100 < article["section"] < 1_000
    assert 2_000 < article["image"] < 10_000
    assert article["language"] < 50
