"""A body as text, HTML and Markdown."""

import pickle

from hypothesis import given
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from ingest.article.body import TAGS, Body, clean
from ingest.extraction.markup.render import render


def test_an_empty_body_is_false():
    assert not Body()
    assert Body().text == Body().html == Body().markdown == ""


def test_plain_text_becomes_a_paragraph_for_each_line():
    body = Body.of_text("One  line\n\n\n Two & <three>\n")
    assert body.text == "One line\n\nTwo & <three>"
    assert body.html == "<p>One line</p><p>Two &amp; &lt;three&gt;</p>"


def test_empty_cells_at_the_end_of_a_row_leave_no_strokes():
    body = Body("<table><tr><td>Forty boats</td><td></td></tr><tr><td></td><td>left</td><td></td></tr></table>")
    assert body.text == "Forty boats\n| left"


def test_a_row_of_a_hundred_thousand_empty_cells_is_read_at_once():
    body = Body(f"<table><tr>{'<td></td>' * 100_000}<td>Forty boats</td></tr></table>")
    assert body.text.endswith("| Forty boats")


def test_a_body_travels_between_processes():
    body = Body.of_text("One\nTwo")
    assert pickle.loads(pickle.dumps(body)) == body
    assert pickle.loads(pickle.dumps(body)).text == body.text


def test_html_is_sanitised_even_if_the_structure_was_not():
    assert Body('<p onclick="x()">A<script>alert(1)</script></p><iframe src="//evil"></iframe>').html == "<p>A</p>"


def test_markdown_shows_headings_lists_quotes_links_tables_and_code():
    structure = (
        '<h2>Tides</h2><p>See <a href="https://a.example/">this</a> <strong>now</strong></p><ul><li>Ebb</li>'
        "<li>Flood</li></ul><blockquote><p>Wait.</p></blockquote><table><tr><th>A</th><th>B</th></tr><tr><td>1</td>"
        "<td>2</td></tr></table><pre>x = 1</pre>"
    )
    assert Body(structure).markdown == (
        "## Tides\n\nSee [this](<https://a.example/>) **now**\n\n- Ebb\n- Flood\n\n> Wait.\n\n"
        "| A | B |\n| --- | --- |\n| 1 | 2 |\n\n```\nx = 1\n```"
    )


def test_markdown_of_text_that_looks_like_markdown_is_escaped():
    assert Body.of_text("# not a heading\n1. nor *this*").markdown == "\\# not a heading\n\n\\1. nor \\*this\\*"


def test_captions_are_no_part_of_the_text_and_pictures_part_words():
    figure = '<figure><img src="/f.jpg" alt="f"><figcaption>The <em>old</em> ferry</figcaption></figure>'
    assert Body(f"<p>One</p>{figure}<p>Two</p>").text == "One\n\nTwo"
    assert Body('<p>One<img src="/f.jpg" alt="f">two<a href="/x">three</a></p>').text == "One twothree"


def test_code_keeps_its_spaces_and_lines_and_the_text_around_it_does_not():
    structure = "".join(f"<p>Text  {n}</p><pre>\n  x  =  {n}\n\n  y\n\n</pre>" for n in range(4)) + "<p>The  end</p>"
    blocks = [f"Text {n}\n\n  x  =  {n}\n\n  y" for n in range(4)]
    assert Body(structure).text == "\n\n".join([*blocks, "The end"])


def test_lists_within_lists_and_rows_of_tables_are_lines():
    structure = (
        "<ul><li>Ebb<ul><li>Low</li></ul></li><li>Flood</li></ul><table><tr><td>1</td><td>2</td></tr>"
        "<tr><td>3</td></tr></table>"
    )
    assert Body(structure).text == "- Ebb\n- Low\n- Flood\n\n1 | 2\n3"


def test_ligatures_are_spelled_out_and_invisible_signs_are_gone():
    assert clean("ﬁrst oﬃce ﬂow") == "first office flow"
    assert clean("soft\u00adly\u200b cafe\u0301") == "softly café"
    assert clean("½ of x²") == "½ of x²"


def test_what_is_prepared_is_what_the_store_reads():
    body = Body.of_text("One\nTwo")
    body.prepare()
    assert {"text", "html"} <= vars(body).keys()
    assert vars(pickle.loads(pickle.dumps(body)))["text"] == "One\n\nTwo"


@given(st.text(max_size=200) | st.lists(st.sampled_from([
    "<p>", "</p>", "<div>", "<b>", "</b>", "<a href=x>", "</a>", "<ul>", "<li>", "</ul>", "<table>", "<tr>", "<td>",
    "<figure>", "<figcaption>", "<img src=y>", "<br>", "<pre>", "</pre>", "<blockquote>", "<h2>", "</h2>", "a ", " b",
    "&lt;", "<script>", "</script>", "<!--", "-->", "\x00", "\u00ad",
])).map("".join))  # fmt: skip
def test_whatever_the_page_the_html_holds_only_the_closed_list_of_tags(page: str):
    root = LexborHTMLParser(f"<html><body>{page}").body
    body = render([root], base_url="https://news.example/")
    # The parser adds a tbody to each table.
    assert {node.tag for node in LexborHTMLParser(body.html).body.traverse()} - {"body", "tbody"} <= TAGS
    assert "<tbody" not in body.html
    assert isinstance(body.markdown, str)
    assert "\x00" not in body.text
