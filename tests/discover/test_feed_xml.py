"""Feeds that are broken, cut, too large or meant to do harm: what is left of them, and in which time."""

from __future__ import annotations

import pytest

from ingest.discover import feed_xml
from ingest.errors import DiscoverError

NAMESPACES = (
    'xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:media="http://search.yahoo.com/mrss/" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/"'
)
CHARACTERS = (
    '<!ENTITY % HTMLlat1 PUBLIC "-//W3C//ENTITIES Latin 1 for XHTML//EN" "http://x.example/lat1.ent"> %HTMLlat1;'
)


def rss(items: str) -> str:
    return f'<rss version="2.0" {NAMESPACES}><channel><title>Harbour News</title>{items}</channel></rss>'


def urls(found) -> list[str]:
    return [link.url for link in found.links]


@pytest.mark.parametrize(
    ("item", "title", "url"),
    [
        ("<title>Salt & pepper</title><link>/a?x=1&y=2</link>", "Salt & pepper", "https://news.example/a?x=1&y=2"),
        ("<title>AT&T</title><link>/a</link>", "AT&T", "https://news.example/a"),
        ("<title>Caf&eacute;&nbsp;open</title><link>/a</link>", "Café open", "https://news.example/a"),
        (
            "<title>It&#146;s &#x2014; &#1;new&unknown;</title><link>/a</link>",
            "It’s — new&unknown;",
            "https://news.example/a",
        ),
        ("<title>2 < 3</title><link>/a</link>", "2 < 3", "https://news.example/a"),
        ("<title>A\x0b\x00B</title><link>/a</link>", "AB", "https://news.example/a"),
        ("<media:title>A</media:title><title>B</title><link>/a</link>", "B", "https://news.example/a"),
        ("<title><b>Bold</b> move</title><link>/a</link>", "Bold move", "https://news.example/a"),
    ],
)
def test_an_item_of_broken_xml_is_read_as_it_was_meant(read, item: str, title: str, url: str) -> None:
    [link] = read(rss(f"<item>{item}</item>"), "feed").links
    assert (link.hints.title, link.url) == (title, url)


def test_a_feed_cut_off_gives_its_whole_entries_and_half_a_link_to_nowhere(read) -> None:
    whole = rss("<item><title>A</title><link>/a</link></item><item><title>B</title><link>/story-b</link></item>")
    found = read(whole[: whole.index("/story-b") + 4], "feed")
    assert urls(found) == ["https://news.example/a"]


def test_warnings_ahead_of_a_feed_do_not_hide_it(read) -> None:
    feed = "<br />\n<b>Warning</b>: no such file in <b>x.php</b>\n" + rss("<item><link>/a</link></item>")
    assert urls(read(feed, "feed")) == ["https://news.example/a"]
    assert urls(read(feed.replace("<rss", '<?xml version="1.0"?><rss'), "feed")) == ["https://news.example/a"]


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ("", "empty"),
        (" \n ", "empty"),
        ("<!DOCTYPE html><html><body>We will be back soon.</body></html>", "not_a_feed"),
        ("Not found", "not_a_feed"),
        ('{"error": "gone"}', "not_a_feed"),
        ("[]", "not_a_feed"),
        (bytes(range(256)) * 99, "encoding"),
        (b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 9, "not_a_feed"),
        (b"%PDF-1.7\n" + bytes(range(256)) * 9, "not_a_feed"),
        ('{"items": [', "parse"),
        ('<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a "x"><!ENTITY b "&a;&a;">]><rss></rss>', "parse"),
        ('<!-- <rss> --><!DOCTYPE rss [<!ELEMENT x "]"><!ENTITY a SYSTEM "file:///x">]><rss></rss>', "parse"),
        (f'<!DOCTYPE rss [<!ENTITY a "{"x" * 5_000}">]><rss></rss>', "parse"),
        ("<rss><channel><item><description>" + "<a>" * 5_000, "parse"),
        ("<rss><channel><item " + " ".join(f"a{n}=''" for n in range(2_000)) + "/></channel></rss>", "parse"),
        ("<rss><channel>" + "<category>x</category>" * 5_000 + "<item/></channel></rss>", "parse"),
    ],
)
def test_an_answer_that_is_no_feed_is_an_error_of_its_own(read, body: str | bytes, code: str) -> None:
    with pytest.raises(DiscoverError) as failure:
        read(body, "feed")
    assert failure.value.code == code


@pytest.mark.parametrize("declared", ['<!ENTITY site "The harbour">', '<!ENTITY lock "&#8962;">', CHARACTERS])
def test_a_document_type_that_names_characters_is_passed_over_and_resolved_nowhere(read, declared: str) -> None:
    [link] = read(
        f"<!DOCTYPE rss [{declared}]>" + rss("<item><title>&site; caf&eacute;</title><link>/a</link></item>"), "feed"
    ).links
    assert link.hints.title == "&site; café"


def test_a_document_type_without_entities_is_harmless(read) -> None:
    feed = '<!DOCTYPE rss PUBLIC "-//Netscape Communications//DTD RSS 0.91//EN" "http://x.example/rss.dtd">'
    feed += '<rss version="0.91"><channel><title>t</title><item><title>A</title><link>/a</link></item></channel></rss>'
    assert urls(read(feed, "feed")) == ["https://news.example/a"]


def test_a_giant_title_is_cut_and_the_other_entries_stay(read) -> None:
    found = read(rss(f"<item><title>{'x' * 300_000}</title><link>/a</link></item><item><link>/b</link></item>"), "feed")
    assert len(found.links) == 2
    assert len(found.links[1].hints.title) == 1_000


@pytest.mark.parametrize("category", ["<category>{}</category>", "<category term='{}'/>"])
def test_an_entry_filed_under_thousands_of_categories_is_read_without_most_of_them(read, category: str) -> None:
    flood = "".join(category.format(f"c{number}") for number in range(20_000))
    crowded = f"<item><title>Crowded</title><link>/a</link>{flood}</item>"
    found = read(rss(f"<item><link>/c</link></item>{crowded}<item><title>After</title><link>/b</link></item>"), "feed")
    assert [link.url[-2:] for link in found.links] == ["/b", "/a", "/c"]
    assert [link.hints.title for link in found.links] == ["After", "Crowded", ""]
    assert "c0" in found.links[1].hints.tags


def test_the_text_of_an_entry_is_not_cut(read) -> None:
    words = "<p>" + "Forty boats &amp; a ferry. " * 4_000 + "</p>"
    escaped = words.replace("&", "&amp;").replace("<", "&lt;")
    [link] = read(rss(f"<item><link>/a</link><description>{escaped}</description></item>"), "feed").links
    assert link.hints.content.strip() == words.strip()


def test_entries_beyond_reason_are_left_off_and_that_is_said(read) -> None:
    items = "".join(f"<item><title>A</title><link>/{n}</link></item>" for n in range(2_100))
    found = read(rss(items), "feed")
    assert len(found.links) == 2_000
    assert found.refused == (("https://news.example/index", "budget"),)


@pytest.mark.parametrize(
    ("items", "titles"),
    [
        ("<item><title>A</title><link>/a</link><item><title>B</title><link>/b</link>", ["B", "A"]),
        ("<item><Title>A</TITLE><link>/a</link></item>", ["A"]),
        ("<item><title>A</title><link>/a</link></b></item></extra>", ["A"]),
        ("<item><title>A</title><link>/a</link><source url='/x'>Pier <br>1</source></item>", ["A"]),
        ("<item><title>A</titel><link>/a</link></item><item><title>B</title><link>/b</link></item>", ["B"]),
    ],
)
def test_end_tags_that_are_missing_or_too_many_cost_one_entry_at_most(read, items: str, titles: list[str]) -> None:
    assert [link.hints.title for link in read(rss(items), "feed").links] == titles


def test_a_caption_is_not_the_text_of_an_entry(read) -> None:
    media = '<media:content url="/i.jpg"><media:description type="plain">A gull.</media:description></media:content>'
    for text in (f"{media}<description>Forty boats.</description>", f"<description>Forty boats.</description>{media}"):
        [link] = read(rss(f"<item><link>/a</link>{text}</item>"), "feed").links
        assert link.hints.content == "<p>Forty boats.</p>"


@pytest.mark.parametrize(
    ("author", "names"),
    [
        ("<author>ada@harbour.example (Ada Kim)</author>", ("Ada Kim",)),
        ("<author>Ada Kim &lt;ada@harbour.online&gt;</author>", ("Ada Kim",)),
        ("<author>desk@harbour.example</author>", ()),
        ("<dc:creator>Ada Kim</dc:creator><author>bo@x.museum (Bo)</author>", ("Ada Kim", "Bo")),
    ],
)
def test_a_mail_address_is_no_name(read, author: str, names: tuple[str, ...]) -> None:
    assert read(rss(f"<item><link>/a</link>{author}</item>"), "feed").links[0].hints.authors == names


URL = "https://news.example/feed"


def test_a_name_or_other_short_text_is_kept_to_its_limit() -> None:
    for element, limit in [("title", feed_xml.MAX_SHORT), ("author", feed_xml.MAX_NAME)]:
        for length in (limit, limit + 1):
            kept, _ = feed_xml.sanitise(f"<rss><item><{element}>{'x' * length}</{element}></item></rss>", URL)
            assert kept.count("x") == limit


def test_a_text_of_thousands_of_characters_is_whole_and_a_name_of_hundreds_is_not() -> None:
    kept, _ = feed_xml.sanitise(f"<rss><item><title>{'x' * 9_000}</title></item></rss>", URL)
    assert kept.count("x") == 9_000
    kept, _ = feed_xml.sanitise(f"<rss><item><title>{'x' * 15_000}</title></item></rss>", URL)
    assert kept.count("x") < 15_000
    kept, _ = feed_xml.sanitise(f"<rss><item><author>{'x' * 700}</author></item></rss>", URL)
    assert kept.count("x") < 700


def test_an_entry_keeps_as_many_elements_as_it_may_have() -> None:
    for count, whole in [(feed_xml.MAX_CHILDREN - 1, True), (feed_xml.MAX_CHILDREN, False)]:
        item = "<item>" + "<category>x</category>" * count + "<title>Boats</title></item>"
        assert ("Boats" in feed_xml.sanitise(f"<rss>{item}</rss>", URL)[0]) is whole


def test_elements_in_the_text_of_an_entry_are_not_counted() -> None:
    text = "<div>" + "<p>x</p>" * (feed_xml.MAX_CHILDREN + 9) + "</div>"
    assert "Boats" in feed_xml.sanitise(f"<rss><item>{text}<title>Boats</title></item></rss>", URL)[0]


def test_a_feed_is_cut_at_as_many_entries_or_tags_as_it_may_have() -> None:
    for count, cut in [(feed_xml.MAX_ENTRIES, False), (feed_xml.MAX_ENTRIES + 1, True)]:
        assert feed_xml.sanitise("<rss>" + "<item>x</item>" * count, URL)[1] is cut
    for count, cut in [(feed_xml.MAX_TAGS - 2, False), (feed_xml.MAX_TAGS - 1, True)]:
        assert feed_xml.sanitise("<rss><item><description>" + "<br/>" * count, URL)[1] is cut


def test_attributes_and_nesting_are_refused_beyond_a_limit_and_not_at_it() -> None:
    def attributes(count: int) -> str:
        return "<rss><item " + " ".join(f"a{number}=''" for number in range(count)) + "/></rss>"

    def nested(count: int) -> str:
        return "<rss><item><description>" + "<b>" * (count - 3) + "<br/>"

    for feed in (attributes(feed_xml.MAX_ATTRIBUTES), nested(feed_xml.MAX_DEPTH)):
        feed_xml.sanitise(feed, URL)
    for feed in (attributes(feed_xml.MAX_ATTRIBUTES + 1), nested(feed_xml.MAX_DEPTH + 1)):
        with pytest.raises(DiscoverError, match="beyond reason"):
            feed_xml.sanitise(feed, URL)


def test_a_feed_is_looked_for_behind_a_page_of_warnings_and_not_behind_a_book() -> None:
    for length, name in [(3_000, "rss"), (6_000, "")]:
        warnings = "<b>Warning</b>" + " " * length
        assert feed_xml.root_element(warnings + "<rss>", URL)[0] == name
        assert feed_xml.root_element("<b>Warning</b>" + "w" * length + '<?xml version="1.0"?><rss>', URL)[0] == name


@pytest.mark.parametrize("text", ["AT&T", "2 < 3", "3 > 2"])
def test_stray_marks_in_a_text_are_told_apart_from_markup(text: str) -> None:
    kept, _ = feed_xml.sanitise(f"<rss><item><title>{text}</title></item></rss>", URL)
    assert kept == f"<rss><item><title><![CDATA[{text}]]></title></item></rss>"


def test_an_ampersand_in_an_address_in_an_attribute_is_one(read) -> None:
    for written in ("&", "&amp;"):
        entry = f'<entry><title>A</title><link href="/a?x=1{written}y=2"/></entry>'
        assert urls(read(f'<feed xmlns="http://www.w3.org/2005/Atom">{entry}</feed>', "feed")) == [
            "https://news.example/a?x=1&y=2"
        ]


def test_a_source_is_a_name_in_an_entry_and_a_file_in_its_text() -> None:
    kept, _ = feed_xml.sanitise("<rss><item><source url='/x'>Pier<br>1</source><title>A</title></item></rss>", URL)
    assert kept == "<rss><item><source url='/x'>Pier<br/>1</source><title>A</title></item></rss>"
    kept, _ = feed_xml.sanitise(
        "<rss><item><content><video><source src='/v'>A film</video></content></item></rss>", URL
    )
    assert kept == "<rss><item><content><video><source src='/v'/>A film</video></content></item></rss>"


def test_comments_and_instructions_are_left_out_and_marked_text_is_kept() -> None:
    kept, _ = feed_xml.sanitise("<rss><!-- <b> --><?x y?><title><![CDATA[Salt & <b>]]></title></rss>", URL)
    assert kept == "<rss><title><![CDATA[Salt & <b>]]></title></rss>"


def test_a_feed_that_ends_too_early_is_closed_to_its_root() -> None:
    assert feed_xml.sanitise("<rss><item><title>A</title>", URL)[0] == "<rss><item><title>A</title></item></rss>"


def test_a_character_of_html_in_an_attribute_is_written_as_itself() -> None:
    kept, _ = feed_xml.sanitise("<rss><item><link title='Caf&eacute; & bar'/></item></rss>", URL)
    assert kept.startswith("<rss><item><link title='Café &amp; bar'/>")
