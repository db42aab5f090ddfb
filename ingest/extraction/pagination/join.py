"""Joins the pages of an article into one body, in which what every page repeats occurs once."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from ingest.article.body import Body
from ingest.extraction.pagination.page_address import same_article

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ingest.model import Article

_TAG = re.compile(r"<(/?)(\w+)[^>]*>")
_VOID = frozenset({"br", "img"})
_LINK = re.compile(r'<a href="([^"]*)">([^<]*(?:<(?!/a>)[^<]*)*)</a>')
_WORD = re.compile(r"[^\W\d_]+")
_WORDS_OF_PAGES = frozenset({
    "page", "pages", "of", "seite", "seiten", "von", "sur", "pagina", "página", "páginas", "de", "di", "del", "sida",
    "side", "av", "af", "strona", "страница", "из", "sayfa", "ページ", "目", "頁", "页", "共", "第", "페이지", "صفحة",
    "من",
})  # fmt: skip
# Set by hand, and held by tests/extraction/pagination/test_join.py; no script fits them.
_ALIKE = 0.6  # of the words of the shorter title
_REPEATED = 0.8  # of the letters of a page; one that repeats more of what is held adds nothing
_WHOLE = 0.9  # of the letters that are held; a page that repeats more of them holds all of them
_LONGER = 1.2  # times as long as what is held
_BESIDE = 25  # letters beside the links of a row of page numbers


class _Block(NamedTuple):
    """A paragraph, heading, list, table or figure of a body."""

    structure: str
    text: str


def append(held: Article, page: Article) -> Article | None:
    """``held`` joined with ``page``, which was found as its next page; None if that belongs to another article.

    It does if its canonical URL or its title is another article's, or if it repeats what is held, as a site does that
    ignores the page number in the URL. A page that holds the whole text so far and more replaces it. The metadata are
    those of the first page; ``next_page`` is that of the last one.
    """
    if _is_other(held, page):
        return None
    before = _trimmed_of_pagers(_blocks(held.body), held)
    after = _trimmed_of_pagers(_blocks(page.body), held)
    known, said = set(before), set(after)
    if _letters(block for block in after if block in known) >= _REPEATED * _letters(after):
        is_whole = _letters(block for block in before if block in said) >= _WHOLE * _letters(before)
        if not is_whole or _letters(after) < _LONGER * _letters(before):
            return None
        before = []
    elif _letters(block for block in before if block in said) >= _WHOLE * _letters(before):
        before = []
    blocks = [*_without_tail(before, after), *_without_head(after, known if before else set(), held.title)]
    return replace(
        held,
        body=Body("".join(block.structure for block in blocks)),
        pages=held.pages + 1,
        next_page=page.next_page,
        paywalled=held.paywalled or page.paywalled,
    )


def _is_other(held: Article, page: Article) -> bool:
    """Whether the page declares itself another article; URLs of two articles may differ by a number only."""
    claims = page.canonical_url
    if claims != page.url and not (same_article(claims, held.url) or same_article(claims, held.canonical_url)):
        return True
    if _are_alike(held.title, page.title) or (claims != page.url and claims == held.canonical_url):
        return False
    return held.published is None or held.published != page.published


def _are_alike(title: str, other: str) -> bool:
    """Whether two titles share most words; later pages add their number or their heading to the title."""
    words, others = set(_words(title)), set(_words(other))
    return len(words & others) >= _ALIKE * min(len(words), len(others))


def _words(title: str) -> list[str]:
    return [word for word in _WORD.findall(title.casefold()) if word not in _WORDS_OF_PAGES]


def _blocks(body: Body) -> list[_Block]:
    blocks, start, depth = [], 0, 0
    for tag in _TAG.finditer(body.structure):
        if tag[2] not in _VOID:
            depth += -1 if tag[1] else 1
        if depth == 0:
            structure = body.structure[start : tag.end()]
            blocks.append(_Block(structure, Body(structure).text))
            start = tag.end()
    rest = body.structure[start:]
    return [*blocks, _Block(rest, Body(rest).text)] if rest else blocks


def _letters(blocks: Iterator[_Block] | Sequence[_Block]) -> int:
    return sum(len(block.text) for block in blocks)


def _trimmed_of_pagers(blocks: list[_Block], article: Article) -> list[_Block]:
    """``blocks`` without the rows of links to the article's own pages."""
    return [block for block in blocks if not _is_pager(block, article)]


def _is_pager(block: _Block, article: Article) -> bool:
    links = _LINK.findall(block.structure)
    if not links or not all(same_article(address, article.url) for address, _ in links):
        return False
    return len(Body(_LINK.sub("", block.structure)).text) <= _BESIDE


def _without_tail(before: list[_Block], after: list[_Block]) -> list[_Block]:
    """``before`` without the blocks that end both pages (an author's note, a contact) and without "page 1 of 3"."""
    end = len(before)
    for mine, its in zip(reversed(before), reversed(after), strict=False):
        if mine != its:
            break
        end -= 1
    while end and _is_number(before[end - 1]):
        end -= 1
    return before[:end]


def _without_head(after: list[_Block], known: set[_Block], title: str) -> list[_Block]:
    """``after`` without what opens every page: headline, standfirst, picture."""
    wanted = set(_words(title))
    start = 0
    while start < len(after) and (
        after[start] in known
        or _is_number(after[start])
        or (wanted and len(after[start].text) < 2 * len(title) and set(_words(after[start].text)) == wanted)
    ):
        start += 1
    return after[start:]


def _is_number(block: _Block) -> bool:
    """Whether it is nothing but a page number: "Page 2 of 3", "2/3"."""
    text = block.text
    return len(text) <= _BESIDE and any(map(str.isdigit, text)) and not _words(text)
