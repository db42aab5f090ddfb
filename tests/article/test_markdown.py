from __future__ import annotations

import pytest

from ingest.article.markdown import of_structure


@pytest.mark.parametrize(
    ("structure", "markdown"),
    [
        ("", ""),
        ("<p>The old bridge</p>", "The old bridge"),
        ("<p>One</p><p>Two</p>", "One\n\nTwo"),
        ("<h2>The old bridge</h2><h6>Its river</h6>", "## The old bridge\n\n###### Its river"),
        ("<p>The <strong>old</strong> <em>wooden</em> <code>bridge</code></p>", "The **old** *wooden* `bridge`"),
        ('<p>See <a href="https://a.example/b?c=1&amp;d=2">this</a></p>', "See [this](<https://a.example/b?c=1&d=2>)"),
        ('<p><img src="https://a.example/b.jpg" alt="A [small] bridge"></p>', "![A \\[small\\] bridge](<https://a.example/b.jpg>)"),
        ("<p>One<br>two</p>", "One\\\ntwo"),
        ("<figure><img src=\"https://a.example/b.jpg\" alt=\"\"><figcaption> The bridge </figcaption></figure>",
         "![](<https://a.example/b.jpg>)\n\n*The bridge*"),
    ],
)  # fmt: skip
def test_a_structure_reads_as_markdown(structure: str, markdown: str) -> None:
    assert of_structure(structure) == markdown


def test_items_of_a_list_stand_close_together() -> None:
    assert of_structure("<p>Two:</p><ul><li>One</li><li>Two</li></ul><p>End</p>") == "Two:\n\n- One\n- Two\n\nEnd"


def test_numbered_items_are_counted() -> None:
    assert of_structure("<ol><li>One</li><li>Two</li><li>Three</li></ol>") == "1. One\n2. Two\n3. Three"


def test_each_list_counts_for_itself() -> None:
    inner = "<ol><li>One</li><li>Two<ul><li>a</li><li>b</li></ul></li><li>Three</li></ol>"

    assert of_structure(inner) == "1. One\n2. Two\n  - a\n  - b\n3. Three"


def test_a_second_list_is_a_block_of_its_own() -> None:
    assert of_structure("<ul><li>One</li></ul><p>x</p><ol><li>Two</li></ol>") == "- One\n\nx\n\n1. Two"


def test_further_lines_of_an_item_are_indented() -> None:
    assert of_structure("<ol><li>One<br>more</li></ol>") == "1. One\\\n   more"
    assert of_structure("<ul><li>One<br>more</li></ul>") == "- One\\\n  more"


def test_a_second_block_of_an_item_is_indented() -> None:
    assert of_structure("<ul><li>One<blockquote><p>Said</p></blockquote></li></ul>") == "- One\n\n>   Said"


def test_quotes_are_marked_on_every_line() -> None:
    quoted = "<blockquote><p>One<br>two</p><blockquote><p>three</p></blockquote></blockquote><p>four</p>"

    assert of_structure(quoted) == "> One\\\n> two\n\n> > three\n\nfour"


def test_preformatted_text_is_fenced_and_not_escaped() -> None:
    assert of_structure("<pre>a*b\n  # c &lt;d&gt;</pre><p>a*b</p>") == "```\na*b\n  # c <d>\n```\n\na\\*b"


def test_a_fence_is_longer_than_any_run_of_backticks_inside() -> None:
    assert of_structure("<pre>``` and ````</pre>") == "`````\n``` and ````\n`````"


def test_a_table_has_its_first_row_as_its_head() -> None:
    table = "<table><tr><th>Year</th><th>Bridges</th></tr><tr><td>2025</td><td> 4 </td></tr></table>"

    assert of_structure(table) == "| Year | Bridges |\n| --- | --- |\n| 2025 | 4 |"


def test_short_rows_of_a_table_are_filled_up() -> None:
    table = "<table><tr><td>a</td></tr><tr><td>b</td><td>c</td><td></td></tr></table><p>x</p>"

    assert of_structure(table) == "| a |  |  |\n| --- | --- | --- |\n| b | c |  |\n\nx"


def test_line_breaks_and_bars_do_not_break_a_table() -> None:
    assert of_structure("<table><tr><td>a<br>b|c</td><td>d</td></tr></table>") == "| a b\\|c | d |\n| --- | --- |"


def test_an_empty_table_is_nothing() -> None:
    assert of_structure("<p>a</p><table></table><p>b</p>") == "a\n\nb"


@pytest.mark.parametrize(
    ("text", "escaped"),
    [
        ("2 * 3 _ 4", "2 \\* 3 \\_ 4"),
        ("[a](b)", "\\[a\\](b)"),
        ("&lt;script&gt; &amp;amp;", "\\<script\\> &amp;"),
        ("# no heading", "\\# no heading"),
        ("- no item", "\\- no item"),
        ("1. no item", "\\1. no item"),
        ("2026 was no item", "2026 was no item"),
        ("a - b # c + d", "a - b # c + d"),
        ("C:\\bridge", "C:\\\\bridge"),
        ("~~a~~ `b` a|b", "\\~\\~a\\~\\~ \\`b\\` a\\|b"),
    ],
)
def test_signs_of_markdown_in_a_text_are_escaped(text: str, escaped: str) -> None:
    assert of_structure(f"<p>{text}</p>") == escaped


def test_blank_blocks_are_left_out() -> None:
    assert of_structure("<p> </p><p>a</p><blockquote></blockquote><p></p>") == "a"
