"""The <link> elements by which a page declares where it publishes."""

from selectolax.lexbor import LexborHTMLParser

from ingest.discover.proposals import LinkElement, link_elements

HEAD = (
    '<link rel="alternate" type="Application/RSS+XML; charset=utf-8" title=" All &amp; news " href="/feed?fbclid=x">'
    '<link rel="alternate" href="ftp://news.example/feed"><link rel="alternate" href="atom"><link rel="icon" href="/i">'
)


def test_urls_are_canonical_types_bare_and_what_cannot_be_fetched_is_left_out():
    tree = LexborHTMLParser(f"<html><head>{HEAD}</head></html>")
    assert list(link_elements(tree, 'link[rel="alternate"]', "https://news.example/boats/")) == [
        LinkElement("https://news.example/feed", "All & news", "application/rss+xml"),
        LinkElement("https://news.example/boats/atom", "", ""),
    ]


def test_a_title_beyond_reason_is_cut():
    for length, cut in [(150, False), (300, True)]:
        tree = LexborHTMLParser(f'<html><head><link rel="alternate" href="/feed" title="{"x" * length}"></head></html>')
        [link] = link_elements(tree, "link", "https://news.example/")
        assert (len(link.title) < length) is cut
