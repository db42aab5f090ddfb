"""Bodies that stand in scripts only."""

import json

import pytest

from ingest.extraction.body.generic import EXTRACTOR
from ingest.extraction.markup.document import Document

SENTENCES = [f"Sentence {n} of the story tells how the ferry crossed the sound in heavy fog." for n in range(12)]
HTML = "".join(f"<p>{one}</p>" for one in SENTENCES)


def text(scripts: str) -> str:
    page = f"<html><head>{scripts}</head><body><div id='root'><p>Loading the story</p></div></body></html>"
    return EXTRACTOR.extract(Document(page, "https://news.example/ferry")).body.text


def script(value: object, kind: str = 'type="application/json"') -> str:
    return f"<script {kind}>{json.dumps(value)}</script>"


@pytest.mark.parametrize(
    "scripts",
    [
        script(
            {"props": {"pageProps": {"post": {"title": "Fog", "content": HTML}}}},
            'id="__NEXT_DATA__" type="application/json"',
        ),
        script({"@type": "NewsArticle", "articleBody": "\n".join(SENTENCES)}, 'type="application/ld+json"'),
        "<script>window.Fusion={};Fusion.globalContent="
        + json.dumps({"content_elements": [{"type": "text", "content": one} for one in SENTENCES]})
        + ";Fusion.globalContentConfig={}</script>",
        "<script>window.__INITIAL_STATE__ = " + json.dumps({"article": {"body": HTML}}) + "</script>",
        '<script>self.__next_f.push([1,"1:I[1]\\n2a:T3e8,"])</script><script>self.__next_f.push([1,'
        + json.dumps(HTML)
        + "])</script>",
    ],
    ids=["next", "json-ld", "arc", "initial state", "streamed"],
)
def test_a_body_that_only_a_script_holds_is_found(scripts: str):
    assert text(scripts) == "\n\n".join(SENTENCES)


@pytest.mark.parametrize(
    "source", ["{", "[" * 100_000, '{"body": null}', '{"body": 5}', '"x"', "NaN", '{"content": "' + "x" * 5000 + '"}']
)
def test_scripts_that_hold_no_body_change_nothing(source: str):
    assert text(f'<script type="application/json">{source}</script>') == "Loading the story"


def test_a_streamed_text_ends_where_its_length_says():
    length = len(HTML.encode())
    pieces = [
        ':HL["/font.woff2"]\n2a:' + f"T{length:x},",
        HTML + '2b:["$","div",null,{"html":"<p>' + "x y " * 99 + '"}]\n',
    ]
    scripts = "".join(f"<script>self.__next_f.push([1,{json.dumps(piece)}])</script>" for piece in pieces)
    assert text(scripts) == "\n\n".join(SENTENCES)


def test_what_a_script_holds_is_cleared_as_a_page_is():
    html = f'<figure><img src="/f.jpg"><p class="caption">The ferry in 1987</p></figure>{HTML}<p>Read more</p>'
    assert text(script({"article": {"body": html}})) == "\n\n".join(SENTENCES)


def test_the_text_of_the_page_comes_before_that_of_a_script():
    page = f"<body><article>{HTML}</article>{script({'body': '<p>' + 'Another text of the same site. ' * 200})}"
    assert EXTRACTOR.extract(Document(page, "https://news.example/ferry")).body.text == "\n\n".join(SENTENCES)
