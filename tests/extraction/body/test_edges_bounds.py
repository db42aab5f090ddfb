"""How long and how many the lines about the article may be, and what beside them makes a line another."""

from collections.abc import Callable

import pytest
from selectolax.lexbor import LexborHTMLParser

from ingest.extraction.body.content_box import ContentBox
from ingest.extraction.body.edges import calls, credited, edges, is_about_article, is_call
from ingest.extraction.markup.outline import build

STAMP = "3 May 2024, 10:15"


def words(letters: int, beginning: str = "", end: str = "") -> str:
    """A text of exactly so many letters."""
    filling = "the boats lie at the old coal pier " * 20
    return beginning + filling[: letters - len(beginning) - len(end) - 1] + "x" + end


def gone(html: str, find: Callable[[ContentBox], set[int]] = edges) -> list[str]:
    root = LexborHTMLParser(f"<article>{html}</article>").body
    assert root is not None
    outline = build(root, lambda *_: False)
    box = next(box for box in outline.boxes if box.tag == "article")
    content = ContentBox(outline, box, frozenset())
    return [content.blocks[index].text for index in sorted(find(content))]


def at_top(line: str) -> bool:
    return gone(f"<div>{line}</div><p>{words(400)}</p><p>{words(400)}</p>") == [line]


def at_end(line: str) -> bool:
    return gone(f"<p>{words(400)}</p><p>{words(400)}</p><div>{line}</div>") == [line]


@pytest.mark.parametrize(("letters", "is_one"), [(299, True), (300, False)])
def test_a_call_is_shorter_than_a_paragraph(letters: int, is_one: bool) -> None:
    assert is_call(words(letters, "Sign up for our ")) is is_one


@pytest.mark.parametrize(("letters", "is_one"), [(159, True), (160, False)])
def test_a_line_that_begins_as_a_credit_is_shorter_than_a_call(letters: int, is_one: bool) -> None:
    assert is_call(words(letters, "Photo: ")) is is_one


@pytest.mark.parametrize(("letters", "is_one"), [(299, True), (300, False)])
def test_the_staff_of_a_report_may_be_as_long_as_a_call(letters: int, is_one: bool) -> None:
    assert is_call(words(letters, "Reporting by Ann Otherwise, ", "; Editing by Jo Doe")) is is_one


def test_editing_alone_makes_no_staff_of_another_beginning() -> None:
    assert not is_call("Writing letters was her work, and editing by night her joy")


@pytest.mark.parametrize(("signs", "is_one"), [(65, True), (66, False)])
def test_signs_before_a_call_are_passed_over_only_near_the_beginning(signs: int, is_one: bool) -> None:
    assert is_call("—" * signs + "Sign up for our newsletter") is is_one


def test_only_lines_that_are_left_are_calls() -> None:
    assert gone("<p>Sign up for our letter</p><p>The boats</p><p>Photo: Ann</p>", calls) == [
        "Sign up for our letter",
        "Photo: Ann",
    ]


@pytest.mark.parametrize(("letters", "is_one"), [(249, True), (250, False)])
def test_a_paragraph_that_ends_in_a_credit_stays(letters: int, is_one: bool) -> None:
    text = words(letters, end=" (Foto: Anna Anders)")
    assert gone(f"<p>{text}</p>", credited) == [text] * is_one


@pytest.mark.parametrize(("letters", "is_one"), [(80, True), (81, False)])
def test_a_credit_is_looked_for_near_the_end_only(letters: int, is_one: bool) -> None:
    credit = words(letters, "© Ann Otherwise and Jo Doe of our Quay Sun/")
    assert gone(f"<p>The pier. {credit}</p>", credited) == [f"The pier. {credit}"] * is_one


@pytest.mark.parametrize(("letters", "is_one"), [(119, True), (120, False)])
def test_a_line_about_the_article_is_short(letters: int, is_one: bool) -> None:
    line = STAMP.ljust(letters, ".")
    assert is_about_article(line) is is_one
    assert at_top(line) is is_one
    assert at_end(line) is is_one


@pytest.mark.parametrize("line", [STAMP, "By Ann Otherwise", "By Ann Otherwise, 3 May 2024"])
def test_a_stamp_a_byline_and_both_on_one_line_are_about_the_article(line: str) -> None:
    assert is_about_article(line)


@pytest.mark.parametrize(("letters", "is_looked_behind"), [(250, True), (251, False)])
def test_the_upper_edge_goes_on_behind_a_standfirst(letters: int, is_looked_behind: bool) -> None:
    html = f"<p>{words(letters)}</p><div>{STAMP}</div><p>{words(400)}</p>" + f"<p>{words(400)}</p>" * 12
    assert gone(html) == [STAMP] * is_looked_behind


@pytest.mark.parametrize(("letters", "is_looked_before"), [(120, True), (121, False)])
def test_the_lower_edge_goes_on_before_a_short_paragraph(letters: int, is_looked_before: bool) -> None:
    html = f"<p>{words(400)}</p>" * 13 + f"<div>{STAMP}</div><p>{words(letters)}</p>"
    assert gone(html) == [STAMP] * is_looked_before


@pytest.mark.parametrize(("linked", "is_looked_behind"), [(200, True), (199, False)])
def test_a_paragraph_half_of_links_ends_no_edge(linked: int, is_looked_behind: bool) -> None:
    text = words(400)
    teaser = f"<p><a href=/x>{text[:linked]}</a>{text[linked:]}</p>".replace(" </a>", "x</a>").replace("</a> ", "</a>x")
    assert gone(f"{teaser}<div>{STAMP}</div>" + f"<p>{words(400)}</p>" * 13) == [STAMP] * is_looked_behind


@pytest.mark.parametrize(("rows", "is_edge"), [(11, True), (12, False)])
def test_a_text_of_short_lines_has_an_edge_only_if_they_are_few(rows: int, is_edge: bool) -> None:
    assert gone(f"<div>{STAMP}</div>" + "<div>A berth is free</div>" * rows) == [STAMP] * is_edge


@pytest.mark.parametrize(("rows", "is_edge"), [(10, True), (11, False)])
def test_the_first_paragraph_must_follow_soon(rows: int, is_edge: bool) -> None:
    html = f"<div>{STAMP}</div>" + "<div>A berth is free</div>" * rows + f"<p>{words(400)}</p>"
    assert gone(html) == [STAMP] * is_edge


@pytest.mark.parametrize(("stamps", "found"), [(3, 3), (4, 0)])
def test_more_than_three_dates_at_the_end_are_a_list(stamps: int, found: int) -> None:
    assert len(gone(f"<p>{words(400)}</p>" + f"<div>{STAMP}</div>" * stamps)) == found


@pytest.mark.parametrize("tag", ["h2", "li", "dd", "dt", "pre"])
def test_a_byline_in_a_heading_or_a_list_is_text(tag: str) -> None:
    assert gone(f"<{tag}>By Ann Otherwise</{tag}><p>{words(400)}</p>") == []


@pytest.mark.parametrize(
    ("line", "is_one"),
    [
        ("3 May", True),
        ("May", False),
        ("3 boats", False),
        ("3", False),
        ("3 4", False),
        ("10:15", True),
        ("2024-05-03", True),
        ("3 May, boats", False),
    ],
)
def test_a_stamp_has_a_number_and_a_word_or_the_form_of_a_date(line: str, is_one: bool) -> None:
    assert is_about_article(line) is is_one
    assert at_top(line) is is_one


@pytest.mark.parametrize(
    ("line", "is_one"),
    [
        ("By Ann", True),
        ("By", False),
        ("Near Ann", False),
        ("By Ann And Bo And Cy And Dee And", True),
        ("By Ann And Bo And Cy And Dee And Eve", False),
        ("By Ann and Bo", True),
        ("By Ann or Bo", False),
        ("By: Ann Otherwise", True),
        ("By Ann,Bo", True),
        ("By Ann!", False),
    ],
)
def test_a_byline_is_a_few_names_behind_its_word(line: str, is_one: bool) -> None:
    assert is_about_article(line) is is_one
    assert at_top(line) is is_one


@pytest.mark.parametrize(
    ("line", "is_one"),
    [
        ("By Ann Otherwise | 3 May", True),
        ("3 May · By Ann Otherwise", True),
        ("By Ann Otherwise at the quay, 3 May", False),
        ("Ann Otherwise, 3 May", False),
        ("文・野崎花 2024", True),
    ],
)
def test_who_signed_may_stand_beside_when(line: str, is_one: bool) -> None:
    assert is_about_article(line) is is_one


@pytest.mark.parametrize(
    ("line", "is_one"),
    [
        ("Reuters", True),
        ("abc/Reuters", True),
        ("abcd/Reuters", False),
        ("abc Reuters", False),
        ("Source: Reuters", True),
        ("abc/def", False),
        ("Source", False),
        ("Reuters 24", True),
    ],
)
def test_an_agency_stands_alone_or_beside_a_sign(line: str, is_one: bool) -> None:
    assert at_end(line) is is_one
    assert not at_top(line)


@pytest.mark.parametrize(
    ("line", "is_one"),
    [
        ("文・野崎花", True),
        ("김하늘 기자 sky@news.example", True),
        ("ann@news.example", False),
        ("부두는 봄까지 닫힌다고 한다.", False),
    ],
)
def test_a_signature_is_one_of_east_asia(line: str, is_one: bool) -> None:
    assert at_top(line) is is_one
    assert at_end(line) is is_one
