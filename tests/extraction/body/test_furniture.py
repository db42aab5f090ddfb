"""Elements that the outline leaves out before their text is looked at."""

import pytest
from selectolax.lexbor import LexborHTMLParser

from ingest.extraction.body.furniture import Furniture, is_furniture, is_hidden, matching, protected
from ingest.extraction.markup.document import Document
from ingest.extraction.markup.outline import build

LINE = "The ferry crossed the sound in heavy fog, and nobody on the pier had seen it leave. "
STORY = f"<p>{LINE * 4}</p>" * 4


def left_out(html: str, **options: bool) -> list[str]:
    """Ids of the elements that are left out."""
    root = LexborHTMLParser(html).body
    assert root is not None
    outline = build(root, Furniture(root, **options))
    return [node.attributes.get("id") or "?" for node in root.css("*") if node.mem_id in outline.left_out]


@pytest.mark.parametrize(
    "names",
    ["newsletter", "share-buttons", "site-footer", "hidden"],
)
def test_names_of_furniture(names: str) -> None:
    assert is_furniture(names)


@pytest.mark.parametrize(
    "names",
    ["story", "paywalled article-body", "hidden md:block", "hidden accordion", "overflow-hidden", ""],
)
def test_names_of_text(names: str) -> None:
    assert not is_furniture(names)


@pytest.mark.parametrize(
    "element",
    [
        "<nav id=x>{}</nav>",
        "<aside id=x>{}</aside>",
        "<footer id=x>{}</footer>",
        "<form id=x>{}</form>",
        "<div id=x role=search>{}</div>",
        "<div id=x class=newsletter>{}</div>",
        "<div id=x hidden>{}</div>",
        "<div id=x style='color: red; display : none'>{}</div>",
        "<div id=x style='visibility:hidden'>{}</div>",
    ],
)
def test_elements_are_left_out_by_tag_role_name_or_state(element: str) -> None:
    assert left_out(STORY + element.format("<p>Some words.</p>")) == ["x"]


@pytest.mark.parametrize(
    "element",
    [
        "<div id=x>{}</div>",
        "<div id=x role=main>{}</div>",
        "<div id=x style='display:block'>{}</div>",
        "<div id=x class=accordion hidden>{}</div>",
        "<div id=S:1a hidden>{}</div>",
    ],
)
def test_elements_that_are_shown_or_unfold_or_stream_in_stay(element: str) -> None:
    assert left_out(STORY + element.format("<p>Some words.</p>")) == []


def test_streamed_elements_have_short_numbers() -> None:
    assert is_hidden("", {"hidden": None, "id": "S:pier"})
    assert not is_hidden("", {"hidden": None, "id": "S:0"})


@pytest.mark.parametrize("element", ["<div id=x class=newsletter>{}</div>", "<form id=x>{}</form>"])
def test_what_holds_much_of_the_prose_stays(element: str) -> None:
    assert left_out(STORY + element.format(f"<p>{LINE * 8}</p>")) == []
    assert left_out(STORY * 5 + element.format(f"<p>{LINE * 8}</p>")) == ["x"]
    assert left_out(element.format(f"<div>{LINE * 8}</div>")) == ["x"]
    assert left_out(element.format(f"<p>{LINE * 2}</p>")) == ["x"]
    assert left_out(element.format(f"<p>{LINE * 2}</p><div>{LINE * 4}</div>")) == ["x"]


@pytest.mark.parametrize("name", ["comments", "cookie-consent"])
def test_comments_and_consent_go_however_long(name: str) -> None:
    assert left_out(f"<p>{LINE}</p><div id=x class={name}>{STORY * 4}</div>") == ["x"]


def test_the_comments_of_a_forum_are_its_text_and_consent_is_not() -> None:
    html = f"<p>{LINE}</p><div id=x class=comments>{STORY}</div><div id=y class=cookie-consent>{STORY}</div>"
    assert left_out(html, talk=False) == ["y"]


def test_names_may_be_ignored() -> None:
    html = f"{STORY}<div id=x class=newsletter><p>A letter.</p></div><nav id=y><p>Home</p></nav>"
    assert left_out(html, by_name=False) == ["y"]
    assert left_out(f"<div id=x class=comments>{STORY}</div>", by_name=False) == []


@pytest.mark.parametrize(
    "html",
    [
        "<aside id=x><h1>Fog</h1><p>Text.</p></aside>",
        "<div id=x class=newsletter><main><p>Text.</p></main></div>",
        "<div id=x class=newsletter><div itemprop=articleBody><p>Text.</p></div></div>",
        "<div id=x class=newsletter><article><p>Text.</p></article></div>",
        "<div id=x class=comments><article><p>Text.</p></article></div>",
    ],
)
def test_what_stands_around_the_headline_or_the_declared_text_stays(html: str) -> None:
    assert left_out(html) == []


def test_several_articles_declare_nothing_unless_many_are_expected() -> None:
    root = LexborHTMLParser("<div id=x><article>One.</article></div><article>Two.</article>").body
    assert root is not None
    around = {node.mem_id for node in root.css("#x")}
    assert not around & protected(root)
    assert around <= protected(root, many=True)


def test_known_furniture_goes_whatever_it_holds_and_says_why() -> None:
    document = Document(f"<article><div class=odd id=x>{STORY}</div></article><nav><p>Home</p></nav>")
    root = document.tree.body
    assert root is not None
    furniture = Furniture(root, known=matching(document, (".none", ".odd")))
    outline = build(root, furniture)
    reasons = [(node.tag, furniture.reason(node)) for node in root.css("*") if node.mem_id in outline.left_out]
    assert reasons == [("div", "furniture of its platform"), ("nav", "furniture by tag, name, role or state")]


def test_where_very_many_boxes_are_named_as_furniture_and_hold_the_text_names_say_nothing() -> None:
    letter = "<div id=x class=newsletter><p>A letter.</p></div>"
    for depth, gone in ((100, ["x"]), (101, [])):
        assert left_out("<div class=newsletter>" * depth + STORY + "</div>" * depth + letter) == gone


def words(letters: int) -> str:
    """A text of exactly so many letters."""
    return ("The ferry crossed the sound. " * 100)[: letters - 1] + "."


@pytest.mark.parametrize("letters", [299, 300])
def test_a_box_goes_by_its_name_alone_up_to_three_hundred_letters(letters: int) -> None:
    gone = ["x"] if letters < 300 else []
    assert left_out(f"<div id=x class=newsletter><p>{words(letters)}</p></div>") == gone
    assert left_out(f"<div id=x class=newsletter>More: <p>{words(letters)}</p></div>") == gone


@pytest.mark.parametrize(("others", "gone"), [(1_600, []), (1_601, ["x"])])
def test_a_box_with_a_fifth_of_the_prose_stays(others: int, gone: list[str]) -> None:
    assert left_out(f"<p>{words(others)}</p><div id=x class=newsletter><p>{words(400)}</p></div>") == gone
