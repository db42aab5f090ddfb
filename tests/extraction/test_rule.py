from datetime import UTC, datetime

import pytest

from ingest.extraction.draft import Draft
from ingest.extraction.markup.document import Document
from ingest.extraction.rule import extractor, match_body, mistakes
from ingest.model import Rule

PAGE = """
<html lang="ko"><head><meta name="section" content="생활"></head><body>
<h1 class="logo">Paper</h1>
<h1 class="new"></h1><h1 class="old">  Tea
 for two </h1>
<div class="who"><a>By Ada Lind</a><a>Bo Ek mail@example.org</a></div>
<time class="when" datetime="2026-03-01T09:00:00+09:00">yesterday</time>
<p class="deck">A standfirst of its own.</p>
<div id="story"><p>First paragraph.</p><div class="promo"><p>Subscribe now.</p></div><p>Second paragraph.</p></div>
</body></html>
"""


def read(html: str, **rule: str | tuple[str, ...]) -> Draft:
    fields = {
        name: (value,) if isinstance(value, str) and name != "time_zone" else value for name, value in rule.items()
    }
    return extractor("site:test", Rule(**fields)).extract(Document(html, "https://example.org/a/b.html"))


def text(html: str, **rule: str | tuple[str, ...]) -> str:
    return read(f"<div id=story>{html}</div>", **{"body": "#story", **rule}).body.text


def test_first_selector_with_a_non_empty_answer_wins() -> None:
    assert read(PAGE, title=("h1.missing", "h1.new", "h1.old", "h1.logo")).title == "Tea for two"


def test_attribute_is_read_where_the_selector_names_one() -> None:
    assert read(PAGE, section='meta[name="section"]@content').section == "생활"


def test_at_sign_inside_a_selector_is_no_attribute() -> None:
    assert read('<a href="mailto:x@example.org">Ada</a>', title='a[href*="@example.org"]').title == "Ada"


def test_bylines_become_names() -> None:
    assert read(PAGE, authors=".who a").authors == ("Ada Lind", "Bo Ek")


def test_hidden_mail_address_is_left_out_of_the_byline() -> None:
    assert read('<p class="by">김하늘 기자 [email\xa0protected]</p>', authors=".by").authors == ("김하늘",)


def test_rule_can_answer_only_what_it_has() -> None:
    assert extractor("x", Rule(title=("h1",), drop=("aside",))).fields == {"title"}


def test_time_without_offset_is_in_the_time_zone_of_the_rule() -> None:
    draft = read('<p class="d">입력 2026-01-06 14:18</p>', published=".d", time_zone="Asia/Seoul")
    assert draft.published is not None
    assert draft.published.astimezone(UTC) == datetime(2026, 1, 6, 5, 18, tzinfo=UTC)


def test_date_candidates_keep_what_the_page_said_and_where() -> None:
    draft = read(PAGE, published=(".deck", ".when@datetime"))
    assert [(each.where, each.raw, each.parsed is None) for each in draft.dates] == [
        ("site:test:.deck", "A standfirst of its own.", True),
        ("site:test:.when@datetime", "2026-03-01T09:00:00+09:00", False),
    ]
    assert draft.published == draft.dates[-1].parsed


def test_dropped_parts_are_left_out_of_the_body() -> None:
    assert read(PAGE, body="#story", drop=".promo").body.text == "First paragraph.\n\nSecond paragraph."


def test_document_is_not_changed_by_reading_it() -> None:
    document = Document(PAGE)
    before = document.tree.html
    extractor("x", Rule(body=("#story",), drop=(".promo",), cut_at=("Second",))).extract(document)
    assert document.tree.html == before


def test_standfirst_outside_the_body_comes_first() -> None:
    draft = read(PAGE, body="#story", lead=".deck", drop=".promo")
    assert draft.body.text == "A standfirst of its own.\n\nFirst paragraph.\n\nSecond paragraph."


def test_standfirst_inside_the_body_is_not_read_twice() -> None:
    page = '<div id="story"><h2 class="deck">A deck.</h2><p>Text.</p></div>'
    assert read(page, body="#story", lead=".deck").body.text == "A deck.\n\nText."


def test_page_whose_body_the_rule_finds_is_an_article() -> None:
    assert read("<div id=story>Short.</div>" + "<a href=/x>Link</a>" * 99, body="#story").page_type == "article"
    assert read("<a href=/x>Link</a>" * 99, body="#story").page_type is None


def test_nested_matches_are_read_once() -> None:
    page = '<div class="text"><p>One.</p><div class="text"><p>Two.</p></div></div>'
    assert read(page, body=".text").body.text == "One.\n\nTwo."


def test_body_inside_a_dropped_part_is_no_body() -> None:
    page = '<aside><div class="text">Popular.</div></aside><div class="text">Own.</div>'
    assert read(page, body=".text", drop="aside").body.text == "Own."


def test_layout_whose_body_is_empty_gives_way_to_the_next() -> None:
    page = '<div id="new"><div class="ad">Ad</div></div><div id="old">Text.</div>'
    assert read(page, body=("#new", "#old"), drop=".ad").body.text == "Text."


def test_line_that_begins_with_dropped_words_goes_and_its_neighbours_stay() -> None:
    assert text("One.<br><br>▶ See also<br>Two.<p>▶ More</p>", drop_text="▶") == "One.\n\nTwo."


def test_body_ends_before_the_line_it_is_cut_at() -> None:
    html = "One.<br><br>Two.<br><b>Hot</b> news right now<br>Three.<img src=x.png><ul><li>Four</li></ul>"
    draft = read(f"<div id=story>{html}</div>", body="#story", cut_at="Hot news")
    assert draft.body.text == "One.\n\nTwo."
    assert "img" not in draft.body.html


@pytest.mark.parametrize(
    ("tail", "names"),
    [
        ("김하늘 기자 sky@example.com", ("김하늘",)),
        ("도쿄=김하늘 특파원 sky@example.com", ("김하늘",)),
        ("김하늘·이바다 기자 sky@example.com", ("김하늘", "이바다")),
        ("김하늘 기자(sky@example.com)", ("김하늘",)),
        ("세종=김하늘 기자", ("김하늘",)),
        ("[김하늘 기자]", ("김하늘",)),
        ("김하늘 기자 [email\xa0protected]", ("김하늘",)),
        ("sky@example.com", ()),
        ("ⓒ 새벽일보, 무단 전재 및 재배포 금지", ()),
        ("Copyright © Dawn Daily. All rights reserved.", ()),
        ("記事・写真の無断転載を禁じます", ()),
    ],
)
def test_signature_and_rights_notice_that_close_an_article_are_no_part_of_it(tail: str, names: tuple[str, ...]) -> None:
    draft = read(f"<div id=story>첫 문단이다.<br><br>{tail}</div>", body="#story", authors=".missing")
    assert draft.body.text == "첫 문단이다."
    assert draft.authors == names


@pytest.mark.parametrize(
    "ending",
    [
        "경찰은 저작권자의 허락 없이 무단 전재를 금지했다.",
        "同社は無断転載を禁じている。",
        "문의는 담당자 김하늘 씨에게 sky@example.com 으로 하면 된다.",
        "Write to the editor at letters@example.com.",
    ],
)
def test_closing_sentence_about_rights_or_mail_stays(ending: str) -> None:
    assert text(f"첫 문단이다.<br><br>{ending}").endswith(ending)


@pytest.mark.parametrize("ending", ["ada@example.org", "© Ada Lind. All rights reserved."])
def test_what_closes_an_english_post_is_its_authors_own(ending: str) -> None:
    assert text(f"Write to me.<br><br>{ending}") == f"Write to me.\n\n{ending}"


def test_signature_in_the_middle_of_a_page_stays() -> None:
    assert text("김하늘 기자 sky@example.com<br><br>첫 문단이다.").startswith("김하늘 기자")


def test_readings_beside_characters_are_no_part_of_a_title() -> None:
    assert read("<h1><ruby>海<rt>うみ</rt></ruby>辺</h1>", title="h1").title == "海辺"


def test_picture_and_next_page_get_whole_addresses() -> None:
    page = '<img class="lead" data-src="/i.jpg" src="data:image/gif;base64,AAAA"><a class="next" href="?page=2">2</a>'
    draft = read(page, image="img.lead", next_page="a.next")
    assert draft.image == "https://example.org/i.jpg"
    assert draft.next_page == "https://example.org/a/b.html?page=2"


def test_address_with_another_scheme_is_none() -> None:
    assert read('<a class="next" href="javascript:alert(1)">2</a>', next_page="a.next").next_page == ""


def test_tags_are_listed_once_each() -> None:
    assert read("<a>tea</a><a>cups</a><a>tea</a>", tags="a").tags == ("tea", "cups")


def test_selectors_that_answered_are_named_by_field() -> None:
    draft = read(
        PAGE, title=("h1.new", "h1.old"), published=(".deck", ".when@datetime"), body=("#gone", "#story"), image="img"
    )
    answered = {field: selector for field, selector in draft.selectors.items() if selector}
    assert answered == {"title": "h1.old", "published": ".when@datetime", "body": "#story"}


def test_what_a_rule_takes_out_of_the_body_is_recorded_with_its_selector_or_string() -> None:
    html = """<div class="promo">Outside.</div><div id="story"><p>첫 문단이다.</p><p>▶ 관련기사</p>
    <div class="promo box">Subscribe now.</div><p>김하늘 기자 sky@example.com</p><p>Hot news</p><p>More</p></div>"""
    rule = Rule(body=("#gone", "#story"), drop=(".none", ".promo"), drop_text=("☞", "▶"), cut_at=("Hot",))
    match = match_body(Document(html), rule)
    assert match is not None
    assert (match.found_at, match.body.text) == ("#story", "첫 문단이다.")
    assert [(each.by, each.element, each.text) for each in match.removed()] == [
        ("drop .promo", "div.promo.box", "Subscribe now."),
        ("drop_text ▶", "", "▶ 관련기사"),
        ("the closing lines (signature, rights)", "", "김하늘 기자 sky@example.com"),
        ("cut_at Hot", "", "Hot news"),
        ("cut_at Hot", "", "More"),
    ]


def test_rule_that_finds_no_body_records_none() -> None:
    assert read(PAGE, body="#gone").body_trace is None
    assert match_body(Document(PAGE), Rule(title=("h1",))) is None


def test_selector_that_does_not_compile_is_named_with_its_field() -> None:
    found = mistakes(Rule(title=("h1",), body=("#story", "p::text"), drop=("//aside",), published=("time@datetime",)))
    assert [field for field, _ in found] == ["body", "drop"]
    assert "'p::text'" in found[0][1]


def test_empty_string_would_drop_every_line_and_is_a_mistake() -> None:
    assert [field for field, _ in mistakes(Rule(drop_text=("▶", " "), cut_at=("",)))] == ["drop_text", "cut_at"]


def test_unknown_time_zone_is_a_mistake() -> None:
    assert [field for field, _ in mistakes(Rule(time_zone="Asia/Soul"))] == ["time_zone"]


def test_rule_without_mistakes_has_none() -> None:
    assert mistakes(Rule(title=("h1 > a@title",), body=("#story",), time_zone="Asia/Seoul")) == []
