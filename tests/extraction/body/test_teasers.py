"""What leads to other pages, and what only looks as if it did."""

from collections.abc import Callable

import pytest
from selectolax.lexbor import LexborHTMLParser

from ingest.extraction.body.content_box import ContentBox
from ingest.extraction.body.teasers import labelled_links, links, orphan_headings, sections, teasers
from ingest.extraction.markup.outline import build

LINE = "The ferry crossed the sound in heavy fog, and nobody on the pier had seen it leave. "
STORY = f"<p>{LINE * 4}</p>" * 4


def words(letters: int) -> str:
    """A text of exactly so many letters."""
    return ("The ferry crossed the sound. " * 100)[: letters - 1] + "."


def content(html: str) -> ContentBox:
    root = LexborHTMLParser(f"<article>{html}</article>").body
    assert root is not None
    outline = build(root, lambda *_: False)
    return ContentBox(outline, next(box for box in outline.boxes if box.tag == "article"), frozenset())


def found(find: Callable[[ContentBox], set[int]], html: str, *, dropped: str = "") -> list[str]:
    """Texts of the blocks that the pass finds; blocks with the text ``dropped`` are gone before."""
    box = content(html)
    box.drop({index for index in box.kept if box.blocks[index].text == dropped}, by="earlier")
    return [box.blocks[index].text for index in sorted(find(box))]


class TestLabelledLinks:
    @pytest.mark.parametrize(
        "html",
        [
            "<p>Read more: <a href=/x>Fog on the sound</a></p>",
            "<p>More → <a href=/x>Fog on the sound</a></p>",
            "<p>Read more: <a href=/x>Fog on the sound</a> ».</p>",
            "<p><a href=/x>Watch: fog on the sound</a></p>",
        ],
    )
    def test_a_label_and_a_link_lead_elsewhere(self, html: str) -> None:
        assert len(found(labelled_links, html)) == 1

    @pytest.mark.parametrize(
        "html",
        [
            "<p>She said: <a href=/x>the ferry</a> was late again this morning.</p>",
            "<p><a href=/x>Fog on the sound</a></p>",
            "<p>Read more: <a href=/x>Fog on pier</a></p>",
            "<h2><a href=/x>Fog: how it comes</a></h2>",
            "<p>It was late. He said: <a href=/x>nobody had seen it leave the pier</a></p>",
            "<p>Read more: <a href=/x>Fog on the sound</a>, later</p>",
            f"<p>{'Of the pier ' * 4}: <a href=/x>{LINE}</a></p>",
        ],
    )
    def test_other_lines_with_links_stay(self, html: str) -> None:
        assert found(labelled_links, html) == []


class TestLinks:
    def test_a_line_that_is_a_link_goes(self) -> None:
        assert found(links, "<p>Text.</p><p><a href=/x>Fog on the sound</a></p><p>Text.</p>") == ["Fog on the sound"]

    def test_a_list_of_links_goes_and_a_list_of_things_stays(self) -> None:
        other = "<li><a href=/a>Fog on the sound</a></li><li><a href=/b>The pier at night</a></li>"
        assert len(found(links, f"<p>Text.</p><ul>{other}</ul>")) == 2
        assert found(links, f"<p>Text.</p><ul>{other}<li>{LINE}</li></ul>") == []

    @pytest.mark.parametrize("colon", [":", "："])
    def test_a_list_that_a_colon_announces_stays(self, colon: str) -> None:
        assert found(links, f"<p>These answer{colon}</p><ul><li><a href=/a>Harbour office</a></ul>") == []

    def test_only_the_line_right_before_a_list_announces_it(self) -> None:
        before, offices = "<p>One.</p><p>Two.</p>", "<ul><li><a href=/a>Harbour office</a></ul>"
        assert found(links, f"{before}<p>These answer:</p>{offices}") == []
        assert found(links, f"<p>These answer:</p>{before}{offices}") == ["Harbour office"]

    @pytest.mark.parametrize(("linked", "gone"), [(80, 0), (81, 1)])
    def test_a_list_goes_if_more_than_four_fifths_of_its_letters_are_links(self, linked: int, gone: int) -> None:
        items = f"<li><a href=/a>{words(linked)}</a></li><li>{words(20)}</li>"
        assert len(found(links, f"<p>Text.</p><ul>{items}</ul>")) == gone

    @pytest.mark.parametrize(("letters", "gone"), [(150, 1), (151, 0)])
    def test_a_linked_paragraph_is_a_heading_over_more_than_150_letters(self, letters: int, gone: int) -> None:
        assert len(found(links, f"<p><a href=/x>The pier</a></p><p>{words(letters)}</p>")) == gone

    def test_a_table_of_links_goes(self) -> None:
        assert found(links, "<p>Text.</p><table><tr><td><a href=/x>Fog</a></td></tr></table>") == ["Fog"]

    def test_a_list_at_the_very_beginning_is_announced_by_nothing(self) -> None:
        assert found(links, "<ul><li><a href=/a>Harbour office</a></ul><p>These answer:</p>") == ["Harbour office"]

    def test_a_linked_heading_with_text_under_it_stays(self) -> None:
        assert found(links, "<h2><a href=/x>The pier</a></h2><p>Text.</p>") == []
        assert found(links, "<h2><a href=/x>The pier</a></h2><p><a href=/y>Other</a></p>") == ["The pier", "Other"]

    def test_a_linked_heading_in_a_box_of_its_own_goes(self) -> None:
        assert found(links, "<div><h2><a href=/x>The pier</a></h2></div><p>Text.</p>") == ["The pier"]

    def test_a_linked_paragraph_stays_over_much_text_only(self) -> None:
        title = "<p><a href=/x>The pier</a></p>"
        assert found(links, f"{title}<p>{LINE * 3}</p>") == []
        assert found(links, f"{title}<p>{LINE}</p>") == ["The pier"]
        assert found(links, f"{title}<p>{LINE}<a href=/y>{LINE}</a>{LINE[:40]}</p>") == ["The pier"]
        assert found(links, f"<div><a href=/x>The pier</a><p>{LINE * 3}</p></div>") == ["The pier"]

    def test_what_follows_is_the_next_line_that_is_left(self) -> None:
        html = "<h2><a href=/x>The pier</a></h2><p>Advertisement</p><p>Text.</p>"
        assert found(links, html, dropped="Advertisement") == []


class TestSections:
    def test_a_section_of_other_articles_goes_with_its_heading(self) -> None:
        html = f"{STORY}<h3>Related articles</h3><p>Fog</p><p>Pier</p>"
        assert found(sections, html) == ["Related articles", "Fog", "Pier"]

    @pytest.mark.parametrize(
        ("ending", "kept"),
        [("<h3>After the fog</h3>", True), ("<h2>After the fog</h2>", True), ("<h4>After the fog</h4>", False),
         ("<h3><a href=/x>After the fog</a></h3>", False), ("<p>After the fog</p>", False)],
    )  # fmt: skip
    def test_it_ends_at_the_next_heading_of_its_rank(self, ending: str, kept: bool) -> None:
        gone = found(sections, f"{STORY}<h3>Related articles</h3><p>Fog</p>{ending}<p>They came back.</p>")
        assert ("After the fog" not in gone) is kept
        assert ("They came back." not in gone) is kept

    def test_it_ends_with_its_box(self) -> None:
        html = f"{STORY}<div><h3>Related articles</h3><p>Fog</p></div><p>They came back.</p>"
        assert found(sections, html) == ["Related articles", "Fog"]

    def test_such_a_heading_early_in_the_text_is_one_of_the_text(self) -> None:
        assert found(sections, f"<p>{LINE}</p><h3>Related articles</h3><p>Fog</p>{STORY}") == []
        html = f"{STORY}<h3>Related articles</h3><p>Fog</p><h3>Then</h3>{STORY[: len(STORY) // 4]}"
        assert found(sections, html) == ["Related articles", "Fog"]

    def test_a_section_that_is_long_or_runs_on_is_text(self) -> None:
        assert found(sections, f"{STORY * 4}<h3>Related articles</h3><p>{LINE * 6}</p>") == []
        assert found(sections, f"{STORY * 4}<h3>Related articles</h3><p>{LINE * 3}</p>") != []
        assert found(sections, f"{STORY * 4}<h3>Related articles</h3>" + f"<p>{LINE}</p>" * 10) != []
        assert found(sections, f"{STORY}<h3>Related articles</h3>" + f"<p>{LINE}</p>" * 9) == []

    @pytest.mark.parametrize(("letters", "gone"), [(284, 2), (285, 0)])
    def test_a_section_that_is_more_than_three_tenths_of_the_text_stays(self, letters: int, gone: int) -> None:
        part = f"<p>{words(letters // 2)}</p><p>{words(letters - letters // 2)}</p>"
        html = f"<p>{words(700)}</p><h3>Related articles</h3>{part}"
        assert len(found(sections, html)) == (gone and 3)

    @pytest.mark.parametrize(("lengths", "gone"), [((399,), 2), ((400,), 0), ((200, 200), 3), ((201, 201), 0)])
    def test_paragraphs_of_more_than_200_letters_are_prose_and_400_letters_of_it_a_text(
        self, lengths: tuple[int, ...], gone: int
    ) -> None:
        part = "".join(f"<p>{words(letters)}</p>" for letters in lengths)
        assert len(found(sections, f"<p>{words(2_000)}</p><h3>Related articles</h3>{part}")) == gone

    @pytest.mark.parametrize(("after", "gone"), [(400, 2), (402, 0)])
    def test_the_last_two_fifths_of_a_text_are_where_such_headings_open_a_section(self, after: int, gone: int) -> None:
        html = f"<p>{words(584)}</p><h3>Related articles</h3><p>Fog</p><h3>Then</h3><p>{words(after - 7)}</p>"
        assert len(found(sections, html)) == gone

    def test_a_section_of_long_paragraphs_is_text_and_one_of_short_ones_is_not(self) -> None:
        assert found(sections, f"{STORY * 4}<h3>Related articles</h3><p>{LINE * 4}</p><p>{LINE * 4}</p>") == []
        assert found(sections, f"{STORY * 4}<h3>Related articles</h3><p>{LINE * 4}</p>") != []

    @pytest.mark.parametrize("heading", ["Share", "More from this author"])
    def test_a_heading_that_is_a_label_or_begins_like_one_opens_furniture(self, heading: str) -> None:
        assert found(sections, f"{STORY}<h3>{heading}</h3><p>Fog</p>") == [heading, "Fog"]

    def test_a_label_takes_no_links_behind_its_box(self) -> None:
        html = f"{STORY}<div><p>Read more</p></div><p><a href=/x>Fog</a></p>"
        assert found(sections, html) == ["Read more"]

    def test_a_label_takes_the_links_behind_it_wherever_it_stands(self) -> None:
        html = f"<p>{LINE}</p><p>Read more</p><p><a href=/x>Fog</a></p><p><a href=/y>Pier</a></p><p>Text.</p>{STORY}"
        assert found(sections, html) == ["Read more", "Fog", "Pier"]

    def test_a_long_heading_says_more_than_that(self) -> None:
        heading = "Related articles on the ferry, the fog, the pier, the sound and the people who saw it leave"
        assert found(sections, f"{STORY}<h3>{heading}</h3><p>Fog</p>") == []

    def test_a_section_within_a_section_goes_once(self) -> None:
        html = f"{STORY}<h3>Related articles</h3><h4>Read more</h4><p>Fog</p>"
        assert found(sections, html) == ["Related articles", "Read more", "Fog"]


CARD = "<div class='grid card'><h3><a href=/{0}>Boat number {0} returns</a></h3><p>With its nets.</p></div>"


class TestTeasers:
    def test_cards_at_the_end_go(self) -> None:
        gone = found(teasers, STORY + "".join(map(CARD.format, range(2))))
        assert gone == ["Boat number 0 returns", "With its nets.", "Boat number 1 returns", "With its nets."]

    def test_one_box_alone_is_no_card(self) -> None:
        assert found(teasers, STORY + CARD.format(1)) == []

    def test_boxes_without_a_class_are_of_no_kind(self) -> None:
        assert found(teasers, STORY + "".join(map(CARD.replace(" class='grid card'", "").format, range(3)))) == []

    def test_cards_before_the_text_stay(self) -> None:
        assert found(teasers, "".join(map(CARD.format, range(2))) + STORY) == []

    def test_a_short_line_behind_the_cards_does_not_hide_them(self) -> None:
        html = STORY + "".join(map(CARD.format, range(2)))
        assert len(found(teasers, f"{html}<p>All times are local.</p>")) == 4
        assert found(teasers, f"{html}<p>{LINE * 2}</p>") == []
        assert len(found(teasers, f"{html}<div>{LINE * 2}</div>")) == 4
        assert found(teasers, f"{html}<div>{LINE * 5}</div>") == []

    def test_what_an_earlier_pass_dropped_does_not_hide_them(self) -> None:
        html = f"{STORY}{''.join(map(CARD.format, range(2)))}<p>{LINE * 3}</p>"
        assert len(found(teasers, html, dropped=(LINE * 3).strip())) == 4

    def test_cards_that_are_much_of_the_page_are_its_text(self) -> None:
        cards = "".join(map(CARD.format, range(9)))
        assert found(teasers, f"<p>{LINE * 5}</p>{cards}") == []
        assert found(teasers, f"<p>{LINE * 2}</p>{cards}") == []

    def test_cards_that_are_less_than_a_long_article_go(self) -> None:
        cards = "".join(map(CARD.format, range(25)))
        assert len(found(teasers, f"<p>{LINE * 15}</p>{cards}")) == 50
        assert found(teasers, f"<p>{LINE * 8}</p>{cards}") == []
        assert found(teasers, f"<p>{LINE * 15}</p>{''.join(map(CARD.format, range(60)))}") == []

    @staticmethod
    def cards(*lengths: int) -> str:
        return "".join(f"<div class=card><p><a href=/x>{words(letters)}</a></p></div>" for letters in lengths)

    @pytest.mark.parametrize(("last", "gone"), [(150, 2), (151, 0)])
    def test_cards_may_be_three_tenths_of_the_text(self, last: int, gone: int) -> None:
        assert len(found(teasers, f"<p>{words(850 - last)}</p>{self.cards(150, last)}")) == gone

    @pytest.mark.parametrize(("letters", "gone"), [(1_000, 0), (1_001, 3)])
    def test_cards_may_be_more_of_a_text_with_more_than_a_thousand_letters_beside_them(
        self, letters: int, gone: int
    ) -> None:
        assert len(found(teasers, f"<p>{words(letters)}</p>{self.cards(200, 200, 200)}")) == gone

    @pytest.mark.parametrize(("last", "gone"), [(301, 4), (302, 0)])
    def test_cards_may_be_half_of_a_long_text(self, last: int, gone: int) -> None:
        assert len(found(teasers, f"<p>{words(1_201)}</p>{self.cards(300, 300, 300, last)}")) == gone

    @pytest.mark.parametrize(("letters", "gone"), [(350, 2), (351, 0)])
    def test_the_longest_card_has_350_letters(self, letters: int, gone: int) -> None:
        assert len(found(teasers, f"<p>{words(2_000)}</p>{self.cards(letters, letters)}")) == gone

    @pytest.mark.parametrize(("tag", "longest"), [("p", 100), ("div", 350)])
    def test_a_longer_line_behind_the_cards_is_text(self, tag: str, longest: int) -> None:
        html = f"<p>{words(2_000)}</p>{self.cards(50, 50)}<{tag}>{{}}</{tag}>"
        assert len(found(teasers, html.format(words(longest)))) == 2
        assert found(teasers, html.format(words(longest + 1))) == []

    def test_a_box_with_a_long_text_is_no_card(self) -> None:
        card = CARD.replace("With its nets.", LINE * 5)
        assert found(teasers, STORY * 8 + "".join(map(card.format, range(2)))) == []

    def test_a_paragraph_or_a_list_is_no_card(self) -> None:
        rows = "".join(f"<p class=row><a href=/{n}>Boat number {n} returns</a></p>" for n in range(3))
        assert found(teasers, STORY + rows) == []
        lists = "".join(f"<ul class=row><li><a href=/{n}>Boat number {n} returns</a></ul>" for n in range(3))
        assert found(teasers, STORY + lists) == []

    def test_a_card_of_very_many_lines_is_a_list(self) -> None:
        rows = "".join(f"<div class=row><a href=/{n}>{n}</a></div>" for n in range(60))
        gone = found(teasers, f"{STORY}<div class=part>{rows}</div><div class=part><a href=/x>x</a></div>")
        assert len(gone) == 61


class TestOrphanHeadings:
    def test_a_heading_whose_section_is_gone_goes(self) -> None:
        html = "<h2>Fog</h2><p>Text.</p><h2>Pier</h2><p>Gone.</p><h2>Sound</h2><p>Text.</p>"
        assert found(orphan_headings, html, dropped="Gone.") == ["Pier"]

    def test_a_heading_directly_over_another_stays(self) -> None:
        assert found(orphan_headings, "<h2>Fog</h2><h2>Pier</h2><p>Text.</p>") == []

    def test_a_heading_over_a_lower_one_stays_and_one_under_a_higher_goes(self) -> None:
        assert found(orphan_headings, "<h2>Fog</h2><p>Gone.</p><h3>Pier</h3><p>Text.</p>", dropped="Gone.") == []
        assert found(orphan_headings, "<h3>Fog</h3><p>Gone.</p><h2>Pier</h2><p>Text.</p>", dropped="Gone.") == ["Fog"]

    def test_headings_at_the_end_go_one_after_the_other(self) -> None:
        assert found(orphan_headings, "<p>Text.</p><h2>Fog</h2><h3>Pier</h3>") == ["Fog", "Pier"]

    def test_the_label_of_a_list_that_is_gone_goes(self) -> None:
        assert found(orphan_headings, "<p>Text.</p><p>See also:</p><p>Gone.</p>", dropped="Gone.") == ["See also:"]
        html = "<p>Text.</p><p>See also:</p><p>Gone.</p><h2>Fog</h2><p>Text.</p>"
        assert found(orphan_headings, html, dropped="Gone.") == ["See also:"]

    @pytest.mark.parametrize(
        ("label", "below"),
        [("See also:", "<p>Text.</p>"), ("See also", ""), (f"{LINE}All of them say:", "")],
    )
    def test_other_lines_before_a_gap_stay(self, label: str, below: str) -> None:
        assert found(orphan_headings, f"<p>Text.</p><p>{label}</p><p>Gone.</p>{below}", dropped="Gone.") == []

    def test_a_label_with_its_list_stays(self) -> None:
        assert found(orphan_headings, "<p>See also:</p><h2>Fog</h2><p>Text.</p>") == []
