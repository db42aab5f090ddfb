"""What inside the chosen box is no part of the text."""

from collections.abc import Callable

import pytest
from selectolax.lexbor import LexborHTMLParser

from ingest.extraction.body import clearing
from ingest.extraction.body.clearing import GENTLE, clear, is_caption
from ingest.extraction.body.content_box import ContentBox
from ingest.extraction.markup.outline import Box, Outline, build

LINE = "The ferry crossed the sound in heavy fog, and nobody on the pier had seen it leave. "
STORY = f"<p>{LINE * 4}</p>" * 4


def outline(html: str) -> tuple[Outline, Box]:
    root = LexborHTMLParser(f"<article>{html}</article>").body
    assert root is not None
    found = build(root, lambda *_: False)
    return found, next(box for box in found.boxes if box.tag == "article")


def found(find: Callable[[ContentBox], set[int]], html: str, *titles: str) -> list[str]:
    content = ContentBox(*outline(html), frozenset(titles))
    return [content.blocks[index].text for index in sorted(find(content))]


def words(letters: int) -> str:
    """A text of exactly so many letters."""
    return ("The ferry crossed the sound. " * 100)[: letters - 1] + "."


def test_each_pass_sees_what_the_earlier_ones_left() -> None:
    def first(content: ContentBox) -> set[int]:
        return {content.kept[0]}

    content = clear(*outline("<p>one</p><p>two</p><p>three</p>"), frozenset(), (first, first))
    assert [content.blocks[index].text for index in content.kept] == ["three"]
    assert content.cleared == [("first", {0}), ("first", {1})]


def test_all_passes_run_unless_others_are_named() -> None:
    html = f"<h1>Fog</h1>{STORY}<p>Share</p><p>Text.</p><p><a href=/x>Another ferry</a></p>"
    assert [name for name, _ in clear(*outline(html), frozenset()).cleared] == ["headline", "sections", "links"]
    assert [name for name, _ in clear(*outline(html), frozenset(), GENTLE).cleared] == ["furniture_lines"]


def test_what_describes_a_picture_is_remembered_as_a_caption() -> None:
    html = f"{STORY}<p class=caption>The pier.</p><p>The sound. | © Gazette/Ada Lind</p><p>Share</p>"
    content = clear(*outline(html), frozenset())
    assert sorted(content.blocks[index].text for index in content.captions) == [
        "The pier.",
        "The sound. | © Gazette/Ada Lind",
    ]


class TestHeadline:
    def test_it_goes_with_the_little_before_it(self) -> None:
        assert found(clearing.headline, f"<p>Harbour</p><p>2 May</p><h1>Fog</h1>{STORY}") == ["Harbour", "2 May", "Fog"]

    def test_much_text_before_it_stays(self) -> None:
        assert found(clearing.headline, f"<p>{LINE * 2}</p><h1>Fog</h1>") == [(LINE * 2).strip(), "Fog"]
        assert found(clearing.headline, f"<p>{LINE * 5}</p><h1>Fog</h1>") == ["Fog"]

    @pytest.mark.parametrize(("letters", "gone"), [(299, 2), (300, 1)])
    def test_less_than_300_letters_before_it_are_little(self, letters: int, gone: int) -> None:
        assert len(found(clearing.headline, f"<p>{words(letters)}</p><h1>Fog</h1>")) == gone

    def test_links_before_it_go_however_many(self) -> None:
        row = f"<p><a href=/x>{LINE}</a></p>"
        assert len(found(clearing.headline, f"{row * 9}<h1>Fog</h1>")) == 10

    def test_a_heading_of_any_rank_is_one_if_it_says_the_title(self) -> None:
        assert found(clearing.headline, f"<h3>Fog!</h3>{STORY}", "fog") == ["Fog!"]
        assert found(clearing.headline, f"<h3>Fog!</h3>{STORY}", "tide") == []
        assert found(clearing.headline, f"<p>Fog</p>{STORY}", "fog") == []

    def test_the_first_of_several_is_it(self) -> None:
        assert found(clearing.headline, f"<h1>Fog</h1>{STORY}<h1>Tide</h1>") == ["Fog"]


def test_the_headline_goes_wherever_it_is_repeated_unless_the_text_repeats_it() -> None:
    assert found(clearing.repeated_headline, f"<p>Fog</p>{STORY}<div>FOG.</div>", "fog") == ["Fog", "FOG."]
    assert found(clearing.repeated_headline, "<p>Fog</p>" * 3, "fog") == ["Fog"] * 3
    assert found(clearing.repeated_headline, "<p>Fog</p>" * 4, "fog") == []


def test_lines_of_buttons_go_and_sentences_that_begin_alike_stay() -> None:
    assert found(clearing.furniture_lines, "<p>Share</p><p>Read more »</p><p>Share it with all of us.</p>") == [
        "Share",
        "Read more »",
    ]


class TestNamed:
    @pytest.mark.parametrize("html", ["<p class=newsletter>Our letter.</p>", "<ul><li class=newsletter>A letter.</ul>"])
    def test_paragraphs_and_items_with_a_class_of_furniture_go(self, html: str) -> None:
        assert len(found(clearing.named, html)) == 1

    def test_a_long_one_stays(self) -> None:
        assert len(found(clearing.named, f"<p class=newsletter>{LINE * 6}</p>")) == 1
        assert found(clearing.named, f"<p class=newsletter>{LINE * 9}</p>") == []

    @pytest.mark.parametrize(("letters", "gone"), [(599, 1), (600, 0)])
    def test_one_of_600_letters_is_long(self, letters: int, gone: int) -> None:
        assert len(found(clearing.named, f"<p class=newsletter>{words(letters)}</p>")) == gone

    def test_other_elements_are_judged_by_the_outline(self) -> None:
        assert found(clearing.named, "<dl><dd class=newsletter>Our letter.</dl>") == []

    def test_other_classes_stay(self) -> None:
        assert found(clearing.named, "<p class=first>Text.</p>") == []


class TestNamedTeasers:
    TEASER = '<div class="teaser"><p>Elsewhere, the ferries were late.</p></div>'

    def test_a_teaser_behind_the_text_goes_and_one_before_it_stays(self) -> None:
        assert found(clearing.named_teasers, STORY + self.TEASER) == ["Elsewhere, the ferries were late."]
        assert found(clearing.named_teasers, self.TEASER + STORY) == []
        assert found(clearing.named_teasers, f"<p>{LINE * 5}</p>{self.TEASER}{STORY}") == []
        assert found(clearing.named_teasers, f"<p>{LINE * 8}</p>{self.TEASER}{STORY}") != []

    def test_one_that_is_much_of_the_text_stays(self) -> None:
        long = self.TEASER.replace("late.", f"late. {LINE * 8}")
        assert found(clearing.named_teasers, STORY + long) == []
        assert len(found(clearing.named_teasers, STORY * 2 + long)) == 1

    @pytest.mark.parametrize(("before", "gone"), [(500, 0), (501, 1)])
    def test_a_teaser_stands_behind_more_than_500_letters(self, before: int, gone: int) -> None:
        html = f"<p>{words(before)}</p>{self.TEASER}{STORY}"
        assert len(found(clearing.named_teasers, html)) == gone

    @pytest.mark.parametrize(("letters", "gone"), [(299, 1), (300, 0)])
    def test_a_teaser_is_less_than_three_tenths_of_the_text(self, letters: int, gone: int) -> None:
        html = f"<p>{words(1_000 - letters)}</p><div class=teaser><p>{words(letters)}</p></div>"
        assert len(found(clearing.named_teasers, html)) == gone

    def test_teasers_outside_the_box_are_none_of_its_business(self) -> None:
        root = LexborHTMLParser(f"{self.TEASER}<article>{STORY}</article>{self.TEASER}").body
        assert root is not None
        around = build(root, lambda *_: False)
        box = next(box for box in around.boxes if box.tag == "article")
        assert clearing.named_teasers(ContentBox(around, box, frozenset())) == set()


class TestCaptions:
    @pytest.mark.parametrize(
        "html",
        [
            "<p class=caption>The pier.</p>",
            "<div class=caption><p>The pier.</p></div>",
            "<div class=caption><div><p>The pier.</p></div></div>",
            "<div class=picture><img src=/x.jpg><p>The pier.</p></div>",
            "<div class=picture><img src=/x.jpg><div><p>The pier.</p></div></div>",
        ],
    )
    def test_what_is_named_for_a_picture_describes_it(self, html: str) -> None:
        assert found(clearing.captions, STORY + html) == ["The pier."]

    @pytest.mark.parametrize(
        "html",
        [
            "<div class=picture><p>The pier.</p></div>",
            f"<div class=picture><img src=/x.jpg><p>{LINE * 3}</p><p>{LINE * 8}</p></div>",
            f"<p class=caption>{LINE * 9}</p>",
            "<div class=caption><div><div><div><div><p>The pier.</p></div></div></div></div></div>",
        ],
    )
    def test_what_holds_no_picture_or_much_text_does_not(self, html: str) -> None:
        assert found(clearing.captions, STORY + html) == []

    def test_a_long_caption_is_one(self) -> None:
        assert len(found(clearing.captions, f"{STORY}<p class=caption>{LINE * 6}</p>")) == 1

    @pytest.mark.parametrize(("letters", "gone"), [(599, 1), (600, 0)])
    def test_a_caption_has_less_than_600_letters(self, letters: int, gone: int) -> None:
        assert len(found(clearing.captions, f"{STORY}<p class=caption>{words(letters)}</p>")) == gone

    @pytest.mark.parametrize(("letters", "gone"), [(300, 2), (301, 0)])
    def test_all_the_lines_under_a_picture_have_600_letters_at_most(self, letters: int, gone: int) -> None:
        lines = f"<p>{words(300)}</p><p>{words(letters)}</p>"
        assert len(found(clearing.captions, f"{STORY}<div class=picture><img src=/x.jpg>{lines}</div>")) == gone

    def test_the_names_of_the_chosen_box_say_nothing_of_its_lines(self) -> None:
        root = LexborHTMLParser("<div class=picture><img src=/x.jpg><p>The pier.</p><p>The sound.</p></div>").body
        assert root is not None
        around = build(root, lambda *_: False)
        box = next(box for box in around.boxes if box.tag == "div")
        assert clearing.captions(ContentBox(around, box, frozenset())) == set()

    def test_a_caption_says_so_itself_or_by_the_box_around_it(self) -> None:
        for html, expected in (
            ("<p class=caption>The pier.</p>", True),
            ("<div class=caption><p>The pier.</p></div>", True),
            ("<div class=caption><div><p>The pier.</p></div></div>", False),
        ):
            assert is_caption(outline(html)[0].blocks[0].box) is expected


class TestRepeats:
    def test_a_copy_in_another_box_goes(self) -> None:
        copy = f"<div><p>{LINE}</p></div>"
        assert found(clearing.repeats, f"<div><p>{LINE}</p></div>{copy}") == [LINE.strip()]

    def test_a_refrain_in_the_same_box_stays(self) -> None:
        assert found(clearing.repeats, f"<p>{LINE}</p><p>{LINE}</p>") == []

    def test_short_lines_may_recur(self) -> None:
        assert found(clearing.repeats, "<div><p>And still the fog.</p></div>" * 2) == []
        assert found(clearing.repeats, f"<div><p>{LINE[:75]}</p></div>" * 2) != []

    @pytest.mark.parametrize(("letters", "gone"), [(60, 0), (61, 1)])
    def test_a_line_of_more_than_sixty_letters_is_no_short_one(self, letters: int, gone: int) -> None:
        assert len(found(clearing.repeats, f"<div><p>{words(letters)}</p></div>" * 2)) == gone
