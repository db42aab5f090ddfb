from __future__ import annotations

import pytest

from ingest.extraction.markup.document import Document
from ingest.extraction.metadata import extractor as metadata

URL = "https://www.daily-example.com/news/bridge"


def title(html: str, url: str = URL) -> tuple[str, str]:
    draft = metadata.EXTRACTOR.extract(Document(html, url))
    return draft.title, draft.origins.get("title", "")


def test_the_h1_that_the_title_tag_confirms_is_the_title() -> None:
    html = """<title>Council delays the new bridge | The Daily Example</title>
        <h1>Most read today</h1><article><h1>Council delays the new bridge</h1><p>Text.</p></article>"""

    assert title(html) == ("Council delays the new bridge", "h1")


@pytest.mark.parametrize(
    "site_heading",
    [
        '<header><h1><a href="/">Daily Example</a></h1></header>',
        '<h1 class="site-title">Notes from the river</h1>',
        '<h1><a href="https://www.daily-example.com/">Notes</a></h1>',
        "<h1>daily-example.com</h1>",
    ],
)
def test_the_name_of_the_site_is_no_title_although_it_is_an_h1(site_heading: str) -> None:
    html = f"""<title>Daily Example: Council delays the new bridge</title>{site_heading}
        <h2>Council delays the new bridge</h2><p>Text.</p>"""

    assert title(html) == ("Council delays the new bridge", "h2")


@pytest.mark.parametrize(
    "tag",
    [
        "Council delays the new bridge - Daily Example",
        "Council delays the new bridge | Local | Daily Example",
        "Council delays the new bridge – Daily Example – 3 May 2024",
        "Daily Example » Council delays the new bridge",
    ],
)
def test_the_name_of_the_site_is_taken_off_the_title_tag(tag: str) -> None:
    assert title(f"<title>{tag}</title><p>Text.</p>")[0] == "Council delays the new bridge"


def test_a_dash_inside_a_title_is_kept() -> None:
    html = "<title>Council – and mayor – delay the new bridge</title><p>Text.</p>"

    assert title(html)[0] == "Council – and mayor – delay the new bridge"


def test_a_kicker_inside_the_h1_is_left_out_if_the_other_places_leave_it_out() -> None:
    html = """<meta property="og:title" content="Council delays the new bridge">
        <h1><span class="kicker">Traffic</span><span>Council delays the new bridge</span></h1>"""

    assert title(html) == ("Council delays the new bridge", "h1")


def test_a_kicker_that_the_other_places_have_too_belongs_to_the_title() -> None:
    html = """<title>Traffic: Council delays the new bridge</title>
        <h1><span class="kicker">Traffic</span><span>:</span> <span>Council delays the new bridge</span></h1>"""

    assert title(html)[0] == "Traffic: Council delays the new bridge"


def test_a_date_inside_the_h1_is_no_part_of_it() -> None:
    html = "<title>A blog</title><h1><time>3 May 2024</time> <a>Council delays the <em>new</em> bridge</a></h1>"

    assert title(html)[0] == "Council delays the new bridge"


def test_two_places_that_agree_outvote_the_h1_of_a_news_article() -> None:
    html = """<meta property="og:title" content="Why the bridge has to wait">
        <script type="application/ld+json">{"@type": "NewsArticle", "headline": "Why the bridge has to wait"}</script>
        <h1>Waiting for the bridge</h1>"""

    assert title(html) == ("Why the bridge has to wait", "opengraph")


def test_a_headline_that_was_cut_short_does_not_outvote_the_whole_one() -> None:
    html = """<script type="application/ld+json">{"@type": "NewsArticle", "headline": "Why the bridge has to wait..."}
        </script><h1>Why the bridge has to wait for another year</h1>"""

    assert title(html) == ("Why the bridge has to wait for another year", "h1")


def test_a_lower_heading_tells_which_side_of_the_title_tag_is_the_site() -> None:
    html = "<title>The old river diary | Why the bridge has to wait</title><h2>Why the bridge has to wait</h2>"

    assert title(html) == ("Why the bridge has to wait", "h2")


def test_the_h1_of_a_blog_is_not_outvoted() -> None:
    html = """<meta property="og:title" content="Bridges 2024: ten facts">
        <script type="application/ld+json">{"@type": "BlogPosting", "headline": "Bridges 2024: ten facts"}</script>
        <h1>What I learned about waiting for a bridge</h1>"""

    assert title(html) == ("What I learned about waiting for a bridge", "h1")


def test_without_any_heading_open_graph_answers() -> None:
    html = '<meta property="og:title" content="Council delays &amp;amp; regrets"><p>Text.</p>'

    assert title(html) == ("Council delays & regrets", "opengraph")


def test_a_page_without_a_title_has_none() -> None:
    assert title("<p>Text.</p>") == ("", "")


def test_a_giant_title_is_stored_shortened() -> None:
    assert len(title(f"<title>{'long ' * 200_000}</title>")[0]) <= 500


def test_an_h1_that_the_title_tag_confirms_is_not_outvoted() -> None:
    html = """<title>Council delays the new bridge</title><meta property="og:title" content="Bridge delayed again">
        <script type="application/ld+json">{"@type": "NewsArticle", "headline": "Bridge delayed again"}</script>
        <h1>Council delays the new bridge</h1>"""

    assert title(html) == ("Council delays the new bridge", "h1")


def test_a_label_in_front_of_what_all_other_places_agree_upon_is_no_part_of_the_title() -> None:
    html = """<title>Why the bridge has to wait</title><meta property="og:title" content="Why the bridge has to wait">
        <h1><strong>Blog:</strong> Why the bridge has to wait</h1>"""

    assert title(html)[0] == "Why the bridge has to wait"


def test_a_slogan_that_shares_no_word_with_the_title_of_the_page_is_no_title() -> None:
    html = """<title>Cargo bikes for families</title><meta property="og:title" content="Cargo bikes for families">
        <h1>Your journey begins here, today</h1>"""

    assert title(html) == ("Cargo bikes for families", "opengraph")


def test_a_date_inside_a_link_around_the_whole_headline_is_no_part_of_it() -> None:
    html = """<title>Notes from the river</title>
        <h1><a href="/bridge"><time>Dec <span>18</span> 2025</time> Council delays the new bridge</a></h1>"""

    assert title(html)[0] == "Council delays the new bridge"


def test_a_tag_that_a_headline_is_about_stays_in_it() -> None:
    html = "<title>Thirty years of &lt;br&gt; tags</title><h1>Thirty years of &lt;br&gt; tags</h1>"

    assert title(html)[0] == "Thirty years of <br> tags"


def test_the_department_in_front_of_the_headline_is_not_taken_for_it() -> None:
    html = """<title>Announcements - Council delays the new bridge</title>
        <h1>Announcements</h1><h1>Council delays the new bridge</h1>"""

    assert title(html)[0] == "Council delays the new bridge"


def test_the_name_of_a_chinese_site_is_taken_off_although_only_a_stroke_parts_it() -> None:
    assert title("<title>新桥今天正式通车！-河边日报</title><p>正文。</p>")[0] == "新桥今天正式通车！"


COUNCIL = "Council delays the new bridge"


def test_of_many_headings_the_first_ten_are_read() -> None:
    def page(number: int) -> str:
        sections = "".join(f"<h1>Section {n} of this paper</h1>" for n in range(number))
        return f"<title>{COUNCIL}</title>{sections}<h1>{COUNCIL}</h1>"

    assert title(page(9)) == (COUNCIL, "h1")
    assert title(page(10)) == (COUNCIL, "title-tag")


@pytest.mark.parametrize(
    "heading",
    [
        "<a href='/'><h1>Notes from the river</h1></a>",
        "<h1 class='brand'>Notes from the river</h1>",
        "<div class='logo'><h1>Notes from the river</h1></div>",
        "<div class='related'><h1>Notes from the river</h1></div>",
        "<h1 id='newsletter'>Notes from the river</h1>",
        "<div class='skiptranslate'><p><h1>Notes from the river</h1></p></div>",
    ],
)
def test_the_heading_of_the_site_or_of_a_box_is_no_headline(heading: str) -> None:
    assert title(f"<title>{COUNCIL}</title>{heading}") == (COUNCIL, "title-tag")


def test_the_only_heading_is_the_headline_although_nothing_confirms_it() -> None:
    assert title("<title>Notes from the river</title><h1>Council delays bridge</h1>") == ("Council delays bridge", "h1")
    assert title("<title>Notes</title><h1>Council</h1>") == ("Notes", "title-tag")
    assert title("<title>Notes</title><h1>Twelve signs</h1>") == ("Twelve signs", "h1")
    assert title("<title>Notes</title><h1>Eleven sign</h1>") == ("Notes", "title-tag")


def test_an_unconfirmed_heading_of_more_than_two_hundred_letters_is_none() -> None:
    assert title(f"<title>Notes</title><h1>Council {'x' * 192}</h1>")[1] == "h1"
    assert title(f"<title>Notes</title><h1>Council {'x' * 193}</h1>")[1] == "title-tag"


def test_of_several_unconfirmed_headings_the_marked_one_counts() -> None:
    marked = f"<title>Notes</title><h1>Something else of the day</h1><h1 class='entry-title'>{COUNCIL}</h1>"

    assert title(marked) == (COUNCIL, "h1")
    assert title(marked.replace("entry-title", "x")) == ("Notes", "title-tag")
    assert title(marked.replace(COUNCIL, "The new bridge")) == ("Notes", "title-tag")


def test_a_heading_that_is_part_of_another_title_must_be_long_enough() -> None:
    rest = "<h1>Something else altogether here</h1>"

    assert title(f"<title>The new roads are here to stay</title>{rest}<h1>The new roads</h1>")[1] == "h1"
    assert title(f"<title>The new roads are here to stay</title>{rest}<h1>The new road</h1>")[1] == "title-tag"


def test_half_the_words_are_not_enough_to_confirm_a_heading() -> None:
    rest = "<h1>Something else altogether</h1>"

    assert title(f"<title>bridge council delay road</title>{rest}<h1>delay bridge sun moon</h1>")[1] == "title-tag"
    assert title(f"<title>bridge council delay road</title>{rest}<h1>delay bridge council moon</h1>")[1] == "h1"


def test_a_lower_heading_counts_only_if_it_says_more_than_three_letters() -> None:
    assert title("<title>Boat</title><h2>Boat</h2>") == ("Boat", "h2")
    assert title("<title>Sea</title><h2>Sea</h2>") == ("Sea", "title-tag")


def test_a_class_can_make_a_lower_heading() -> None:
    assert title(f"<title>{COUNCIL}</title><div class='headline'>{COUNCIL}</div>") == (COUNCIL, "div")


def test_a_headline_of_json_ld_wins_in_its_own_wording_if_open_graph_differs() -> None:
    html = """<meta property="og:title" content="Bridge: ten facts">
        <script type="application/ld+json">{"@type": "NewsArticle", "headline": "Why the bridge has to wait"}</script>
        <h1>Waiting for another boat</h1>"""

    assert title(html) == ("Why the bridge has to wait", "json-ld")


def test_a_slogan_is_believed_where_the_page_is_an_article() -> None:
    html = """<title>Cargo bikes for families</title><meta property="og:title" content="Cargo bikes for families">
        <script type="application/ld+json">{"@type": "BlogPosting"}</script><h1>Your journey begins here, today</h1>"""

    assert title(html) == ("Your journey begins here, today", "h1")


def test_a_date_in_front_of_the_agreed_title_is_no_part_of_it_and_other_words_are() -> None:
    agreed = f'<title>{COUNCIL}</title><meta property="og:title" content="{COUNCIL}">'

    assert title(f"{agreed}<h1>3 May 2024 {COUNCIL}</h1>")[0] == COUNCIL
    assert title(f"{agreed}<h1>Once more, {COUNCIL}</h1>")[0] == f"Once more, {COUNCIL}"


def test_a_lower_heading_with_the_very_title_wins_over_several_headings_that_are_merely_like_it() -> None:
    lower = "<title>bridge council delay road</title><h2>bridge council delay road</h2>"
    like, other = "<h1>delay bridge council moon</h1>", "<h1>Something else altogether</h1>"

    assert title(lower + like) == ("delay bridge council moon", "h1")
    assert title(lower + like + other) == ("bridge council delay road", "h2")


def test_a_short_title_inside_a_longer_heading_does_not_confirm_it() -> None:
    rest = "<h1>Something else altogether here</h1>"

    assert title(f"<title>The new roads</title>{rest}<h1>The new roads are here to stay</h1>")[1] == "h1"
    assert title(f"<title>The new road</title>{rest}<h1>The new road is here to stay</h1>")[1] == "title-tag"


def test_only_the_first_title_of_a_page_confirms_a_heading() -> None:
    headings = f"<h1>Something else altogether</h1><h1>{COUNCIL}</h1>"

    assert title(f"<title>{COUNCIL}</title><title>Notes</title>{headings}") == (COUNCIL, "h1")
    assert title(f"<title>Notes</title><title>{COUNCIL}</title>{headings}") == ("Notes", "title-tag")
