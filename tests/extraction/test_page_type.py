"""What kind of page it is."""

import pytest

from ingest.extraction.document import Document
from ingest.extraction.generic import EXTRACTOR


def page_type(url: str, head: str = "", body: str = "<p>Some words of the page.</p>") -> str | None:
    return EXTRACTOR.ask(Document(f"<head>{head}</head><body>{body}</body>", url)).page_type


@pytest.mark.parametrize(
    ("url", "head"),
    [
        ("https://a.example/threads/tides.771/", ""),
        ("https://a.example/viewtopic.php?t=12", ""),
        ("https://a.example/x", '<meta name="generator" content="Discourse 3.2">'),
        ("https://a.example/x", '<script type="application/ld+json">{"@type": ["DiscussionForumPosting"]}</script>'),
    ],
)
def test_forums_are_told_by_address_software_or_declaration(url: str, head: str):
    assert page_type(url, head) == "forum"


@pytest.mark.parametrize(
    "value", ["null", "5", "[[]]", "{}", '{"@type": 5}', '{"@type": [null]}', '{"@type": {"a": 1}}']
)
def test_odd_declarations_leave_an_article(value: str):
    assert page_type("https://a.example/x", f'<script type="application/ld+json">{value}</script>') == "article"


def test_an_article_that_says_so_is_no_listing_although_it_links_much():
    links = "".join(f"<h3><a href='/{n}'>Title number {n} of the day</a></h3>" for n in range(30))
    head = '<meta property="og:type" content="article">'
    assert page_type("https://a.example/news/", head, links) == "article"
