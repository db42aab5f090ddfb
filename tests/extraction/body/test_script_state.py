"""Bodies that stand in scripts only."""

import json

import pytest

from ingest.extraction.body import script_state
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


LONG = "The ferry crossed the sound in heavy fog, and nobody on the pier had seen it leave. " * 3


def held(scripts: str) -> str:
    return script_state.html(Document(f"<head>{scripts}</head><body></body>", "https://news.example/ferry"))


def test_a_text_without_markup_becomes_paragraphs():
    assert held(script({"body": f"{LONG}\n{LONG}"})) == f"<p>{LONG.strip()}</p><p>{LONG.strip()}</p>"


def test_the_longest_text_is_taken():
    texts = [f"<p>{LONG * number}</p>" for number in (1, 3, 2)]
    assert held("".join(script({"body": text}) for text in texts)) == texts[1]


@pytest.mark.parametrize(
    "state",
    [
        {"body": LONG},
        {"article": {"articleBody": LONG}},
        {"pages": [{"content": [LONG]}]},
        {"body": "<p>" + "x" * 300},
        {"body": "渡し船は今朝も遅れたが桟橋で待つ人々は誰も驚かなかった" * 10},
        {"blocks": [{"type": "paragraph", "text": LONG[:120]}, {"type": "quote", "value": LONG[:120]}]},
    ],
    ids=["body", "deep", "in a list", "markup", "without spaces", "in parts"],
)
def test_a_text_in_a_place_for_bodies_is_found(state: object):
    assert held(script(state)) != ""


@pytest.mark.parametrize(
    "state",
    [
        {"body": LONG[:150]},
        {"slug": LONG},
        {"body": "identifiers/of/lines " * 40},
        {"blocks": [{"type": "paragraph", "text": LONG[:196]}]},
        {"blocks": [{"type": "advert", "text": LONG[:120]}] * 2},
        {"blocks": [{"type": kind, "text": LONG[:120]} for kind in (5, ["text"])] + [None, 7]},
        {"blocks": [{"type": "paragraph", "title": LONG[:120]}, {"type": "paragraph", "text": 5}]},
    ],
    ids=["short", "elsewhere", "identifiers", "one part", "adverts", "other parts", "parts without text"],
)
def test_other_strings_are_no_bodies(state: object):
    assert held(script(state)) == ""


def test_scripts_of_other_addresses_and_declarations_of_other_things_are_not_read():
    assert held(script({"body": LONG}, 'type="application/json" src="/state.js"')) == ""
    assert held(script({"@type": "Thing", "body": LONG}, 'type="application/ld+json"')) == ""
    assert held(f"<script>window.other = {json.dumps({'body': LONG})}</script>") == ""


def test_what_is_behind_the_value_does_not_matter():
    assert held(f"<script>window.__DATA__ = {json.dumps({'body': LONG})}; start()</script>") != ""


def test_a_state_of_very_many_parts_is_given_up():
    # The state itself and the list count, too.
    for parts, found in ((100_000 - 3, True), (100_000 - 2, False)):
        assert (held(script({"first": {"body": LONG}, "last": [[]] * parts})) != "") is found


def test_a_script_of_many_megabytes_is_not_read():
    for letters, found in ((3_000_000, True), (6_000_000, False)):
        assert (held(script({"body": LONG, "pad": "x" * letters})) != "") is found


def test_a_text_that_no_page_could_be_is_none():
    assert held(script({"body": "<div>" * 50_000 + LONG})) == ""


def test_a_streamed_row_of_markup_is_a_body():
    row = f'1:{{"body":{json.dumps(LONG)}}}\n'
    assert held(f"<script>self.__next_f.push([1,{json.dumps(row)}])</script>") != ""


@pytest.mark.parametrize(("letters", "found"), [(199, False), (200, True)])
def test_a_text_of_two_hundred_letters_is_a_body(letters: int, found: bool):
    story = (LONG * 2)[: letters - 1] + "."
    assert (held(script({"pad": "x" * 100, "body": story})) != "") is found
    assert (held(script({"@type": "Article", "articleBody": story}, 'type="application/ld+json"')) != "") is found
