"""The versions of articles: what was before, and what was held back, each with every field."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any


def test_a_former_article_keeps_every_field(archive: Any) -> None:
    archive.edit()
    (version,) = archive.reader.version_rows(1)
    assert {name: version[name] for name in archive.before} == archive.before
    assert version["held_back"] == ""
    assert version["noted_at"] == "2026-03-04T06:06:07Z"


def test_an_edit_that_says_no_more_who_wrote_it_keeps_the_author_and_who_said_so(archive: Any) -> None:
    archive.edit()
    now = archive.reader.article(1)
    assert (now["authors"], now["section"], now["summary"]) == (["Kim Haneul"], "Town", "Eleven bridges.")


def test_the_day_in_a_url_does_not_replace_the_time_that_the_page_gave_before(archive: Any) -> None:
    (queued,) = archive.queue("a")
    archive.save_article(queued, origins={"published": "json-ld"})
    link, day = replace(queued, article_id=1), datetime(2026, 3, 4, tzinfo=UTC)
    archive.save_article(link, published=day, origins={"published": "url"})
    now = archive.reader.article(1)
    assert (now["published"], now["origins"]["published"]) == ("2026-03-04T05:06:07Z", "json-ld")
    archive.save_article(link, published=day, origins={"published": "rule:news"})
    assert archive.reader.article(1)["published"] == "2026-03-04T00:00:00Z"


def test_a_reading_that_is_held_back_twice_is_kept_once(archive: Any) -> None:
    (queued,) = archive.queue("a")
    archive.save_article(queued)
    for hours in (1, 2):
        archive.later(hours=hours)
        archive.save_article(replace(queued, article_id=1), "")
    (version,) = archive.reader.versions(1)
    assert (version["held_back"], version["seen_at"]) == ("emptied", "2026-03-04T08:06:07Z")


def test_a_former_text_is_found_only_by_a_search_that_includes_versions(archive: Any) -> None:
    archive.edit()
    assert [hit["id"] for hit in archive.reader.search("counted twice")] == [1]
    assert archive.reader.search('"day 4 to"') == []
    (hit,) = archive.reader.search_versions('"day 4 to"')
    assert (hit["id"], hit["version"], hit["held_back"], hit["title"]) == (1, 1, "", "Bridges counted")


def test_versions_of_a_release_that_did_not_index_them_are_found_too(archive: Any, path: Any) -> None:
    archive.edit()
    archive.store._db.execute("INSERT INTO versions_fts(versions_fts) VALUES ('delete-all')")
    archive.store.close()
    with type(archive.store).open(path):
        assert [hit["version"] for hit in archive.reader.search_versions("met on day")] == [1]


def test_a_version_of_an_old_release_is_a_title_and_a_text(archive: Any) -> None:
    (queued,) = archive.queue("a")
    archive.save_article(queued)
    archive.store._db.execute(
        "INSERT INTO versions(article_id, seen_at, title, content_hash, text)"
        " VALUES (1, '2025-01-01T00:00:00Z', 'T', 'h', 'x')"
    )
    (version,) = archive.reader.version_rows(1)
    assert (version["title"], version["text"], version["html"], version["authors"]) == ("T", "x", None, None)
    assert json.dumps(version)
