"""Redesigns, read by our own extractor: the page in other HTML, of which the rule of its source knows nothing."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from edit_pairs import Text
from edit_texts import texts

from ingest.dedup import fingerprint
from ingest.dedup.actions import HoldBack, Keep, Matches, StoreAction, StoredArticle, Update
from ingest.dedup.decide import decide
from ingest.model import Article, Rule, Source
from ingest.run.extract import extract_page

URL = "https://paper.example/2026/03/story"
SOURCE = Source(
    "paper", "https://paper.example/feed", rule=Rule(("h1.t",), (".by",), ("time@datetime",), body=("#story",))
)
PLAIN = Source("paper", "https://paper.example/feed")
MENU = "".join(f'<li><a href="/{name}">{name}</a></li>' for name in ("News", "Money", "Life", "Sport", "Weather"))
CARDS = "".join(
    f'<div class="card"><a href="/{number}"><h3>Something else happened on pier {number}</h3></a>'
    "<p>Nobody was there when it did.</p></div>"
    for number in range(6)
)


def _paragraphs(text: Text, tag: str = "p") -> str:
    return "".join(f"<{tag}>{paragraph}</{tag}>" for paragraph in text.paragraphs)


def _page(text: Text, body: str) -> str:
    return f'<!doctype html><html lang="{text.language}"><head><title>{text.title}</title></head><body>{body}</body>'


def old(text: Text) -> str:
    byline = '<p class="by">Ada Quill</p><time datetime="2026-03-02T08:00:00Z">2 March</time>'
    return _page(
        text, f'<ul>{MENU}</ul><h1 class="t">{text.title}</h1>{byline}<div id="story">{_paragraphs(text)}</div>'
    )


def renamed(text: Text) -> str:
    return old(text).replace('"story"', '"s-1"').replace('"by"', '"b-1"').replace('class="t"', 'class="t-1"')


def stamped(text: Text) -> str:
    stamp = "<div>Paper · 2 March 2026, 08:00 · 4 min</div>"
    return _page(text, f"<main><h1>{text.title}</h1><section>{stamp}{_paragraphs(text, 'div')}</section></main>")


def in_divisions(text: Text) -> str:
    return _page(text, f"<div><ul>{MENU}</ul></div><div><div>{text.title}</div>{_paragraphs(text, 'div')}</div>")


def among_cards(text: Text) -> str:
    return _page(text, f"<ul>{MENU}</ul><div><h2>{text.title}</h2>{_paragraphs(text)}{CARDS}</div><div>{CARDS}</div>")


def cards_only(text: Text) -> str:
    return _page(text, f"<ul>{MENU}</ul><h1>{text.title}</h1><div>{CARDS}</div>")


def lead_and_cards(text: Text) -> str:
    return _page(text, f"<main><h1>{text.title}</h1><p>{text.paragraphs[0]}</p>{CARDS}</main>")


def by_script(text: Text) -> str:
    return _page(
        text, f"<h1>{text.title}</h1><div id=app>Loading …</div><noscript>Please enable JavaScript.</noscript>"
    )


def in_breaks(text: Text) -> str:
    byline = "By Ada Quill<br>2 March 2026<br><br>"
    return _page(text, f"<center><b>{text.title}</b><br>{byline}{'<br><br>'.join(text.paragraphs)}</center>")


REDESIGNS = (renamed, stamped, in_divisions, among_cards, cards_only, lead_and_cards, by_script, in_breaks)


def stored(article: Article) -> StoredArticle:
    return StoredArticle(
        1,
        fingerprint.content_hash(article.title, article.text),
        article.title,
        article.text,
        article.html,
        URL,
        article.canonical_url,
        article.authors,
        article.published,
        article.modified,
        article.origins,
        article.quality,
    )


def answer(before: str, after: str, source: Source) -> StoreAction:
    held = stored(extract_page(before, URL, source=source))
    return decide(extract_page(after, URL, source=source), Matches(held))


@pytest.mark.parametrize("redesign", REDESIGNS)
@pytest.mark.parametrize("source", [SOURCE, PLAIN], ids=["by rule", "without a rule"])
def test_a_redesign_replaces_no_text(redesign: Callable[[Text], str], source: Source) -> None:
    answers = {text.id: answer(old(text), redesign(text), source) for text in texts()}
    assert {name: each for name, each in answers.items() if not isinstance(each, HoldBack | Keep)} == {}


@pytest.mark.parametrize("source", [SOURCE, PLAIN], ids=["by rule", "without a rule"])
def test_an_edit_within_a_layout_is_taken(source: Source) -> None:
    for text in texts():
        edited = Text(text.id, text.site, text.language, text.title, (*text.paragraphs, text.paragraphs[0][:60] + "."))
        assert isinstance(answer(old(text), old(edited), source), Update), text.id
