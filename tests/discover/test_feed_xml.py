"""Feeds that are broken, cut, too large or meant to do harm: what is left of them, and in which time."""

from __future__ import annotations

import pytest

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
