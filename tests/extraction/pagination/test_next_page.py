"""Where an article goes on, in the layouts of real sites; the sentences are ours."""

import time

import pytest

from ingest.extraction.body.generic import EXTRACTOR
from ingest.extraction.markup.document import Document
from ingest.extraction.pagination import next_page

URL = "https://news.example/harbour/quay-closed-after-storm"
PROSE = "".join(
    f"<p>{sentence}</p>"
    for sentence in (
        "The harbour master closed the north quay on Tuesday after divers found cracks in four of its oak piles.",
        "Repairs will take until spring, she said, and the fishing boats are to moor at the old coal pier meanwhile.",
        "Skippers doubt that the pier is deep enough at low tide, since nobody has dredged there for eleven years.",
        "The town council meets next week to decide who pays, and two of its members have asked for a survey.",
    )
)
DECLARED = '<meta property="og:type" content="article">'
TEASERS = "<div class='card'><a href='/boats/blue-boat-sold'>Blue boat sold at auction</a></div>" * 40


def proposed(after: str, *, url: str = URL, head: str = DECLARED, inside: str = "") -> str:
    page = (
        f"<html><head>{head}</head><body><nav><a href='/'>Home</a></nav><main><article><h1>North quay closed</h1>"
        f"<div class='article-body'>{PROSE}{inside}</div></article>{after}</main>"
        "<footer><p>Ours.</p></footer></body></html>"
    )
    return EXTRACTOR.extract(Document(page, url)).next_page


@pytest.mark.parametrize(
    "pager",
    [
        '<div class="pages"><b>1</b> <a href="?page=2">2</a> <a href="?page=3">3</a></div>',
        '<nav class="page-numbers"><span class="numbers">Page: 1 <a href="{url}/2/">2</a></span></nav>',
        '<a class="more" href="{url}/seite-2">Nächste Seite</a>',
        '<a href="?page=2">Lesen Sie weiter auf Seite 2: Was der Rat sagt</a>',
        '<a href="?page=2">Page suivante »</a>',
        '<p><a href="?page=2">التالي</a></p>',
        '<p><a href="?page=2">Далее →</a></p>',
        '<p><a href="?page=2">次のページへ</a></p>',
        '<p><a href="?page=2">次ページ：町の答え</a></p>',
        '<p><a href="?page=2">下一页</a></p>',
        '<p><a href="?page=2">다음 페이지</a></p>',
        '<p><a href="{url}/page/2" aria-label="Next page"><svg></svg></a></p>',
        '<p><a rel="next" href="{url}/2">What the council says</a></p>',
        '<p>Pages: <span>1</span> <a href="{url}-2">2</a></p>',
        '<p>[1] <a href="{url}_2.html">[2]</a></p>',
    ],
)
def test_the_next_page_is_found_behind_the_text(pager: str):
    url = URL + ".html" if "_2.html" in pager else URL
    found = proposed(pager.format(url=URL), url=url)
    assert found.startswith(URL)
    assert "2" in found.removeprefix(URL)


def test_the_next_page_is_found_inside_the_text():
    links = f'<p class="post-nav-links">Pages: <span>1</span> <a href="{URL}/2/">2</a> <a href="{URL}/3/">3</a></p>'
    assert proposed("", inside=links) == f"{URL}/2/"


@pytest.mark.parametrize("link", ["?page=2", "./brücken.und.boote-v1.2?PAGE=02", "brücken.und.boote-v1.2/2/ "])
def test_the_number_may_stand_behind_any_name_however_the_link_is_written(link: str):
    url = "https://a.example/news/brücken.und.boote-v1.2"
    found = proposed(f'<p><b>1</b> <a href="{link}">2</a></p>', url=url)
    assert found.startswith(url)
    assert found.rstrip("/").endswith("2")


def test_page_three_follows_page_two():
    links = f'<div><a href="{URL}">1</a> <b>2</b> <a href="{URL}/3/">3</a></div>'
    assert proposed(links, url=f"{URL}/2/") == f"{URL}/3/"


def test_the_last_page_has_no_next_one():
    links = f'<div><a href="{URL}">1</a> <a href="{URL}/2/">2</a> <b>3</b></div>'
    assert proposed(links, url=f"{URL}/3/") == ""


def test_a_head_alone_says_it_too():
    assert proposed("", head=f'{DECLARED}<link rel="next" href="{URL}/seite-2">') == f"{URL}/seite-2"


@pytest.mark.parametrize(
    "after",
    [
        '<nav class="post-navigation"><a rel="next" href="/harbour/eels-are-back-in-town">Next post</a></nav>',
        '<nav class="post-navigation"><a rel="next" href="{url}-2">Next</a></nav>',
        '<p><a href="{url}-2">Weiter »</a></p>',
        '<section id="comments"><ul><li>1<li><a href="?page=2">2</a><li><a href="?page=2">next</a></ul></section>',
        '<div class="comment-pager"><a rel="next" href="?page=2">Next</a></div>',
        '<a href="{url}/comment-page-2/#comments">Older comments</a> <a href="?cpage=2">2</a>',
        '<p><a href="?page=2#comments">2</a></p>',
        '<p><a href="?photo=2">2</a> <a href="/harbour/quay-closed-after-storm/picture/2">Next</a></p>',
        '<p><a href="https://elsewhere.example/harbour/quay-closed-after-storm?page=2">2</a></p>',
        '<p><a href="?page=2">Load more articles</a></p>',
        '<div>{teasers}</div><div>1 <a href="?page=2">2</a></div>',
        '<h3>Other boats</h3><h3>Other quays</h3><h3>Tides</h3><h3>Winds</h3><div>1 <a href="?page=2">2</a></div>',
        '<div>1 <a href="?page=2">2</a> … <a href="?page=117">117</a></div>',
        '<p><a href="javascript:next(2)">2</a></p>',
    ],
)
def test_what_is_no_page_of_this_article_is_not_proposed(after: str):
    assert proposed(after.format(url=URL, teasers=TEASERS)) == ""


def test_the_head_of_a_page_whose_comments_have_pages_says_nothing():
    talk = '<section class="comments"><a href="?page=2">2</a></section>'
    assert proposed(talk, head=f'{DECLARED}<link rel="next" href="{URL}?page=2">') == ""


def test_the_next_strip_of_a_comic_is_another_one():
    url = "https://news.example/strips/41"
    assert proposed('<p><a href="/strips/40">Prev</a> <a rel="next" href="/strips/42">Next</a></p>', url=url) == ""


def test_a_section_that_is_no_article_is_not_followed():
    pager = '<div>1 <a href="?page=2">2</a></div>'
    assert proposed(pager, url="https://shop.example/boats/blue-boats", head="") == ""


@pytest.mark.parametrize(
    ("page", "claimed"),
    [
        ('<div><a href="{0}">1</a> <b>2</b> <a href="{0}/3/">3</a></div>', ""),
        ("<p>no links at all</p>", URL),
    ],
)
def test_a_later_page_says_where_the_first_one_is(page: str, claimed: str):
    document = Document(f"<html><body>{PROSE}{page.format(URL)}</body></html>", f"{URL}/2/")
    assert next_page.first(document, claimed) == URL


@pytest.mark.parametrize("url", [URL, f"{URL}-2", "https://news.example/2025/12"])
def test_a_first_page_and_a_name_with_a_number_are_no_later_pages(url: str):
    document = Document(f'<html><body>{PROSE}<a href="{URL}">Earlier: the storm</a></body></html>', url)
    assert next_page.first(document, url) == ""


@pytest.mark.parametrize(
    "bait",
    [
        '<a href="?page=2">2</a>' * 20_000,
        "<div>" * 400 + '<a href="?page=2">2</a>' + "</div>" * 400,
        '<i>x</i><a href="?page=2">x</a>' * 20_000,
        f'<a href="{"/2" * 200_000}">2</a>',
    ],
)
def test_many_pagers_take_no_more_than_linear_time(bait: str):
    document = Document(f"<html><head>{DECLARED}</head><body><main>{PROSE}</main>{bait}</body></html>", URL)
    body = document.css_first("main")
    assert body is not None
    began = time.process_time()
    next_page.find(document, body)
    assert time.process_time() - began < 5


def test_a_row_of_more_than_fifty_pages_is_that_of_a_list():
    row = '<div><a href="?page=2">2</a> <a href="?page=3">3</a> … <a href="?page={}">{}</a></div>'

    assert proposed(row.format(50, 50)) == f"{URL}?page=2"
    assert proposed(row.format(51, 51)) == ""


def test_a_label_in_the_title_of_a_link_counts_if_it_shows_nothing():
    assert proposed('<p><a href="?page=2" title="Next"><img src="/a.png"></a></p>') == f"{URL}?page=2"
    assert proposed('<p><a href="?page=2" title="Next">Comments</a></p>') == ""


def test_a_link_that_names_comments_is_none_of_the_article():
    assert proposed('<p><a href="?page=2#comments">Next</a></p>') == ""
    assert proposed('<p><a href="?page=2#more">Next</a></p>') == f"{URL}?page=2#more"


def test_page_one_has_no_first_page():
    row = f'<p><a href="{URL}">1</a> <a href="{URL}?page=2">2</a></p>'

    assert next_page.first(Document(row, URL), URL) == ""
    assert next_page.first(Document(row, f"{URL}?page=2"), "") == URL
    assert next_page.first(Document("<p>2</p>", f"{URL}?page=2"), URL) == URL
    assert next_page.first(Document(row.replace(">1<", ">one<"), f"{URL}?page=2"), "") == ""


def test_a_section_that_does_not_call_itself_an_article_has_no_next_page():
    link = "<p><a href='?page=2'>Next</a></p>"

    assert proposed(link, url="https://news.example/harbour", head="") == ""
    assert proposed(link, url="https://news.example/harbour") == "https://news.example/harbour?page=2"


def test_a_link_that_says_one_is_that_of_the_first_page_only_if_its_row_says_so():
    def first(row: str) -> str:
        return next_page.first(Document(row, f"{URL}?page=2"), "")

    assert first(f'<p><a href="{URL}">1</a> <b>2</b></p>') == URL
    assert first(f'<p>Notes: <a href="{URL}">1</a></p>') == ""
    assert first('<p><a href="/boats/blue-boat-sold">1</a> <b>2</b></p>') == ""


@pytest.mark.parametrize(("letters", "found"), [(600, f"{URL}?page=2"), (601, "")])
def test_a_row_of_pages_is_at_most_six_hundred_letters_behind_the_text(letters: int, found: str):
    labels = "<div>Ten letter</div>" * 59 + f"<div>{'x' * (letters - 590)}</div>"
    assert proposed(f'{labels}<p><a href="?page=2">Next</a></p>') == found
    # Nobody reads a script.
    assert proposed(f'{labels}<script>begin()</script><p><a href="?page=2">Next</a></p>') == found


@pytest.mark.parametrize(("deep", "found"), [(4, f"{URL}-2"), (5, "")])
def test_a_row_of_pages_is_at_most_five_elements_around_the_link(deep: int, found: str):
    link = f'{"<span>" * deep}<a href="{URL}-2">2</a>{"</span>" * deep}'
    assert proposed(f"<div>1 {link}</div>") == found


@pytest.mark.parametrize(("letters", "found"), [(300, ""), (301, f"{URL}?page=2")])
def test_a_row_of_pages_has_at_most_three_hundred_letters(letters: int, found: str):
    row = f'<div><span><a href="?page=2">2</a></span>{"." * (letters - 4)}<a href="?page=117">117</a></div>'
    assert proposed(row) == found


@pytest.mark.parametrize(("letters", "found"), [(300, f"{URL}-2"), (301, "")])
def test_a_number_in_a_longer_line_is_that_of_no_row(letters: int, found: str):
    assert proposed(f'<p>1 <a href="{URL}-2">2</a> {"." * (letters - 4)}</p>') == found
