"""What the generic extractor records of how it read a page."""

from ingest.extraction.body.generic import EXTRACTOR
from ingest.extraction.body.reading import Reading
from ingest.extraction.markup.document import Document

STORY = [
    "The harbour master closed the north quay on Tuesday after divers found cracks in four of its oak piles.",
    "Repairs will take until spring, she said, and the fishing boats are to moor at the old coal pier meanwhile.",
    "Skippers doubt that the pier is deep enough at low tide, since nobody has dredged there for eleven years.",
] * 2
PROSE = "".join(f"<p>{n}. {line}</p>" for n, line in enumerate(STORY))


def reading(body: str, url: str = "https://news.example/quay") -> Reading:
    found = EXTRACTOR.extract(Document(f"<body>{body}</body>", url)).body_trace
    assert isinstance(found, Reading)
    return found


def test_what_was_left_out_is_named_by_what_left_it_out() -> None:
    found = reading(
        f"<nav>Home</nav><main><article class=story><h1>The quay</h1>{PROSE}"
        "<p class=x><a href=/y>Another quay</a></p></article></main>"
    )
    assert (found.way, found.found_at) == ("article", "body > main > article.story")
    assert [(each.by, each.element, each.text) for each in found.removed()] == [
        ("furniture by tag, name, role or state", "nav", "Home"),
        ("pass: headline", "h1", "The quay"),
        ("pass: links", "p.x", "Another quay"),
    ]


def test_what_was_kept_and_what_was_cleared_are_the_box() -> None:
    found = reading(f"<article><h1>The quay</h1>{PROSE}<h3>Related articles</h3><a href=/x>Tide</a></article>")
    cleared = [index for _, indices in found.content.cleared for index in indices]
    box = found.content.box
    assert sorted([*cleared, *found.content.kept]) == list(range(box.start, box.end))
    assert len(cleared) == len(set(cleared))


def test_a_page_that_names_its_text_as_furniture_is_read_without_names() -> None:
    found = reading(f'<div class="comments">{PROSE}</div>')
    assert found.way == "article without names"
    assert STORY[0] in found.body("").text


def test_a_text_for_readers_without_scripts_is_read() -> None:
    found = reading(f"<div id=app></div><noscript>{PROSE}</noscript>")
    assert found.way == "article without scripts"
    assert found.body("").text.count("divers") == 2


def test_a_text_in_a_script_has_no_place_among_the_elements() -> None:
    script = f'<script type="application/json">{{"body": "{PROSE.replace(chr(34), "")}"}}</script>'
    found = reading(f"<p>Loading</p>{script}")
    assert (found.way, found.found_at) == ("script state", "a script of the page")


def test_threads_and_listings_say_so() -> None:
    assert reading(PROSE, "https://forum.example/threads/quay.12/").way == "forum"
    cards = "".join(f"<h3><a href=/{n}>Boat number {n} returns late</a></h3>" for n in range(20))
    assert reading(cards, "https://news.example/category/boats").way == "listing"


def test_letters_are_those_that_are_left() -> None:
    found = reading(f"<article><h1>The quay</h1>{PROSE}</article>")
    assert found.letters == len("".join(found.body("").text.split("\n\n")))
