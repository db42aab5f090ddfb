from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.article.body import Body
from ingest.dedup import fingerprint
from ingest.dedup.actions import (
    HoldBack,
    Insert,
    InsertApart,
    InsertDuplicate,
    Keep,
    Matches,
    StoreAction,
    StoredArticle,
    Update,
)
from ingest.dedup.decide import decide, trusted_key
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


LINES = (
    "The harbour master opened the new lock on Tuesday, and forty boats went through it before noon.",
    "The mayor cut a ribbon that had been cut before, and nobody minded, because the band played so well.",
    "Two of the boats came back in the evening to see whether the lock was still there, and it was.",
    "The next lock is planned for the year 2031, if the river agrees and the council finds the money.",
)
PAGE = replace(ARTICLE, body=Body.of_text("\n".join(LINES)), quality=0.9, origins={"body": "generic"})


def held(article: Article = PAGE, **said: object) -> StoredArticle:
    content_hash = fingerprint.content_hash(article.title, article.text)
    stored = StoredArticle(7, content_hash, article.title, article.text, article.html, article.url, article.url)
    return replace(stored, **({"quality": 0.9, "origins": article.origins} | said))  # type: ignore[arg-type]


def reads(*lines: str, **said: object) -> Article:
    return replace(PAGE, body=Body.of_text("\n".join(lines)), **said)  # type: ignore[arg-type]


def after(article: Article, stored: StoredArticle | None = None) -> str:
    """What becomes of a reading: the reason, or the name of the action."""
    action = decide(article, Matches(stored or held()))
    return reason(action) or type(action).__name__


def test_a_reading_that_was_held_back_before_is_held_back_for_the_same_reason() -> None:
    edited = reads(*LINES, "It is called the Lock.")
    kept = held(held_back={fingerprint.content_hash(edited.title, edited.text): "reverted"})
    assert after(edited) == "Update"
    assert after(edited, kept) == "reverted"


def test_a_page_of_another_address_merges_only_with_nearly_the_same_text() -> None:
    elsewhere = held(is_same_address=False)
    assert after(reads(*LINES, "It is called the Lock."), elsewhere) == "Update"
    other = reads("The ferry to the islands is late today, because its captain has overslept once more.")
    assert decide(replace(other, title="Late"), Matches(elsewhere, same_text=3)) == InsertApart(7, duplicate_of=3)
    made_alike = reads(*(line.replace("lock", "weir") for line in LINES), title="A weir opens")
    assert after(made_alike, elsewhere) == "InsertApart"
    assert after(made_alike) == "Update"


def test_an_address_that_is_used_again_for_a_whole_newer_article_is_an_edit() -> None:
    later = datetime(2026, 3, 2, tzinfo=UTC)
    other = [
        f"On day {number} the ferry to the islands came late, as its captain had overslept." for number in range(9)
    ]
    before = held(published=datetime(2026, 3, 1, tzinfo=UTC))
    assert after(reads(*other, title="Late", published=later), before) == "Update"
    assert after(reads(*other, title="Late", published=None), before) == "unlike"
    assert after(reads(*other, title=PAGE.title, published=later), before) == "unlike"
    moved = reads(*other, title="Late", published=later, canonical_url="https://news.example/late")
    assert after(moved, before) == "unlike"


def test_a_text_that_breaks_off_within_a_sentence_is_cut() -> None:
    assert after(reads(*LINES[:3], LINES[3][:60])) == "cut"
    assert after(reads(*LINES[:3], LINES[3][:60] + "…")) == "cut"


def test_the_beginning_of_a_text_is_no_edit_unless_the_page_says_so_and_most_is_left() -> None:
    assert after(reads(*LINES[:2])) == "shorter"
    assert after(reads(*LINES[:3])) == "shorter"
    before = held(modified=datetime(2026, 3, 1, tzinfo=UTC))
    assert after(reads(*LINES[:3], modified=datetime(2026, 3, 2, tzinfo=UTC)), before) == "Update"
    assert after(reads(*LINES[:1], modified=datetime(2026, 3, 2, tzinfo=UTC)), before) == "shorter"


def test_a_text_that_an_editor_shortened_is_an_edit() -> None:
    assert after(reads(LINES[0], *LINES[2:])) == "Update"
    assert after(reads(*LINES[:2], "Correction: two boats did not come back.")) == "Update"


def test_a_teaser_with_a_call_to_subscribe_is_a_wall() -> None:
    assert after(reads(LINES[0], "Subscribe now to continue reading.")) == "wall"


RULE = {"title": "rule:news", "authors": "rule:news", "body": "rule:news"}


def test_fields_that_the_rule_of_a_site_gave_may_not_get_lost() -> None:
    edited = reads(*LINES, "It is called the Lock.", origins={"title": "h1", "body": "rule:news"})
    assert after(edited, held(origins=RULE)) == "fields"
    assert after(edited, held(origins={"title": "h1", "authors": "json-ld", "body": "rule:news"})) == "Update"
    assert after(replace(edited, origins=RULE), held(origins=RULE)) == "Update"


def test_a_body_that_the_rule_gives_no_more_has_to_be_an_edit_and_nothing_else() -> None:
    general = {"title": "h1", "authors": "json-ld", "body": "generic"}
    before = held(origins=RULE)
    assert after(reads(*LINES, "It is called the Lock.", origins=general), before) == "Update"
    assert after(reads(*LINES, "It is called the Lock.", origins=general, quality=0.79), before) == "fields"
    assert after(reads("1 March 2026, 08:00", *LINES, "It is called the Lock.", origins=general), before) == "fields"
    assert after(reads(f"News 08:00 {LINES[0]}", *LINES[1:], origins=general), before) == "fields"
    assert decide(reads(*(line.replace(".", "!") for line in LINES), origins=general), Matches(before)) == Keep(
        7, "noise"
    )


def test_a_rule_that_reads_less_than_was_guessed_may_replace_it() -> None:
    assert after(reads(*LINES[:2], origins=RULE)) == "Update"
    assert after(reads(LINES[1], origins=RULE)) == "shorter"


def test_a_title_may_change_and_may_not_get_lost() -> None:
    assert after(replace(PAGE, title="Forty boats pass")) == "Update"
    assert after(replace(PAGE, title="")) == "fields"
    assert after(replace(PAGE, title="The Quay", site_name="The Quay")) == "fields"
    assert after(replace(PAGE, title=f"(3) {PAGE.title}")) == "Keep"


def test_lines_of_a_menu_are_no_edit_and_a_heading_is_one() -> None:
    assert after(reads("Home", "News", "Sport", *LINES)) == "quality"
    assert after(reads(*LINES, "© The Quay. All rights reserved.")) == "quality"
    assert after(reads(*LINES[:2], "Back in the evening", *LINES[2:])) == "Update"


def test_damage_and_repetition_are_no_edits() -> None:
    assert after(reads(*(line.replace("and", "\ufffdnd") for line in LINES))) == "quality"
    assert after(reads(*LINES, *LINES)) == "quality"


def test_a_much_lower_quality_is_no_edit_where_much_of_the_text_is_another() -> None:
    changed = reads(*LINES[:3], "Nobody knows when the next lock will be built, or by whom, or for which boats.")
    assert after(changed) == "Update"
    assert after(replace(changed, quality=0.6)) == "quality"


def test_a_list_of_links_is_no_edit() -> None:
    assert after(reads("Something else entirely is said here, and it is not long.", page_type="listing")) == "unlike"
    assert after(reads(*LINES, "It is called the Lock.", page_type="listing")) == "Update"


def test_short_texts_poems_and_tables_may_be_edited() -> None:
    caption = reads("Forty boats in the lock.")
    assert after(reads("Forty-one boats in the lock."), held(caption)) == "Update"
    assert after(reads("Forty-one boats, seen by Ada Quill from the tower."), held(caption)) == "Update"
    assert after(reads("Sorry."), held(caption, title="Boats")) == "unlike"
    assert after(PAGE, held(caption)) == "Update"
    poem = ("The lock is new", "the boats are old", "and what is through", "is never told")
    assert after(reads(poem[0], "the boats are blue", *poem[2:]), held(reads(*poem))) == "Update"
    rows = "".join(f"<tr><td>Boat {number}</td><td>{number * 7} m</td></tr>" for number in range(9))
    table = replace(PAGE, body=Body(f"<table>{rows}</table>"))
    edited = replace(PAGE, body=Body(f"<table>{rows.replace('14 m', '15 m')}</table>"))
    assert after(edited, held(table)) == "Update"
    assert after(reads("", title="Boats"), held(table)) == "emptied"


def test_an_article_of_pictures_only_may_change_its_title_and_get_a_text() -> None:
    pictures = replace(PAGE, body=Body('<figure><img src="https://news.example/a.jpg" alt=""></figure>'))
    assert after(replace(pictures, title="Forty boats"), held(pictures)) == "Update"
    assert after(PAGE, held(pictures)) == "Update"


def test_a_wall_that_was_stored_once_gives_way_to_the_article() -> None:
    wall = replace(reads("Checking your browser before accessing the site."), title="Just a moment...")
    assert after(PAGE, held(wall)) == "Update"
    assert after(replace(PAGE, body=Body("")), held(wall)) == "emptied"
    assert after(replace(wall, title="Just a second..."), held(wall)) == "Update"
    assert after(replace(reads("Please log in to continue."), title="Log in"), held(wall)) == "wall"


LINE = st.sampled_from([*LINES, "Home", "12 comments", "☔", "…", "港の猫に住民票が出た。", "\ufffd", "<b>"])
PIECES = st.lists(LINE, max_size=8)


@given(PIECES, PIECES, st.booleans(), st.sampled_from(["generic", "rule:news"]), st.sampled_from(["A lock opens", ""]))
def test_any_two_readings_are_decided_and_no_text_is_emptied(
    before: list[str], now: list[str], is_same_address: bool, origin: str, title: str
) -> None:
    stored = held(reads(*before), is_same_address=is_same_address)
    article = reads(*now, origins={"body": origin}, title=title)
    action = decide(article, Matches(stored))
    if isinstance(action, Update) and stored.text.strip():
        assert article.text.strip()
    assert decide(reads(*before), Matches(stored)) == Keep(7)


def test_a_text_that_ends_in_a_colon_or_comma_where_it_went_on_is_cut() -> None:
    before = held(reads(*LINES[:3], "This is what the council says of it:", LINES[3]))
    assert after(reads(*LINES[:3], "This is what the council says of it:"), before) == "cut"


def test_a_list_may_get_longer_and_may_not_get_a_menu_around_it() -> None:
    items = [f"Boat {number}" for number in range(20)]
    assert after(reads(*items, "Boat 20", "Boat 21"), held(reads(*items))) == "Update"
    assert after(reads("Home", *items, "Print"), held(reads(*items))) == "quality"
