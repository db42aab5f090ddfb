"""By which key an article is stored when pages name wrong canonical URLs."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from ingest.article.body import Body
from ingest.dedup.actions import Insert, InsertApart, Matches, StoreAction
from ingest.model import Article, Decision, New
from ingest.store import Extracted, QueuedLink

HOME = "https://news.example/"


def decide(article: Article, matches: Matches) -> StoreAction:
    """Takes every page that claims to be another article for one of its own."""
    return InsertApart(matches.stored.id) if matches.stored else Insert()


def save(archive: Any, queued: QueuedLink) -> Decision:
    """Stores a page that names the home page as its canonical URL."""
    article = Article(queued.url, HOME, title=queued.url, body=Body.of_text(f"The story of {queued.url}."))
    extracted = Extracted(queued, article, "news.example", archive.page(queued.url))
    return archive.store.save_article(extracted, decide, archive.now, None)


def test_pages_that_name_one_canonical_url_and_say_different_things_are_articles_of_their_own(archive: Any) -> None:
    links = archive.queue("a", "b", "c", "d")
    assert [save(archive, link) for link in links] == [New(1), New(2, 1), New(3, 1), New(4, 1)]
    assert archive.rows("SELECT count(DISTINCT key) AS n FROM articles") == [{"n": 4}]
    reasons = [row["reason"] for row in archive.rows("SELECT reason FROM links ORDER BY id")]
    assert reasons[0] is None
    assert all("names article 1 as canonical" in reason for reason in reasons[1:])


def test_a_canonical_url_that_was_wrong_twice_is_not_believed_again(archive: Any) -> None:
    for link in archive.queue("a", "b", "c"):
        save(archive, link)
    assert archive.row("SELECT url, claims FROM wrong_canonicals") == {"url": HOME, "claims": 2}
    (late,) = archive.queue("late")
    seen: list[Matches] = []

    def note(article: Article, matches: Matches) -> StoreAction:
        seen.append(matches)
        return Insert()

    article = Article(late.url, HOME, body=Body.of_text("Late."))
    extracted = Extracted(late, article, "news.example", archive.page(late.url))
    assert archive.store.save_article(extracted, note, archive.now, None) == New(4, 1)
    assert seen[0].stored is None


def test_the_page_at_the_address_that_others_claimed_gets_its_key(archive: Any) -> None:
    first, home = archive.queue("a", "home")
    save(archive, first)
    home = replace(home, key="news.example", url=HOME)
    assert save(archive, home) == New(2, 1)
    assert archive.rows("SELECT id, key FROM articles ORDER BY id") == [
        {"id": 1, "key": "news.example/a"},
        {"id": 2, "key": "news.example"},
    ]
