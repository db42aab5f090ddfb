from __future__ import annotations

import pytest

from ingest.extraction.lexicon.vocabulary import (
    BODY,
    CAPTION,
    CONSENT,
    FORUM,
    FURNITURE,
    LEAD,
    PICTURE,
    TALK,
    TEASER,
    marks_of,
    words_of,
)

ALL = (TALK, CONSENT, FORUM, FURNITURE, BODY, TEASER, LEAD, CAPTION, PICTURE)


@pytest.mark.parametrize("name", ["read-more", "read_more", "readMore", "ReadMore", "readmore", "READ-MORE"])
def test_one_name_in_any_spelling_gives_the_same_joined_word(name: str) -> None:
    assert "readmore" in words_of(name)


def test_a_name_gives_its_words_and_its_neighbours_joined_and_the_whole() -> None:
    assert words_of("post-share-box") == {
        "post", "share", "box", "postshare", "sharebox", "postsharebox", "=post-share-box",
    }  # fmt: skip


def test_short_pieces_of_a_camel_case_name_are_no_words_of_their_own() -> None:
    assert words_of("adBoxSidebar") == {"sidebar", "adboxsidebar", "sidebaradboxsidebar", "=adboxsidebar"}


def test_a_generated_name_gives_no_word() -> None:
    assert words_of("css-1ad4b") == {"css", "1ad4b", "css1ad4b", "=css-1ad4b"}
    assert marks_of("css-1ad4b sc-bdVaJa") == 0


@pytest.mark.parametrize(
    "name", ["with-sidebar", "has-comments", "no-share", "above-footer", "content-with-sidebar-left"]
)
def test_what_stands_beside_a_sidebar_is_no_sidebar(name: str) -> None:
    assert not FURNITURE.matches(name)
    assert not TALK.matches(name)


def test_a_word_that_reverses_changes_only_its_next() -> None:
    assert FURNITURE.matches("sidebar-with-image")
    assert not PICTURE.matches("sidebar-with-image")
    assert PICTURE.matches("with-sidebar-image")


@pytest.mark.parametrize(
    ("names", "vocabulary"),
    [
        ("comments-list", TALK),
        ("didomi-host", CONSENT),
        ("post-profile", FORUM),
        ("box share-buttons", FURNITURE),
        ("article-body", BODY),
        ("teaser", TEASER),
        ("standfirst", LEAD),
        ("wp-caption-text", CAPTION),
        ("thumbnails", PICTURE),
    ],
)
def test_a_name_is_found_in_its_vocabulary(names: str, vocabulary: object) -> None:
    assert [one for one in ALL if one.matches(names)] == [vocabulary]


@pytest.mark.parametrize("names", ["", "   ", "story", "uncomment", "shadow", "adverb-list"])
def test_other_names_mean_nothing(names: str) -> None:
    assert marks_of(names) == 0


def test_an_entry_without_a_star_is_a_whole_word() -> None:
    assert FURNITURE.matches("nav")
    assert not FURNITURE.matches("navel")


def test_a_name_that_must_stand_alone_means_nothing_beside_others() -> None:
    assert FURNITURE.matches("toc")
    assert not FURNITURE.matches("toc-entry")


def test_two_words_of_an_entry_must_follow_each_other() -> None:
    assert BODY.matches("my-article-body")
    assert not BODY.matches("article-of-body")


def test_the_marks_of_several_names_add_up() -> None:
    assert marks_of("comments teaser") == TALK.mark | TEASER.mark
    assert marks_of("teaser comments teaser") == TALK.mark | TEASER.mark
    assert marks_of("newsitem-image") == PICTURE.mark


def test_one_word_can_belong_to_two_vocabularies() -> None:
    assert marks_of("copyright") == FURNITURE.mark | CAPTION.mark


def test_every_vocabulary_has_a_mark_of_its_own() -> None:
    assert sum(one.mark for one in ALL) == (1 << len(ALL)) - 1
