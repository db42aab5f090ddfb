from dataclasses import replace

import pytest

from ingest.article.body import Body
from ingest.dedup import fingerprint
from ingest.dedup.decide import (
    HoldBack,
    Insert,
    InsertDuplicate,
    Keep,
    Matches,
    StoreAction,
    StoredArticle,
    Update,
    decide,
    trusted_key,
)
from ingest.model import Article

TEXT = "The harbour master opened the new lock on Tuesday, and forty boats went through it before noon."
ARTICLE = Article(
    "https://news.example/lock", "https://news.example/lock", title="A lock opens", body=Body(f"<p>{TEXT}</p>")
)
HELD = StoredArticle(7, fingerprint.content_hash("A lock opens", TEXT), "A lock opens", TEXT)
EDITED = replace(ARTICLE, body=Body(f"<p>{TEXT} The mayor cut a ribbon.</p>"))


def reason(action: StoreAction) -> str:
    return action.reason if isinstance(action, HoldBack) else ""


def test_an_article_never_seen_is_new() -> None:
    assert decide(ARTICLE, Matches()) == Insert()


def test_same_text_at_another_url_is_a_duplicate() -> None:
    assert decide(ARTICLE, Matches(same_text=3)) == InsertDuplicate(of=3)


def test_an_article_held_word_for_word_is_kept() -> None:
    assert decide(ARTICLE, Matches(HELD)) == Keep(7)


def test_an_edited_text_is_an_update_of_the_same_article() -> None:
    assert decide(EDITED, Matches(HELD)) == Update(7)


def test_a_new_title_is_an_update_and_no_second_article() -> None:
    assert decide(replace(ARTICLE, title="Forty boats pass"), Matches(HELD)) == Update(7)


def test_an_article_whose_text_has_gone_keeps_what_was_read() -> None:
    assert reason(decide(replace(ARTICLE, body=Body("")), Matches(HELD))) == "emptied"


def test_an_article_gone_behind_a_paywall_keeps_what_was_read() -> None:
    stub = replace(ARTICLE, body=Body(f"<p>{TEXT[:30]}</p>"), paywalled=True)
    assert reason(decide(stub, Matches(HELD))) == "wall"


def test_an_edited_article_points_to_an_older_twin_but_never_to_a_younger_one() -> None:
    assert decide(EDITED, Matches(HELD, same_text=3)) == Update(7, duplicate_of=3)
    assert decide(EDITED, Matches(HELD, same_text=9)) == Update(7, duplicate_of=None)


def test_a_duplicate_that_was_rewritten_is_no_duplicate_any_more() -> None:
    assert decide(EDITED, Matches(replace(HELD, duplicate_of=3))) == Update(7, duplicate_of=None)


def test_half_of_a_text_behind_a_paywall_is_kept_out_and_more_than_half_is_not() -> None:
    walled = replace(ARTICLE, title="Another", paywalled=True)
    assert reason(decide(walled, Matches(replace(HELD, text=TEXT + TEXT + ".")))) == "wall"
    assert decide(walled, Matches(replace(HELD, text=TEXT + TEXT))) == Update(7)


def test_a_text_that_lost_a_later_page_keeps_what_was_read_unless_it_is_as_long() -> None:
    cut = replace(ARTICLE, title="Another", next_page="https://news.example/lock?page=2")
    assert reason(decide(cut, Matches(replace(HELD, text=TEXT + ".")))) == "cut"
    assert decide(cut, Matches(HELD)) == Update(7)
    assert decide(replace(cut, next_page=""), Matches(replace(HELD, text=TEXT + "."))) == Update(7)


def test_an_article_that_never_had_a_text_may_change_its_title() -> None:
    assert decide(replace(ARTICLE, title="Another", body=Body("")), Matches(replace(HELD, text=""))) == Update(7)


@pytest.mark.parametrize(
    ("canonical", "owner", "key"),
    [
        ("https://news.example/b", None, "claimed"),
        ("https://www.news.example/b", "https://news.example/b", "claimed"),
        ("https://elsewhere.example/b", None, "own"),
        ("https://news.example/b", "https://elsewhere.example/b", "own"),
        ("https://elsewhere.example/b", "https://news.example/b", "own"),
    ],
)
def test_a_page_cannot_claim_the_url_of_another_site(canonical: str, owner: str | None, key: str) -> None:
    assert trusted_key("own", "claimed", "https://news.example/a", canonical, owner) == key
