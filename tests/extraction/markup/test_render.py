"""What readers get to see of a piece of HTML."""

import pytest
from selectolax.lexbor import LexborHTMLParser

from ingest.article.body import Body
from ingest.extraction.markup.render import render


def rendered(html: str, base_url: str = "https://news.example/a/") -> Body:
    return render([LexborHTMLParser(html).body], base_url=base_url)


def test_text_parted_by_two_line_breaks_becomes_paragraphs():
    body = rendered("The ferry was late.<br><br>Nobody <b>minded.<br>\n<br>Tea</b> was served.")
    assert body.text == "The ferry was late.\n\nNobody minded.\n\nTea was served."
    assert body.html.count("<p>") == 3
    assert "<strong>minded.</strong>" in body.html
    assert "<strong>Tea</strong>" in body.html


def test_inline_elements_neither_glue_nor_split_words():
    body = rendered("<p>The <b>har</b>bour <i>master</i>,<span> who</span> knew</p><p>it<wbr>self</p>")
    assert body.text == "The harbour master, who knew\n\nitself"


def test_bare_text_beside_blocks_is_a_paragraph_of_its_own():
    assert rendered("Before<p>Within</p>after<div>below</div>").text == "Before\n\nWithin\n\nafter\n\nbelow"


def test_lists_keep_their_items_and_their_nesting():
    body = rendered("<ul><li>Rope<li>Tar<ul><li>pine</ul></ul><p>End</p>")
    assert body.text == "- Rope\n- Tar\n- pine\n\nEnd"
    assert body.html == "<ul><li>Rope</li><li>Tar<ul><li>pine</li></ul></li></ul><p>End</p>"


def test_rows_of_a_data_table_are_lines():
    body = rendered("<table><tr><th>Year<th>Ships<tr><td>1901<td>12<tr><td><td></table>")
    assert body.text == "Year | Ships\n1901 | 12"
    assert body.html.startswith("<table>")


def test_a_table_that_lays_out_the_page_leaves_no_table():
    body = rendered("<table><tr><td><p>Only</p><table><tr><td>text</td></tr></table></td></tr></table>")
    assert body.html == "<p>Only</p><p>text</p>"


def test_captions_stand_in_the_html_and_not_in_the_text():
    body = rendered('<figure><img src="/q.jpg" alt="Quay"><figcaption>The old quay</figcaption></figure><p>Text.</p>')
    assert body.text == "Text."
    assert '<img src="https://news.example/q.jpg" alt="Quay">' in body.html
    assert "<figcaption>The old quay</figcaption>" in body.html


@pytest.mark.parametrize(
    "image",
    [
        '<img src="data:image/gif;base64,R0" data-src="/big.jpg">',
        '<img src="/blank.gif" data-lazy-src="/big.jpg">',
        '<img data-srcset="/small.jpg 320w, /big.jpg 1280w">',
        '<img srcset="/small.jpg 1x, /big.jpg 2x">',
    ],
)
def test_lazy_pictures_show_what_a_script_would_have_put_there(image: str):
    assert 'src="https://news.example/big.jpg"' in rendered(f"<p>{image} Text</p>").html


def test_code_keeps_its_lines():
    body = rendered("<pre><code>if tide:\n    <b>wait</b>()\n</code></pre>")
    assert body.text == "if tide:\n    wait()"
    assert body.html == "<pre>if tide:\n    wait()</pre>"


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", "data:text/html,x", "vbscript:x", "#top", "http://[bad", ""]
)
def test_links_that_lead_nowhere_or_into_a_script_are_only_text(address: str):
    body = rendered(f'<p><a href="{address}">word</a></p>')
    assert body.html == "<p>word</p>"


def test_relative_links_become_absolute():
    assert 'href="https://news.example/b?x=1&amp;y=2"' in rendered('<p><a href="../b?x=1&amp;y=2">there</a></p>').html


def test_scripts_styles_and_forms_controls_leave_nothing():
    page = "<p>Text</p><script>alert(1)</script><style>p{}</style><button>Buy</button><svg><title>x</title></svg>"
    assert rendered(page).html == "<p>Text</p>"


def test_markup_in_text_stays_text():
    body = rendered("<p>&lt;script&gt;alert(1)&lt;/script&gt; &amp;amp;</p>")
    assert body.text == "<script>alert(1)</script> &amp;"
    assert "<script" not in body.html


def test_no_break_spaces_soft_hyphens_and_ligatures_are_spelled_plainly():
    text = rendered("<p>har\u00adbour\u00a0mas\u200bter \ufb01nds cafe\u0301</p>").text
    assert text == "harbour master finds caf\u00e9"


def test_skipped_nodes_are_left_out_with_all_they_hold():
    tree = LexborHTMLParser("<div><p>Keep</p><div id=x><p>Drop</p></div>and this</div>")
    node = tree.css_first("#x")
    assert render([tree.body], skip={node.mem_id}).text == "Keep\n\nand this"
    assert "Drop" in tree.body.text(), "the page itself is not changed"


def test_headings_begin_below_the_title():
    assert rendered("<h1>One</h1><h2>Two</h2>").html == "<h2>One</h2><h2>Two</h2>"


@pytest.mark.parametrize("tag", ["div", "b", "span", "blockquote", "ul><li", "table><tr><td"])
def test_nesting_deeper_than_python_recurses_is_read(tag: str):
    assert rendered(f"<{tag}>" * 1500 + "word").text.strip(" |-\n") == "word"


def test_blocks_inside_inline_elements_stay_blocks():
    body = rendered("<a href='https://a.example/'>One<div>Two</div></a><font><p>Three</p><p>Four</p></font>")
    assert body.text == "One\n\nTwo\n\nThree\n\nFour"


@pytest.mark.parametrize(
    "heading",
    [
        '<h2 id="a">The lock<a hidden class="anchor" aria-hidden="true" href="#a">#</a></h2>',
        '<h2 id="a">The lock<a class="header-link" href="#a"><span class="sr-only">Permalink</span></a></h2>',
        '<section id="a"><h2>The lock<a class="headerlink" href="#a" title="Link to this heading">¶</a></h2></section>',
        '<h2><a id="a" href="#a">Link</a>The lock</h2>',
        '<h2 id="a"><a href="#a">The lock</a></h2>',
    ],
)
def test_a_heading_s_link_to_itself_is_none_of_its_words(heading: str) -> None:
    assert rendered(heading + "<p>It sings.</p>").text == "The lock\n\nIt sings."


def test_other_links_in_headings_keep_their_words() -> None:
    assert rendered('<h2>See <a href="#map">the map</a> first</h2><p>It sings.</p>').text.startswith(
        "See the map first"
    )


def test_text_between_the_items_of_a_list_is_not_glued_to_them():
    assert rendered("<ul><li>News</li>of today<li>River</li></ul>").text == "- News\n\nof today\n\n- River"
    assert rendered("<ul><li>News</li><h3>Today</h3><li>River</li></ul>").text == "- News\n\nToday\n\n- River"


def test_a_picture_parts_the_words_beside_it():
    assert rendered('<p>north<img src="/a.jpg">A second step</p>').text == "north A second step"


def test_paragraphs_of_zero_width_spaces_are_none():
    assert "<p></p>" not in rendered("<p>\u200b</p><p>Text.</p><p>\u200b</p>").html


def test_what_is_left_out_between_two_texts_parts_them():
    tree = LexborHTMLParser("<div>the last tram<div class=ad>Buy a tram.</div>February</div>")
    skipped = {node.mem_id for node in tree.css(".ad")}
    assert render([tree.body], skip=skipped).text == "the last tram\n\nFebruary"
