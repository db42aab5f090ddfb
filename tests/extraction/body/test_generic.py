"""Bodies of pages that nothing is known of. Layouts and class names are those of real sites, the sentences are ours."""

import time

import pytest

from ingest.extraction.body.generic import EXTRACTOR, titles
from ingest.extraction.body.reading import Reading
from ingest.extraction.draft import Draft
from ingest.extraction.markup.document import Document

FIRST = "The harbour master closed the north quay on Tuesday after divers found cracks in four of its oak piles."
SECOND = "Repairs will take until spring, she said, and the fishing boats are to moor at the old coal pier meanwhile."
THIRD = "Skippers doubt that the pier is deep enough at low tide, since nobody has dredged there for eleven years."
FOURTH = "The town council meets next week to decide who pays, and two of its members have already asked for a survey."
TEXT = (FIRST, SECOND, THIRD, FOURTH)
PROSE = "".join(f"<p>{sentence}</p>" for sentence in TEXT)


def draft(body: str, *, head: str = "", url: str = "https://news.example/harbour/quay-closed") -> Draft:
    return EXTRACTOR.extract(Document(f"<html><head>{head}</head><body>{body}</body></html>", url))


def text(body: str, *, head: str = "", url: str = "https://news.example/harbour/quay-closed") -> str:
    return draft(body, head=head, url=url).body.text


def test_the_article_is_told_from_what_stands_around_it():
    page = f"""
      <header class="site-header"><a href="/">Quay News</a></header>
      <nav><ul><li><a href="/a">Politics</a><li><a href="/b">Sport</a></ul></nav>
      <main><article><h1>North quay closed</h1>{PROSE}</article></main>
      <aside><p>Our newsletter brings you the sea every morning, with the tides of all harbours.</p></aside>
      <footer><p>All rights reserved by the publisher of this newspaper and its partners abroad.</p></footer>"""
    assert text(page) == "\n\n".join(TEXT)


def test_a_body_of_bare_text_and_line_breaks_is_read_in_paragraphs():
    bare = "<br><br>".join(TEXT)
    page = (
        f'<div id="wrap"><div class="head_group"><h1>Quay</h1></div><section class="news_view">{bare}</section></div>'
    )
    assert text(page) == "\n\n".join(TEXT)


def test_a_body_split_over_siblings_is_put_together():
    parts = "".join(f'<div class="elementor-widget"><div><p>{one}</p></div></div>' for one in TEXT)
    assert text(f'<main><div class="elementor">{parts}</div></main>') == "\n\n".join(TEXT)


def test_a_standfirst_outside_the_body_goes_before_it():
    lead = "Cracked piles keep forty boats from their moorings until the spring."
    page = f'<header><h1>Quay closed</h1><p class="lead">{lead}</p></header><div class="x">{PROSE}</div>'
    assert text(page) == "\n\n".join((lead, *TEXT))


def test_a_text_that_says_its_headline_over_and_over_is_a_text():
    head = "<title>High tide</title>"
    page = "<article><h1>High tide</h1>" + "<p>High tide</p>" * 30 + "</article>"
    assert text(page, head=head).count("High tide") == 30


def test_the_headline_is_not_repeated_in_the_text():
    page = f"<article><h1>North quay closed</h1><p>By A. Writer</p>{PROSE}</article>"
    assert "North quay closed" not in text(page, head="<title>North quay closed</title>")


def test_headings_lists_quotes_and_tables_of_the_article_stay():
    page = (
        f"<article>{PROSE}<h2>What is planned</h2><ul><li>New piles of green oak</li><li>A survey of the pier</li></ul>"
        "<blockquote><p>We have asked for a dredger every year.</p></blockquote>"
        "<table><tr><th>Berth</th><th>Depth</th></tr><tr><td>Coal pier</td><td>2 m</td></tr></table>"
        f"<p>{FIRST[:60]}</p></article>"
    )
    found = text(page)
    for kept in ("What is planned", "- New piles of green oak", "We have asked for a dredger", "Coal pier | 2 m"):
        assert kept in found


def test_related_links_teasers_and_share_bars_go():
    related = (
        '<li><a href="/1">Storm sinks three yachts off the cape</a></li><li><a href="/2">Eel prices double</a></li>'
    )
    cards = "".join(
        f'<div class="card"><h3><a href="/{n}">Lighthouse number {n} goes dark</a></h3><p>After 90 years.</p></div>'
        for n in range(3)
    )
    page = (
        f'<article><div class="share-buttons">Share on Facebook</div><p>{FIRST}</p><p>{SECOND}</p>'
        f'<p><strong>Read more: <a href="/old">How the quay was built in only nine months</a></strong></p>'
        f"<p>{THIRD}</p><p>{FOURTH}</p><h3>Related articles</h3><ul>{related}</ul><div>{cards}</div></article>"
    )
    assert text(page) == "\n\n".join(TEXT)


def test_a_list_of_links_that_the_text_announces_stays():
    offices = '<li><a href="/h">Harbour office</a><li><a href="/t">Town hall</a>'
    page = f"<article>{PROSE}<p>These offices answer:</p><ul>{offices}</ul></article>"
    assert "- Harbour office" in text(page)


def test_comments_bios_and_newsletter_boxes_go():
    page = (
        f'<div class="post-content">{PROSE}</div>'
        '<div class="newsletter-signup"><p>Get the tides by mail every morning before breakfast.</p></div>'
        '<div class="author-bio"><p>A. Writer has reported from this coast for twenty years.</p></div>'
        f'<section id="comments"><p>{"My uncle said so years ago, and nobody listened. " * 20}</p></section>'
    )
    assert text(f"<main>{page}</main>") == "\n\n".join(TEXT)


def test_teasers_between_the_paragraphs_go_and_a_teaser_before_them_is_the_standfirst():
    lead = f'<div class="article-teaser"><p>{FIRST}</p></div>'
    other = '<div class="field-teaser-lead"><p>Elsewhere on the coast the ferries were late all week.</p></div>'
    page = f"<article><h1>Quay closed</h1>{lead}{PROSE.replace(FIRST, SECOND) * 2}{other}<p>{THIRD}</p></article>"
    assert text(page).startswith(FIRST)
    assert "ferries" not in text(page)


def test_teasers_go_though_each_is_an_article_element():
    cards = "".join(
        f'<div class="carousel-item"><article class="loop-entry"><h3><a href="/{n}">Story {n}</a></h3>'
        f"<div class=entry-summary><p>{'How the boats came home that year, and who was on the pier. ' * 5}</p></div>"
        "</article></div>"
        for n in range(6)
    )
    article = f'<article class="single"><h1>Quay closed</h1>{PROSE * 2}</article>'
    page = f'<main><div>{article}</div><div class="more">{cards}</div></main>'
    assert "boats came home" not in text(page)


def test_sections_that_a_table_of_contents_names_stay():
    notes = [f"Note {n} on the quay tells who built it, and what the oak for its piles cost then." for n in range(3)]
    sections = "".join(f'<section class="toc-para toc_{n}"><p>{note}</p></section>' for n, note in enumerate(notes))
    assert text(f"<div class=content>{PROSE}{sections}</div>") == "\n\n".join((*TEXT, *notes))


def test_preformatted_text_that_is_hidden_goes():
    assert text(f"<main><pre hidden>{' '.join(TEXT)}</pre>{PROSE}</main>") == "\n\n".join(TEXT)


def test_what_is_not_for_print_goes():
    assert text(f'<article>{PROSE}<div class="contact no-print"><p>Write to us about this.</p></div></article>') == (
        "\n\n".join(TEXT)
    )


def test_a_class_that_speaks_of_a_sidebar_does_not_cost_the_text_beside_it():
    assert text(f'<div class="sidebar-container"><div class="has-sidebar">{PROSE}</div></div>') == "\n\n".join(TEXT)


def test_a_paywalled_body_that_was_sent_is_kept():
    assert text(f'<div class="articleText paywalled">{PROSE}</div>') == "\n\n".join(TEXT)


def test_a_body_that_is_marked_as_paid_for_is_the_text():
    pieces = "".join(f'<div class="inline-element paywalled">{f"<p>{sentence}</p>" * 3}</div>' for sentence in TEXT)
    assert FOURTH in text(
        f"<div><article class='story'><p>{'A long way to the pier. ' * 20}</p>{pieces}</article></div>"
    )


def test_a_dialog_of_consent_goes_however_much_it_says():
    terms = "".join(
        f"<p>Cookies of kind {n} are stored to measure how our pages are read by people.</p>" for n in range(40)
    )
    dialog = f'<div id="onetrust-consent-sdk"><h2>Your choices</h2>{terms}</div>'
    assert text(f"<div id=app><div class=column>{PROSE}</div></div>{dialog}") == "\n\n".join(TEXT)


def test_the_slides_of_a_picture_show_are_not_read():
    slides = "".join(
        f'<div class="Carousel-slide"><img src="/{n}.jpg"><p>{n} of 9</p><p>Piles of the quay, picture {n}.</p></div>'
        for n in range(9)
    )
    assert text(
        f'<main><div class="Carousel">{slides}</div><div class="story-text">{PROSE}</div></main>'
    ) == "\n\n".join(TEXT)


def test_text_that_unfolds_stays_and_what_is_hidden_for_good_goes():
    folded = "The pier was built of spruce, which shipworms like even better than they like oak."
    page = (
        f'<article>{PROSE}<div class="accordion-panel" style="display:none"><p>{folded}</p></div>'
        '<div style="display: none"><p>Do you want to leave this page now?</p></div></article>'
    )
    assert folded in text(page)
    assert "leave this page" not in text(page)


def test_a_copy_of_the_text_for_small_screens_is_not_stored_twice():
    page = f'<main><div class="desktop-only">{PROSE}</div><div class="mobile-only">{PROSE}</div></main>'
    assert text(page).count(FIRST) == 1


def test_captions_are_kept_apart_from_the_text():
    figure = (
        '<div class="wp-caption"><img src="/q.jpg"><p class="wp-caption-text">Photo: the quay at low tide</p></div>'
    )
    found = draft(f"<article><p>{FIRST}</p>{figure}<p>{SECOND}</p><p>{THIRD}</p></article>").body
    assert "low tide</p>" not in found.html
    assert "Photo" not in found.text
    assert 'src="https://news.example/q.jpg"' in found.html


def test_a_caption_above_the_text_is_no_standfirst():
    figure = f'<figure><img src="/q.jpg"><figcaption><p>{SECOND}</p></figcaption></figure>'
    story = "".join(f"<p>{one} {one}</p>" for one in (FIRST, THIRD, FOURTH))
    page = f"<div class=top><h1>North quay closed</h1>{figure}</div><div class=story-body>{story}</div>"
    assert text(page).startswith(FIRST)


def test_a_label_for_those_who_do_not_see_the_page_names_a_box():
    letter = "Every second Sunday: answers to what you always wanted to know about the sea."
    page = f'<article>{PROSE}<section aria-label="Newsletter sign-up"><p>{letter}</p></section></article>'
    assert text(page) == "\n\n".join(TEXT)


def test_a_caption_is_told_by_a_box_further_out():
    picture = '<div class="img_description"><div class="text"><p>The quay in May.</p></div></div>'
    assert text(f'<article><img src="/quay.jpg">{picture}{PROSE}</article>') == "\n\n".join(TEXT)


def test_the_standfirst_stands_behind_the_headline_however_far_the_body_is():
    lead = "Divers found the damage by chance, and the boats have to move before the autumn gales."
    between = "".join(f"<div class=row><h5>Fact {n}</h5></div>" for n in range(20))
    page = f"<div><h1>North quay closed</h1><p>{lead}</p>{between}<div class=story>{PROSE}</div></div>"
    assert text(page, head="<title>North quay closed</title>").startswith(lead)


def test_the_readings_beside_characters_are_not_part_of_the_text():
    ruby = "<ruby>岸<rp>(</rp><rt>きし</rt><rp>)</rp></ruby>から<ruby>船<rt>ふね</rt></ruby>が出ました。"
    assert "岸から船が出ました。" in text(f"<article><p>{ruby * 12}</p></article>")


def test_text_without_spaces_counts_by_its_letters():
    sentences = ["港の北側の岸壁が火曜日に閉鎖された。杭に亀裂が見つかったためである。"] * 6
    paragraphs = "".join(f"<p>{n}、{one}</p>" for n, one in enumerate(sentences))
    other = '<div><a href="/x">次の記事はこちら</a></div>'
    page = f'<nav><a href="/">ホーム</a></nav><div class="honbun">{paragraphs}</div>{other}'
    assert text(page).count("岸壁") == 6
    assert "次の記事" not in text(page)


def test_the_posts_of_a_forum_are_all_kept():
    posts = "".join(f'<article class="message comment"><p>{one}</p></article>' for one in TEXT)
    found = draft(
        f'<div class="p-body"><div class="thread">{posts}</div></div>', url="https://forum.example/threads/quay.12/"
    )
    assert found.page_type == "forum"
    assert found.body.text == "\n\n".join(TEXT)


def test_posts_of_a_forum_stay_whatever_their_elements_are_called():
    posts = "".join(f'<article class="message signature-off"><p>{one}</p></article>' for one in TEXT)
    assert text(f'<div class="thread">{posts}</div>', url="https://forum.example/threads/quay.12/") == "\n\n".join(TEXT)


def test_a_page_of_teasers_is_a_listing_and_keeps_them():
    cards = "".join(
        f'<div class="teaser"><h2><a href="/{n}">Boat number {n} returns</a></h2><p>With {n} crates.</p></div>'
        for n in range(8)
    )
    found = draft(f"<main>{cards}</main>", url="https://news.example/category/boats/")
    assert found.page_type == "listing"
    assert "Boat number 7 returns" in found.body.text


def test_an_article_is_surer_than_a_stub():
    head = '<meta property="og:type" content="article">'
    whole = draft(f"<article>{PROSE * 5}</article>", head=head)
    stub = draft("<article><p>Soon more about the quay.</p></article>", head=head)
    assert whole.page_type == stub.page_type == "article"
    assert whole.quality is not None
    assert stub.quality is not None
    assert 0 <= stub.quality < 0.7 < whole.quality <= 1


@pytest.mark.parametrize(
    "page",
    [
        "",
        " ",
        "<",
        "<html",
        "<p",
        "\x00\x00",
        "a\ud800b",
        "<table><tr><td>",
        "<frameset><frame>",
        "no markup at all",
        "<p>x" * 3,
    ],
)
def test_any_input_has_an_answer(page: str):
    assert EXTRACTOR.extract(Document(page, "https://a.example/")).body.text is not None


@pytest.mark.parametrize(
    "page",
    [
        "<div class='sidebar'>" * 1900 + PROSE * 200,
        "<p>short <a href='/x'>link</a></p>" * 20_000,
        "<div class='card'><h3><a href=/x>Title</a></h3><p>Blurb</p></div>" * 10_000,
        "<ul>" + "<li><a href=/x>Link of many</a>" * 30_000 + "</ul>",
        "<h2>Related</h2>" * 20_000,
        "<p>" + "word " * 400_000,
        "<br>" * 200_000 + PROSE,
        "<b>" * 1500 + "<br><br>word" * 20_000,
    ],
    ids=["nested names", "links", "cards", "list", "headings", "one paragraph", "breaks", "open inline"],
)
def test_pages_made_to_take_long_are_read_in_bounded_time(page: str):
    started = time.process_time()
    assert EXTRACTOR.extract(Document(f"<body>{page}", "https://a.example/")).body is not None
    assert time.process_time() - started < 20, "not a timing of the machine: what is quadratic takes minutes here"


def test_furniture_between_two_texts_parts_them():
    long = "The lamp waits for the tram, and the tram for nobody, as everybody in the street has known for years. " * 5
    found = EXTRACTOR.extract(
        Document(f"<article><p>{long}</p>the last tram<aside>Buy one.</aside>February<p>{long}</p></article>")
    )
    assert "tramFebruary" not in found.body.text


def prose(letters: int, width: int = 170) -> str:
    """Paragraphs with so many letters in all, no two alike."""
    count = max(1, letters // width)
    size = letters // count
    return "".join(f"<p>{f'{number} {FIRST * 9}'[:size]}</p>" for number in range(count))


ARTICLE = '<meta property="og:type" content="article">'


@pytest.mark.parametrize(("letters", "others", "taken"), [(500, 3_000, False), (250, 3_000, True), (100, 360, True),
                                                          (200, 560, True), (200, 450, False)])  # fmt: skip
def test_a_page_is_read_without_names_if_that_finds_far_more_than_a_little(letters: int, others: int, taken: bool):
    page = f"<div><div class=story>{prose(letters)}</div><div class=comments>{prose(others - letters)}</div></div>"
    found = draft(page, head=ARTICLE).body_trace
    assert isinstance(found, Reading)
    assert (found.way == "article without names") is taken


@pytest.mark.parametrize(("letters", "held", "taken"), [(500, 3_000, True), (900, 3_000, False), (250, 450, False),
                                                        (250, 750, True)])  # fmt: skip
def test_a_script_is_read_if_the_page_has_little_and_the_script_more_than_twice_as_much(
    letters: int, held: int, taken: bool
):
    script = f'<script type="application/json">{{"body": "{prose(held)}"}}</script>'
    found = draft(f"<article>{prose(letters)}</article>{script}", head=ARTICLE).body_trace
    assert isinstance(found, Reading)
    assert (found.way == "script state") is taken


def other_pages(letters: int) -> str:
    """Links with so many letters, none in a box of the same kind as another."""
    return "".join(f"<div class=k{number}><a href=/{number}>{FIRST[:50]}</a></div>" for number in range(letters // 50))


@pytest.mark.parametrize(
    ("letters", "links", "kind"),
    [(700, 9_000, "listing"), (700, 3_000, "article"), (1_500, 30_000, "article")],
    ids=["a corner", "a good part", "long enough"],
)
def test_an_article_that_is_but_a_corner_of_links_is_a_listing(letters: int, links: int, kind: str):
    found = draft(f"<div>{prose(letters)}</div><div>{other_pages(links)}</div>")
    assert found.page_type == kind
    if kind == "listing":
        assert found.page_type_confidence == 0.5
        assert found.next_page == ""
        assert FIRST[:50] in found.body.text


def test_a_corner_is_an_article_if_it_says_so_or_if_the_rest_is_no_links():
    links = other_pages(9_000)
    assert draft(f"<div>{prose(700)}</div><div>{links}</div>", head=ARTICLE).page_type == "article"
    words = links.replace("<a ", "<i ").replace("</a>", "</i>")
    assert draft(f"<div>{prose(700)}</div><div>{words}</div>").page_type == "article"


@pytest.mark.parametrize(
    ("url", "link"),
    [("https://forum.example/threads/quay.12/", ""), ("https://news.example/category/boats", "href=/x")],
)
def test_posts_and_teasers_are_those_of_the_box_with_most_of_the_page(url: str, link: str):
    row = f"<div class=row><a {link}>{FIRST}</a></div>"
    page = f"<div id=all>{row * 9}</div><div>{'The end of it. ' * 8}</div>"
    assert "The end of it." not in text(page, url=url)
    assert "The end of it." in text(f"<div>{row * 3}</div>{page.replace(row * 9, row * 4)}", url=url)


def quality(body: str, head: str = ARTICLE, url: str = "https://news.example/harbour/quay-closed") -> float:
    found = draft(body, head=head, url=url).quality
    assert found is not None
    return found


def test_a_body_is_sure_if_it_is_long_whole_running_and_declared():
    sure = quality(f"<article>{prose(3_000)}</article>")
    assert 0.85 < sure < 1
    assert sure == round(sure, 2)
    assert quality(f"<article>{prose(3_000)}</article>", head="") < sure
    assert quality(f"<article>{prose(400)}</article>") < sure - 0.05
    assert quality(f"<article>{prose(3_000, width=60)}</article>") < sure - 0.05
    links = "<li><a href=/x>Elsewhere on the coast</a></li>" * 90
    assert quality(f"<article>{prose(1_500)}<ul>{links}</ul></article>") < sure - 0.05


def test_a_body_no_shorter_than_articles_are_is_as_sure_as_a_long_one():
    assert quality(f"<article>{prose(950)}</article>") == quality(f"<article>{prose(5_000)}</article>")
    assert quality(f"<article>{prose(3_000, width=120)}</article>") == quality(f"<article>{prose(3_000)}</article>")


def test_a_page_without_text_has_no_quality_and_a_thread_has_less_than_an_article():
    assert quality("<article></article>") == 0
    assert quality(prose(3_000), url="https://forum.example/threads/quay.12/") < quality(prose(3_000))


def test_titles_of_the_page_are_compared_without_case_and_closing_signs():
    head = '<title> North Quay Closed! </title><meta property="og:title" content="Quay closed">'
    head += '<meta name="twitter:title" content="…">'
    assert titles(Document(f"<head>{head}</head>", "")) == {"north quay closed", "quay closed"}


def paragraphs(*letters: int) -> str:
    """Paragraphs of exactly so many letters, no two alike."""
    texts = (f"{number} {FIRST.replace(' ', '-')}-" * 20 for number in range(len(letters)))
    return "".join(f"<p>{text.replace('-', ' ')[: size - 1]}.</p>" for text, size in zip(texts, letters, strict=True))


def way(body: str) -> str:
    found = draft(body, head=ARTICLE).body_trace
    assert isinstance(found, Reading)
    return found.way


@pytest.mark.parametrize(("letters", "found"), [(399, "article without names"), (400, "article")])
def test_an_article_of_four_hundred_letters_is_looked_for_in_no_other_way(letters: int, found: str):
    story, talk = paragraphs(200, letters - 200), paragraphs(*[200] * 15)
    assert way(f"<div><div class=story>{story}</div><div class=comments>{talk}</div></div>") == found


@pytest.mark.parametrize(("letters", "found"), [(300, "article"), (301, "article without names")])
def test_another_way_must_find_a_hundred_letters_more_than_twice_as_many(letters: int, found: str):
    story, talk = paragraphs(200), paragraphs(letters)
    assert way(f"<div><div class=story>{story}</div><div class=comments>{talk}</div></div>") == found


@pytest.mark.parametrize(
    ("letters", "held", "found"),
    [(599, 2_000, "script state"), (600, 2_000, "article"), (450, 900, "article"), (450, 901, "script state")],
)
def test_a_script_must_hold_more_than_twice_as_much_as_less_than_six_hundred_letters(
    letters: int, held: int, found: str
):
    script = f'<script type="application/json">{{"body": "{paragraphs(450, held - 450)}"}}</script>'
    assert way(f"<article>{paragraphs(200, letters - 200)}</article>{script}") == found


@pytest.mark.parametrize(("letters", "kind"), [(999, "listing"), (1_000, "article")])
def test_a_thousand_letters_are_an_article_however_many_links_there_are(letters: int, kind: str):
    story = paragraphs(*[200] * 4, letters - 800)
    assert draft(f"<div>{story}</div><div>{other_pages(9_000)}</div>").page_type == kind


@pytest.mark.parametrize(("labels", "kind"), [(749, "listing"), (750, "article")])
def test_a_corner_of_a_page_of_which_half_is_links_is_an_article(labels: int, kind: str):
    rest = "".join(f"<div class=n{number}>Ten letter</div>" for number in range(labels))
    links = "".join(f"<div class=k{number}><a href=/{number}>{'x' * 50}</a></div>" for number in range(164))
    assert draft(f"<div>{paragraphs(350, 350)}</div><div>{links}</div><div>{rest}</div>").page_type == kind


def test_paragraphs_of_eighty_letters_are_running_text():
    long, running, short = (quality(f"<article>{paragraphs(*[size] * 40)}</article>") for size in (160, 80, 79))
    assert long == running > short
