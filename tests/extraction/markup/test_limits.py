"""Pages that a parser would choke on."""

import pytest

from ingest.errors import ExtractError
from ingest.extraction.markup.limits import bounded


@pytest.mark.parametrize(
    "page",
    [
        "<div>" * 100_000,
        "<div>" * 100_000 + "</div>" * 100_000,
        "<b><i>" * 10_000,
        "<div><span>word</span></div>" * 20_000 + "<div>" * 2_500,
        "x" * 20_000_001,
    ],
    ids=["open", "closed again", "formatting", "behind much that is closed", "length"],
)
def test_a_page_that_would_choke_the_parser_is_refused(page: str):
    with pytest.raises(ExtractError) as caught:
        bounded(page, "https://a.example/")
    assert caught.value.code == "parse"


@pytest.mark.parametrize(
    "page",
    [
        "<p>paragraph<br>" * 20_000,
        "<div><span>word</span></div>" * 20_000,
        "<ul>" + "<li>item" * 20_000 + "</ul>",
        "<script>" + "if (a<b) { c = '<'; }\n" * 5_000 + "</script>",
        '<div data-state="' + "many words " * 30_000 + '">text</div>',
        "",
    ],
    ids=["unclosed paragraphs", "wide", "unclosed items", "script", "long attribute", "empty"],
)
def test_a_long_page_that_is_not_deep_is_read(page: str):
    assert bounded(page) == page


def test_of_a_tag_with_thousands_of_attributes_only_the_name_is_kept():
    flood = " ".join(f"a{n}=1" for n in range(50_000))
    assert bounded(f"<p>Forty boats.</p><p {flood}>A ferry.</p>") == "<p>Forty boats.</p><p>A ferry.</p>"
