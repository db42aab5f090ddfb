import base64
from datetime import UTC, datetime

import pytest

from ingest.discover import IndexRequest
from ingest.model import Source

NAMESPACES = (
    'xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/" '
    'xmlns:sy="http://purl.org/rss/1.0/modules/syndication/" xmlns:atom="http://www.w3.org/2005/Atom" '
    'xmlns:dcterms="http://purl.org/dc/terms/" xmlns:feedburner="http://rssnamespace.org/feedburner/ext/1.0"'
)


def rss(items: str, channel: str = "") -> str:
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><rss version="2.0" {NAMESPACES}><channel><title>Harbour News</title>'
        f"<link>https://www.news.example/</link>{channel}{items}</channel></rss>"
    )


def atom(entries: str, head: str = "") -> str:
    return (
        f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en"><title>Harbour Blog</title>{head}'
        f'<link rel="alternate" href="https://news.example/"/>{entries}</feed>'
    )


def urls(found) -> list[str]:
    return [link.url for link in found.links]


def test_an_rss_item_says_all_that_it_knows(read) -> None:
    found = read(
        rss(
            """<item><title>The lock &amp;amp; the &lt;i&gt;quay&lt;/i&gt;</title>
            <link>https://www.news.example/lock?utm_source=rss</link><guid isPermaLink="false">77</guid>
            <pubDate>Sat, 21 Nov 2026 10:00:00 +0900</pubDate><dc:creator><![CDATA[Ada Kim]]></dc:creator>
            <description>&lt;p&gt;Forty boats.&lt;/p&gt;</description>
            <category>Harbour</category><category>Boats</category>
            <content:encoded><![CDATA[<p>Forty boats & one ferry.</p>]]></content:encoded></item>""",
            "<language>en-GB</language><ttl>30</ttl>",
        ),
        "feed",
    )
    [link] = found.links
    assert (link.url, link.source, link.via) == ("https://www.news.example/lock", "news", "https://news.example/index")
    assert link.hints.title == "The lock & the quay"
    assert link.hints.authors == ("Ada Kim",)
    assert link.hints.published == "Sat, 21 Nov 2026 10:00:00 +0900"
    assert link.hints.summary == "Forty boats."
    assert link.hints.content == "<p>Forty boats & one ferry.</p>"
    assert link.hints.tags == ("Harbour", "Boats")
    assert (found.title, found.language, found.ttl) == ("Harbour News", "en-GB", 1800)


def test_an_atom_entry_says_all_that_it_knows(read) -> None:
    found = read(
        atom(
            """<entry><title type="html">Boats &amp;amp; ferries</title>
            <link rel="self" href="https://news.example/api/1"/>
            <link rel="alternate" href="/boats"/><id>tag:news.example,2026:1</id><author><name>Ada</name></author>
            <author><name>Bo</name></author><published>2026-11-20T10:00:00Z</published>
            <updated>2026-11-21T10:00:00Z</updated><category term="harbour" label="Harbour"/>
            <content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>Forty <b>boats</b>.</p></div></content>
            </entry>"""
        ),
        "feed",
    )
    [link] = found.links
    assert link.url == "https://news.example/boats"
    assert link.hints.title == "Boats & ferries"
    assert link.hints.authors == ("Ada", "Bo")
    assert (link.hints.published, link.hints.modified) == ("2026-11-20T10:00:00Z", "2026-11-21T10:00:00Z")
    assert link.hints.content == "<p>Forty <b>boats</b>.</p>"
    assert link.hints.tags == ("Harbour",)


def test_rdf_items_are_dated_by_dublin_core(read) -> None:
    found = read(
        """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
        xmlns:dc="http://purl.org/dc/elements/1.1/"><channel rdf:about="https://news.example/"><title>R</title>
        <link>https://news.example/</link></channel><item rdf:about="https://news.example/a"><title>A</title>
        <link>https://news.example/a</link><dc:date>2026-11-20T10:00:00+09:00</dc:date></item></rdf:RDF>""",
        "feed",
    )
    assert [(link.url, link.hints.published) for link in found.links] == [
        ("https://news.example/a", "2026-11-20T10:00:00+09:00")
    ]


def test_plain_text_becomes_paragraphs(read) -> None:
    [link] = read(
        rss("<item><link>/a</link><description>Salt &amp; pepper.\n\nTwo.</description></item>"), "feed"
    ).links
    assert link.hints.content == "<p>Salt &amp; pepper.</p><p>Two.</p>"
    entry = '<entry><link href="/a"/><content type="text">1 &lt; 2\n\nTwo.</content><summary>Sums.</summary></entry>'
    [link] = read(atom(entry), "feed").links
    assert (link.hints.content, link.hints.summary) == ("<p>1 &lt; 2</p><p>Two.</p>", "Sums.")


def test_of_two_texts_the_longer_is_the_content(read) -> None:
    texts = "".join(f"<content:encoded>&lt;p&gt;{text}&lt;/p&gt;</content:encoded>" for text in ("A", "A longer", "B"))
    [link] = read(rss(f"<item><link>/a</link>{texts}</item>"), "feed").links
    assert link.hints.content == "<p>A longer</p>"


def test_a_date_of_another_script_is_handed_on_as_it_is_written(read) -> None:
    found = read(rss("<item><link>/a</link><pubDate>2026년 11월 21일 09:30</pubDate></item>"), "feed")
    assert found.links[0].hints.published == "2026년 11월 21일 09:30"


def test_who_says_only_when_an_entry_was_made_says_when_it_was_published(read) -> None:
    [link] = read(rss("<item><link>/a</link><dcterms:created>2026-11-20</dcterms:created></item>"), "feed").links
    assert link.hints.published == "2026-11-20"


def test_content_in_base64_is_read(read) -> None:
    packed = base64.b64encode(b"<p>Forty boats.</p>").decode()
    entry = f'<entry><link href="/a"/><content type="application/octet-stream">{packed}</content></entry>'
    assert read(atom(entry), "feed").links[0].hints.content == "<p>Forty boats.</p>"


def test_an_atom_entry_with_only_an_update_has_no_publication_date(read) -> None:
    entry = '<entry><title>A</title><link href="/a"/><updated>2026-11-21T10:00:00Z</updated></entry>'
    [link] = read(atom(entry), "feed").links
    assert (link.hints.published, link.hints.modified) == ("", "2026-11-21T10:00:00Z")


def test_links_come_oldest_first_by_date(read) -> None:
    items = "".join(
        f"<item><link>/{day}</link><pubDate>{day} Nov 2026 10:00:00 GMT</pubDate></item>" for day in (20, 3, 21, 12)
    )
    assert [url[-3:].strip("/") for url in urls(read(rss(items), "feed"))] == ["e/3", "12", "20", "21"]


def test_undated_links_come_in_the_reverse_of_how_they_stand(read) -> None:
    found = read(rss("<item><link>/new</link></item><item><link>/old</link></item>"), "feed")
    assert urls(found) == ["https://news.example/old", "https://news.example/new"]


def test_entries_off_the_site_are_refused_and_named(read) -> None:
    found = read(
        rss("<item><link>/a</link></item><item><link>/b</link></item><item><link>https://ads.example/x</link></item>"),
        "feed",
    )
    assert urls(found) == ["https://news.example/b", "https://news.example/a"]
    assert found.refused == (("https://ads.example/x", "foreign_host"),)


def test_the_site_that_a_feed_names_as_its_own_is_followed(read) -> None:
    feed = rss("<item><link>https://www.news.example/a</link></item>")
    found = read(feed, "feed", url="https://feeds.other.example/x", source=Source("n", "https://feeds.other.example/x"))
    assert urls(found) == ["https://www.news.example/a"]


def test_a_feed_that_names_no_site_belongs_where_most_of_its_entries_are(read) -> None:
    items = "".join(f"<item><link>https://paper.example/{n}</link></item>" for n in range(3))
    feed = f"<rss version='2.0'><channel><title>x</title>{items}<item><link>https://ads.example/</link></item></channel></rss>"
    found = read(feed, "feed")
    assert len(found.links) == 3
    assert found.refused == (("https://ads.example/", "foreign_host"),)


def test_a_redirector_is_passed_by(read) -> None:
    found = read(
        rss(
            "<item><link>https://feedproxy.example/~r/news/1</link>"
            "<feedburner:origLink>https://www.news.example/a</feedburner:origLink></item>"
        ),
        "feed",
    )
    assert urls(found) == ["https://www.news.example/a"]


@pytest.mark.parametrize(
    ("addresses", "url"),
    [
        ("<link>https://www.news.example</link><guid>https://www.news.example/a</guid>", "https://www.news.example/a"),
        ("<link>www.news.example/a</link>", "https://news.example/a"),
        ("<link>news.example/a</link>", "https://news.example/a"),
        ("<guid>https://news.example/a</guid>", "https://news.example/a"),
        ("<guid>/a</guid>", "https://news.example/a"),
        ('<atom:link rel="self" href="/api/a"/><atom:link href="/a"/>', "https://news.example/a"),
    ],
)
def test_an_entry_leads_to_its_own_page_wherever_that_is_said(read, addresses: str, url: str) -> None:
    assert urls(read(rss(f"<item><title>A</title>{addresses}</item>"), "feed")) == [url]


def test_a_link_blog_entry_leads_to_the_blog_and_not_away(read) -> None:
    found = read(
        rss("<item><link>https://elsewhere.example/x</link><guid>https://www.news.example/notes/1</guid></item>"),
        "feed",
    )
    assert urls(found) == ["https://www.news.example/notes/1"]


@pytest.mark.parametrize(
    ("link", "code"),
    [
        ("javascript:alert(1)", "bad_scheme"),
        ("http://[news.example/", "bad_url"),
        ("/cdn-cgi/l/email-protection", "not_an_article"),
        ("https://kim:secret@www.news.example/a", "bad_url"),
        ("", "bad_url"),
    ],
)
def test_a_link_that_cannot_be_followed_is_refused_with_its_reason(read, link: str, code: str) -> None:
    found = read(rss(f"<item><title>A</title><link>{link}</link></item>"), "feed")
    assert found.links == ()
    assert [reason for _, reason in found.refused] == [code]


def test_an_entry_without_an_address_is_named_by_its_title(read) -> None:
    found = read(rss("<item><title>No way in</title></item>"), "feed")
    assert found.refused == (("https://news.example/index#No way in", "bad_url"),)


def test_an_article_named_twice_is_one_link(read) -> None:
    found = read(rss("<item><link>/a</link></item><item><link>/a?utm_source=x</link></item>"), "feed")
    assert urls(found) == ["https://news.example/a"]


def test_relative_links_follow_xml_base(read) -> None:
    feed = atom('<entry xml:base="https://news.example/2026/"><link href="a.html"/></entry>')
    assert urls(read(feed, "feed")) == ["https://news.example/2026/a.html"]


@pytest.mark.parametrize(
    ("encoding", "declared", "content_type"),
    [
        ("euc-kr", "EUC-KR", "text/xml"),
        ("euc-kr", "EUC-KR", "text/xml; charset=euc-kr"),
        ("cp949", "euc-kr", "application/rss+xml"),
        ("utf-8", "euc-kr", "text/xml"),
        ("utf-8-sig", "utf-8", "text/xml"),
        ("utf-16", "utf-16", "text/xml"),
    ],
)
def test_a_feed_is_read_in_the_encoding_it_is_written_in(read, encoding: str, declared: str, content_type: str) -> None:
    feed = rss("<item><title>항구의 새 수문이 열렸다</title><link>/a</link></item>").replace("UTF-8", declared)
    [link] = read(feed.encode(encoding), "feed", content_type=content_type).links
    assert link.hints.title == "항구의 새 수문이 열렸다"


def test_a_feed_without_entries_is_empty_and_no_error(read) -> None:
    found = read(rss(""), "feed")
    assert (found.links, found.refused, found.title) == ((), (), "Harbour News")


@pytest.mark.parametrize(
    ("channel", "seconds"),
    [
        ("<ttl>60</ttl>", 3_600),
        ("<ttl>0</ttl>", None),
        ("<ttl>soon</ttl>", None),
        ("<ttl>99999999</ttl>", 604_800),
        ("<sy:updatePeriod>hourly</sy:updatePeriod><sy:updateFrequency>2</sy:updateFrequency>", 1_800),
        ("<sy:updatePeriod> daily </sy:updatePeriod>", 86_400),
        ("<sy:updatePeriod>never</sy:updatePeriod>", None),
        ("", None),
    ],
)
def test_how_long_a_feed_asks_to_be_left_alone(read, channel: str, seconds: float | None) -> None:
    assert read(rss("", channel), "feed").ttl == seconds


def test_older_pages_of_a_feed_are_history_and_no_part_of_an_ordinary_run(read) -> None:
    feed = atom('<entry><link href="/a"/></entry>', '<link rel="prev-archive" href="/feed/2026-10"/>')
    found = read(feed, "feed")
    assert found.requests == ()
    assert found.history == (
        IndexRequest("https://news.example/feed/2026-10", "feed", via="https://news.example/index"),
    )


def test_history_ends_where_all_entries_are_older_than_asked_for(read) -> None:
    entry = '<entry><link href="/a"/><published>2026-10-01T00:00:00Z</published></entry>'
    feed = atom(entry, '<link rel="next" href="/feed?page=2"/>')
    assert read(feed, "feed", since=datetime(2026, 11, 1, tzinfo=UTC)).history == ()
    assert len(read(feed, "feed", since=datetime(2026, 9, 1, tzinfo=UTC)).history) == 1


@pytest.mark.parametrize("url", ["https://news.example/index", "https://elsewhere.example/2", "file:///etc/passwd", ""])
def test_a_feed_leads_to_no_older_page_but_another_one_of_its_own_site(read, url: str) -> None:
    feed = atom('<entry><link href="/a"/></entry>', f'<link rel="next" href="{url}"/>')
    assert read(feed, "feed").history == ()


def test_a_related_page_of_its_own_site_is_followed_and_an_attachment_is_not(read) -> None:
    links = (
        '<link href="https://other.example/a"/><link rel="enclosure" href="/a-film"/>'
        '<link rel="related" href="/a-story"/><id>tag:1</id>'
    )
    body = f'<feed xmlns="http://www.w3.org/2005/Atom"><entry><title>A</title>{links}</entry></feed>'
    assert [link.url for link in read(body, "feed").links] == ["https://news.example/a-story"]


def test_the_beginning_of_an_article_is_its_summary_only_beside_the_whole(read) -> None:
    short = "<description>Forty boats go …</description>"
    whole = "<content:encoded>&lt;p&gt;Forty boats go through the lock.&lt;/p&gt;</content:encoded>"
    for texts, summary in [
        (short, ""),
        (short + whole, "Forty boats go …"),
        (short.replace(" …", "."), "Forty boats go."),
    ]:
        [link] = read(rss(f"<item><link>https://www.news.example/a</link>{texts}</item>"), "feed").links
        assert link.hints.summary == summary


@pytest.mark.parametrize(
    ("sites", "followed"),
    [
        (["paper", "paper"], 2),
        (["paper", "paper", "ads", "shop"], 2),
        (["paper", "paper", "ads", "shop", "bank"], 0),
        (["paper"], 0),
    ],
)
def test_a_site_that_half_of_the_entries_are_on_is_that_of_the_feed(read, sites: list[str], followed: int) -> None:
    items = "".join(f"<item><link>https://{site}.example/{n}-a</link></item>" for n, site in enumerate(sites))
    found = read(f"<rss version='2.0'><channel><title>x</title>{items}</channel></rss>", "feed")
    assert len(found.links) == followed
