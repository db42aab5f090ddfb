"""What kind of page it is."""

import pytest

from ingest.extraction.body.generic import EXTRACTOR
from ingest.extraction.markup.document import Document
from ingest.run.extract import extract_page


def page_type(url: str, head: str = "", body: str = "<p>Some words of the page.</p>") -> str | None:
    return EXTRACTOR.extract(Document(f"<head>{head}</head><body>{body}</body>", url)).page_type


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
    head = '<meta property="article:published_time" content="2024-05-03T09:00:00Z">'
    assert page_type("https://a.example/news/", head, links) == "article"


CARD = "<div class=card><h3><a href='/%d'>What happened on day %d of the fair</a></h3></div>"
CARDS = "".join(CARD % (n, n) for n in range(20))
MENU = "<ul>" + "<li><a href='/a'>One of the menu's entries</a></li>" * 40 + "</ul>"
STORY = "<p>" + "The ferry was late again, and nobody on the pier was surprised by it any more. " * 6 + "</p>"


@pytest.mark.parametrize(
    ("url", "head"),
    [
        ("https://a.example/", ""),
        ("https://a.example/", '<meta property="og:type" content="website">'),
        ("https://a.example/category/harbour", ""),
        ("https://a.example/tag/ferries/", '<meta property="og:type" content="article">'),
        ("https://a.example/x", '<script type="application/ld+json">{"@type": "CollectionPage"}</script>'),
        ("https://a.example/x", ""),
    ],
)
def test_a_page_of_cards_is_a_listing_by_its_address_its_declaration_or_its_shape(url: str, head: str):
    assert page_type(url, head, CARDS) == "listing"


@pytest.mark.parametrize(
    ("url", "head", "body"),
    [
        ("https://a.example/2024/ferry", "", STORY * 4 + CARDS),
        ("https://a.example/category/ferry-is-late", "", STORY * 4),
        ("https://a.example/x", '<meta property="article:published_time" content="2024-05-03">', STORY + CARDS),
        ("https://a.example/x", '<script type="application/ld+json">{"@type": "NewsArticle"}</script>', CARDS),
        (
            "https://a.example/x",
            "",
            MENU + STORY,
        ),
    ],
)
def test_an_article_among_teasers_and_menus_stays_an_article(url: str, head: str, body: str):
    assert page_type(url, head, body) == "article"


def test_an_article_in_japanese_is_measured_by_what_its_letters_say():
    story = "<p>" + "港の渡し船は今朝も遅れたが、桟橋で待つ人々は誰も驚かなかった。毎日のことだからだ。" * 2 + "</p>"
    assert page_type("https://a.example/x", "", story * 12 + CARDS) == "article"


@pytest.mark.parametrize(
    ("url", "head"),
    [
        ("https://a.example/", ""),
        ("https://a.example/boat", '<meta property="og:type" content="product">'),
        ("https://a.example/boat", '<script type="application/ld+json">{"@type": "Product", "name": "Boat"}</script>'),
    ],
)
def test_front_doors_and_goods_are_no_articles(url: str, head: str):
    assert page_type(url, head) == "other"


def test_what_declares_itself_is_surer_than_what_has_to_be_guessed():
    def confidence(head: str, body: str) -> float:
        found = EXTRACTOR.extract(Document(f"<head>{head}</head><body>{body}</body>", "https://a.example/x"))
        assert found.page_type_confidence is not None
        return found.page_type_confidence

    declared = confidence('<meta property="og:type" content="article">', STORY)
    assert declared > confidence("", STORY * 4) > confidence("", "<p>Some words.</p>")


def test_a_platform_that_knows_its_pages_is_sure_of_their_type():
    posts = "<div class=post-outer><div class=post-body>One.</div></div>" * 2
    html = f"""<head><meta name=generator content=blogger></head>
        <div id=Blog1>{posts}</div><script>_WidgetManager._SetDataContext([])</script>"""
    article = extract_page(html, "https://a.example/")

    assert (article.page_type, article.page_type_confidence) == ("listing", 1.0)
