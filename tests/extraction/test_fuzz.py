"""Mutated pages of ours: whatever is cut, doubled, nested, poisoned or spliced, there is an article or one error.

What these tests found stands below them under its own name.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable
from functools import cache
from pathlib import Path
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser, LexborNode

from ingest import extract
from ingest.article.body import ATTRIBUTES, TAGS, clean
from ingest.errors import ExtractError
from ingest.extraction.markup.cloudflare import decode_emails
from ingest.extraction.markup.tags import SILENT
from ingest.model import Article

HERE = Path(__file__).parent
PAGES = sorted(
    page
    for place in ("sites/*", "platforms/*", "extraction/languages", "composed")
    for page in HERE.parent.glob(f"{place}/*.html")
)
JUNK = (
    "\x00", "\ud800", "\udc00x", "\x1b[31m", "\u200b\u200e\u202e", "\ufeff", "\ufffe", "&#0;", "&#xD800;",
    "&#x200B;", "&#1114112;", "&ampamp;", "<!--", "--!>", "<![CDATA[", "<?xml", "</", "<", "<p", "</p>" * 40,
    "</div>" * 40, "</body></html>", "<script>", "</script>", "<style>", "<textarea>", "<title>", "<plaintext>",
    "<noscript>", "<template>", "<svg>", "<svg><foreignObject>", "<math><mtext>", "<table><tr>", "<table><b>",
    "<select><option>", "<a href=javascript:alert(1)>", "<img src=x onerror=alert(1)>", "<p onclick='alert(1)'>",
    "<iframe srcdoc='<p>x'>", "<base href=//evil.example/>", "<a href='java\nscript:alert(1)'>x</a>",
    "<form><input><button>", "<frameset><frame>", "<b><i><u><a><h1>", "<li>", "<br>" * 60,
    "<meta http-equiv=refresh content=0>", '<script type="application/ld+json">{"articleBody": "', "<div hidden>",
    "<h2>", "<figure><figcaption>", "<dl><dt><dd>", "<ruby>漢<rt>かん", "<details><summary>", "<p>" * 300, "<pre>",
)  # fmt: skip
#: What browsers begin a new line for; unknown elements run on. Pictures part what stands beside them.
_BLOCKS = frozenset({
    "address", "article", "aside", "blockquote", "body", "br", "caption", "center", "dd", "details", "dialog", "dir",
    "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6",
    "header", "hgroup", "hr", "html", "img", "legend", "li", "main", "menu", "nav", "ol", "p", "pre", "search",
    "section", "summary", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul",
})  # fmt: skip
_UNSEEN = frozenset({"script", "style", "template", "-comment", "head"})
_INVISIBLE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u200b\u200e\u200f\u2028-\u202e\u2060\u2066-\u2069\ufeff\ud800-\udfff]"
)
_WORD = re.compile(r"\w+")
_TAG = re.compile(r"<[^<>]*>")
_ESCAPED = re.compile(r"\\u([0-9a-fA-F]{4})")
_DANGEROUS = re.compile(r"^\s*(?:javascript|data|vbscript):", re.IGNORECASE)
#: Calls of Python functions that a page may cost: those of an ordinary one are a fifth of it.
CALLS_PER_LETTER = 12
CALLS_AT_LEAST = 60_000


@cache
def text_of(page: Path) -> str:
    return page.read_text(encoding="utf-8")


def span(page: str, random: Random, longest: int = 2000) -> tuple[int, int]:
    """Two places of the page; every other time they stand at tags."""
    start = random.randrange(len(page) + 1)
    end = min(len(page), start + random.randrange(longest))
    if random.random() < 0.5:
        start, end = max(0, page.find("<", start)), max(0, page.find("<", end))
    return min(start, end), max(start, end)


def truncate(page: str, random: Random) -> str:
    return page[: random.randrange(len(page) + 1)]


def delete(page: str, random: Random) -> str:
    start, end = span(page, random)
    return page[:start] + page[end:]


def double(page: str, random: Random) -> str:
    start, end = span(page, random)
    return page[:end] + page[start:end] * random.randrange(1, 4) + page[end:]


def nest(page: str, random: Random) -> str:
    start, end = span(page, random)
    tag = random.choice(("div", "table", "b", "section", "a", "ul", "span", "blockquote", "font", "noscript", "p"))
    times = random.choice((1, 2, 30, 400))
    return f"{page[:start]}{f'<{tag}>' * times}{page[start:end]}{f'</{tag}>' * times}{page[end:]}"


def poison(page: str, random: Random) -> str:
    place, _ = span(page, random)
    return page[:place] + random.choice(JUNK) + page[place:]


def flood(page: str, random: Random) -> str:
    place = page.find(">", random.randrange(len(page) + 1))
    attributes = " ".join(f"a{number}={number}" for number in range(random.choice((3, 300, 3000))))
    return page if place < 0 else f"{page[:place]} {attributes}{page[place:]}"


def swap(page: str, random: Random) -> str:
    start, end = span(page, random)
    other = page.find("<", random.randrange(len(page) + 1))
    return page[:start] + page[end:other] + page[start:end] + page[max(end, other) :]


def splice(page: str, random: Random) -> str:
    other = text_of(random.choice(PAGES))
    return page[: span(page, random)[0]] + other[span(other, random)[0] :]


MUTATIONS: tuple[Callable[[str, Random], str], ...] = (truncate, delete, double, nest, poison, flood, swap, splice)


def mutated(page: str, random: Random, times: int) -> str:
    for _ in range(times):
        page = random.choice(MUTATIONS)(page, random)
    return page


def check(page: str | bytes, *, glue: bool = True) -> Article | None:
    """Everything that holds for every page there is; None if it was refused."""
    try:
        article = extract(page, "https://news.example.org/2026/05/story")
    except ExtractError:
        return None
    for said in (
        article.text,
        article.html,
        article.title,
        article.summary,
        article.section,
        *article.authors,
        *article.tags,
    ):
        assert not _INVISIBLE.search(said.replace("\t", "")), said
    for said in (article.title, article.section, *article.authors, *article.tags):
        assert "\n" not in said
    check_html(article)
    if glue and isinstance(page, str):
        check_words(article, page)
    return article


def check_html(article: Article) -> None:
    """It holds what a body may hold and nothing else, and says what the text says."""
    tree = LexborHTMLParser(f"<body>{article.html}</body>")
    shown: list[str] = []
    for node in tree.body.traverse(include_text=True):
        if node.tag == "-text":
            shown.append(node.text_content or "")
            continue
        if node.tag == "body":
            continue
        assert node.tag in TAGS | {"tbody"}, node.tag
        for name, value in node.attributes.items():
            assert name in ATTRIBUTES.get(node.tag or "", set()) | {"rel"}, name
            assert name == "alt" or not _DANGEROUS.match(value or ""), value
    for caption in tree.css("figcaption"):
        caption.decompose()
    told = "".join(_WORD.findall(tree.body.text()))
    assert "".join(_WORD.findall(article.text)) == told


def check_words(article: Article, page: str) -> None:
    """No word is made of the end of one block and the beginning of another; bodies may also stand in scripts."""
    source = _ESCAPED.sub(lambda found: chr(int(found[1], 16)), page).replace("\\n", " ")
    said = set(_WORD.findall(plain(decode_emails(page))) + _WORD.findall(source) + _WORD.findall(_TAG.sub("", source)))
    told = set(_WORD.findall(article.text))
    assert told <= said, sorted(told - said)


def plain(page: str) -> str:
    """All text of the page, parted where blocks part it: once with what is silent, once without."""
    pieces: list[str] = []
    for unseen in (_UNSEEN - {"template"}, SILENT | {"rt", "rp"}):
        stack: list[LexborNode | str] = [LexborHTMLParser(page).root]
        while stack:
            node = stack.pop()
            if isinstance(node, str):
                pieces.append(node)
            elif node.tag == "-text":
                pieces.append(node.text_content or "")
            elif node.tag not in unseen:
                around = "\n" if node.tag in _BLOCKS else ""
                stack.extend((around, *reversed(list(node.iter(include_text=True))), around))
    return clean("".join(pieces))


def work(page: str | bytes) -> int:
    """How many Python functions are called to read the page."""
    calls = 0

    def count(_frame: object, event: str, _argument: object) -> None:
        nonlocal calls
        calls += event == "call"

    sys.setprofile(count)
    try:
        check(page, glue=False)
    finally:
        sys.setprofile(None)
    return calls


FUZZ = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)


@FUZZ
@given(st.sampled_from(PAGES), st.randoms(use_true_random=False), st.integers(1, 6))
def test_a_mutated_page_is_an_article_or_one_error(page: Path, random: Random, times: int) -> None:
    check(mutated(text_of(page), random, times))


@FUZZ
@given(st.sampled_from(PAGES), st.randoms(use_true_random=False), st.integers(1, 40))
def test_flipped_bytes_are_an_article_or_one_error(page: Path, random: Random, times: int) -> None:
    content = bytearray(text_of(page).encode())
    for _ in range(times):
        content[random.randrange(len(content))] = random.randrange(256)
    check(bytes(content))


@FUZZ
@given(st.sampled_from(PAGES), st.randoms(use_true_random=False))
def test_the_work_for_a_mutated_page_is_bounded_by_its_length(page: Path, random: Random) -> None:
    html = mutated(text_of(page), random, 3)
    assert work(html) < CALLS_AT_LEAST + CALLS_PER_LETTER * len(html)


@pytest.mark.parametrize("junk", JUNK, ids=repr)
def test_junk_in_front_in_the_middle_and_behind_a_story(junk: str) -> None:
    story = text_of(HERE / "languages" / "de.html")
    middle = story.index("Der Enkel")
    for page in (junk + story, story[:middle] + junk + story[middle:], story + junk):
        check(page, glue=False)


@pytest.mark.parametrize(
    "page", ["", " ", "\x00", "\ud800", "<", "<!", "&", "<html>", "\ufeff", "a", b"", b"\xff\xfe", b"\x00" * 999]
)
def test_next_to_nothing_is_an_article_or_one_error(page: str | bytes) -> None:
    check(page)


def test_a_list_of_paragraphs_whose_types_are_no_words_does_not_stop_the_reading() -> None:
    state = '{"body": [{"type": {"name": "text"}, "content": "One."}, {"type": ["text"], "content": "Two."}, null, 7]}'
    article = check(
        f'<h1>The lamp</h1><p>It waits.</p><script id="__NEXT_DATA__" type="application/json">{state}</script>',
        glue=False,
    )
    assert article is not None
    assert article.text == "It waits."


def test_text_before_and_behind_furniture_is_no_word() -> None:
    story = (
        "<p>The lamp waits for the tram, and the tram waits for nobody, as all the street has known for years.</p>" * 9
    )
    article = check(f"<article>{story}the last tram<div class=share-bar>Share</div>February{story}</article>")
    assert article is not None


def test_titles_of_zero_width_signs_and_controls_are_clean() -> None:
    article = check(
        '<meta name="generator" content="Ghost"><title>The\u200b lamp\x1b\ud800 waits</title><p>It does.</p>'
    )
    assert article is not None
    assert article.title == "The lamp waits"
