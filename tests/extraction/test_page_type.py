"""What kind of page it is."""

import pytest

from ingest.extraction.body.generic import EXTRACTOR
from ingest.extraction.markup.document import Document
from ingest.extraction.markup.outline import build
from ingest.extraction.page_type import classify
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
def test_forums_are_known_by_address_software_or_declaration(url: str, head: str):
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


def classified(url: str, head: str = "", body: str = "<p>Some words of the page.</p>") -> tuple[str, float]:
    """Type and confidence by the signs of the page alone."""
    document = Document(f"<html{' class=xenforo' if head == 'xenforo' else ''}><head>{head}</head><body>{body}", url)
    assert document.tree.body is not None
    return classify(document, build(document.tree.body, lambda *_: False))


PLAIN = "https://a.example/x"
THREAD = "https://a.example/threads/tides.771/"
DISCOURSE = '<meta name="generator" content="Discourse 3.2">'
POSTING = '<script type="application/ld+json">{"@type": "DiscussionForumPosting"}</script>'
DATED = '<meta property="article:published_time" content="2024-05-03">'
OPEN_GRAPH = '<meta property="og:type" content="article">'


@pytest.mark.parametrize("sign", [(THREAD, ""), (PLAIN, DISCOURSE), (PLAIN, POSTING), (PLAIN, "xenforo")])
def test_one_sign_makes_a_forum_and_two_make_it_surer(sign: tuple[str, str]):
    kind, confidence = classified(*sign)
    assert kind == "forum"
    surest = [classified(THREAD, DISCOURSE), classified(THREAD, POSTING), classified(PLAIN, DISCOURSE + POSTING)]
    assert all(confidence < more <= 1 for _, more in surest)


def test_the_name_of_a_host_makes_a_thread_surer_and_is_no_sign_alone():
    assert classified("https://forum.example/x")[0] == "article"
    assert classified("https://forum.example/threads/tides.771/")[1] > classified(THREAD)[1]


def card(number: int, letters: int = 40) -> str:
    return f"<h3><a href='/{number}'>{f'What happened on day {number} of the fair in May'.ljust(letters, '.')}</a></h3>"


def rows(number: int, tag: str = "div", title: str = "What happened there") -> str:
    return "".join(f"<{tag} class=row><a href='/{each}'>{title}</a></{tag}>" for each in range(number))


def paragraph(letters: int) -> str:
    return (
        f"<p>{('The ferry was late again, and nobody on the pier was surprised by it any more. ' * 30)[:letters]}</p>"
    )


CATEGORY = "https://a.example/category/harbour"


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (card(1) * 7 + paragraph(900), "listing"),
        (card(1) * 7 + paragraph(1_700), "article"),
        (card(1) * 3 + paragraph(300), "article"),
        (card(1) * 7 + paragraph(140) * 12, "listing"),
        (rows(10, "li") + paragraph(700), "listing"),
        (rows(6, "li") + paragraph(700), "article"),
        (rows(10, "li", "Fog of May") + paragraph(700), "article"),
        (rows(10, "div") + paragraph(700), "listing"),
        (rows(30, "div", "A menu") + paragraph(900), "article"),
        (f"<p><a href=/x>{'Fog of May ' * 60}</a></p>" + paragraph(300), "listing"),
    ],
    ids=[
        "cards and some text", "cards and much text", "few cards", "cards and short paragraphs", "list of titles",
        "few titles", "list of labels", "boxes of titles", "menu", "mostly links",
    ],
)  # fmt: skip
def test_a_page_that_is_filed_with_the_departments_is_a_listing_if_it_is_made_of_links(body: str, kind: str):
    assert classified(CATEGORY, "", body)[0] == kind


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (rows(18), "listing"),
        (rows(9), "article"),
        (rows(18, "li"), "article"),
        (rows(18) + paragraph(250) * 2, "article"),
        (rows(40) + paragraph(170) * 2, "listing"),
        (rows(80) + paragraph(170) * 4, "article"),
        ("".join(f"<div class=row{n}><a href=/{n}>What happened there</a></div>" for n in range(18)), "article"),
    ],
    ids=["many", "few", "menu", "less than the text", "more than the text", "beside paragraphs", "of many kinds"],
)
def test_elsewhere_a_listing_has_many_links_of_one_kind_and_few_paragraphs(body: str, kind: str):
    assert classified(PLAIN, "", body)[0] == kind


def test_what_calls_itself_an_article_is_no_listing_by_its_shape_but_by_its_address():
    assert classified(PLAIN, OPEN_GRAPH, rows(40))[0] == "article"
    assert classified(CATEGORY, OPEN_GRAPH, rows(40))[0] == "listing"
    assert classified(CATEGORY, DATED, rows(40))[0] == "article"


def test_a_dated_front_page_is_a_listing_if_it_is_links_more_than_text():
    home = "https://a.example/"
    assert classified(home, DATED, rows(40))[0] == "listing"
    assert classified(home, DATED, rows(10) + paragraph(900))[0] == "article"


def test_a_declared_collection_needs_few_paragraphs_or_links():
    collection = '<script type="application/ld+json">{"@type": "CollectionPage"}</script>'
    assert classified(PLAIN, collection, paragraph(300) * 2)[0] == "listing"
    assert classified(PLAIN, collection, paragraph(300) * 4)[0] == "article"
    assert classified(PLAIN, collection, paragraph(300) * 4 + rows(99))[0] == "listing"
    assert classified(CATEGORY, "", paragraph(300) * 2)[0] == "article"


def test_letters_in_links_and_short_lines_are_no_prose():
    linked = f"<p><a href=/x>{'Fog on the sound in May ' * 10}</a>{'Fog on the sound in May ' * 4}</p>"
    assert classified(CATEGORY, "", card(1) * 7 + linked * 9)[0] == "listing"


def test_japanese_prose_counts_three_times_its_letters():
    prose = "<p>" + "港の渡し船は今朝も遅れたが、桟橋で待つ人々は誰も驚かなかった。" * 2 + "</p>"
    assert classified(CATEGORY, "", card(1) * 7 + prose * 9)[0] == "article"


def test_confidence_is_a_share():
    for url, head, body in (
        (PLAIN, OPEN_GRAPH, ""), (PLAIN, "", ""), (PLAIN, "", paragraph(1_500)), ("https://a.example/", "", ""),
        (CATEGORY, "", rows(40)), (THREAD, "", ""), (THREAD, DISCOURSE, ""),
    ):  # fmt: skip
        assert 0.5 <= classified(url, head, body)[1] <= 1
    assert classified(PLAIN, "", paragraph(1_500))[1] > classified(PLAIN, "", paragraph(600))[1]


def test_a_page_whose_url_cannot_be_parsed_is_classified_by_the_rest():
    found = EXTRACTOR.extract(Document(f'<meta property="og:type" content="article">{STORY * 4}', "http://[bad/x"))
    assert found.page_type == "article"
