"""Lines about the article and to its reader, at its edges and inside. The sentences are ours."""

import pytest

from ingest.extraction.body.generic import EXTRACTOR
from ingest.extraction.markup.document import Document

FIRST = (
    "The harbour master closed the north quay on Tuesday after divers found cracks in four of its oak piles, which had "
    "been driven into the silt when the railway still ended there, and she asked the town for money to replace them "
    "before the ferries come back in June."
)
SECOND = (
    "Repairs will take until spring, she said, and the fishing boats are to moor at the old coal pier meanwhile, "
    "although nobody has dredged there for eleven years."
)


def lines(before: str, after: str, between: str = "") -> list[str]:
    page = f"<body><article><h1>North quay closed</h1>{before}<p>{FIRST}</p>{between}<p>{SECOND}</p>{after}</article>"
    draft = EXTRACTOR.extract(Document(page, "https://news.example/harbour/quay-closed"))
    return draft.body.text.split("\n\n")


@pytest.mark.parametrize(
    "line",
    [
        "Updated: 3 May 2024, 10:15 GMT",
        "Lesedauer: 4 Minuten",
        "14.03.2024, 09:30 Uhr",
        "Publié le 3 mars 2024 à 14h52",
        "By Ann Otherwise and Jo Doe",
        "Von Anna Anders",
    ],
)
def test_when_and_by_whom_it_was_written_is_no_text_at_either_edge(line: str):
    assert lines(f"<div>{line}</div>", f"<div>{line}</div>") == [FIRST, SECOND]


@pytest.mark.parametrize(
    "line", ["(Quelle: dpa/AFP)", "abc/Reuters", "© 2024 Quay News", "All rights reserved.", "0개", "12"]
)
def test_agencies_rights_and_counts_at_the_end_are_no_text(line: str):
    assert lines("", f"<div>{line}</div>") == [FIRST, SECOND]


@pytest.mark.parametrize(
    "line",
    [
        "Sign up for our newsletter about the tides.",
        "Lesen Sie auch: Wo die Boote liegen",
        "Lire aussi : Le port rouvre",
        "Article continues below",
        "Photo: Ann Otherwise / Quay News",
        "(Bild: Anna Anders)",
    ],
)
def test_calls_and_credits_between_paragraphs_are_no_text(line: str):
    assert lines("", "", f"<p>{line}</p>") == [FIRST, SECOND]


@pytest.mark.parametrize(
    "line",
    [
        "In May 2024 the quay was 100 years old.",
        "By Tuesday the boats had gone.",
        "By Tuesday The Boats Had Gone.",
        "Von Mai an ist der Kai gesperrt.",
        "Reuters first reported the closure.",
    ],
)
def test_sentences_that_begin_alike_stay(line: str):
    assert lines(f"<p>{line}</p>", f"<p>{line}</p>") == [line, FIRST, SECOND, line]


@pytest.mark.parametrize(
    "line",
    [
        "The quay at low tide, with the old crane. | © Harbour News/Getty Images",
        "Divers went down twice a day (Foto: Anna Anders)",
        "The pier in its best years, before the railway left. Shutterstock",
    ],
)
def test_a_line_that_ends_in_a_credit_is_a_caption(line: str):
    assert lines("", "", f"<div>{line}</div>") == [FIRST, SECOND]


def test_the_staff_of_an_agency_is_no_text():
    staff = "Reporting by Ann Otherwise, additional reporting by Jo Doe in Harbourtown; Editing by Kim Lee and Max Roe"
    assert lines("", f"<p>{staff}</p>") == [FIRST, SECOND]


@pytest.mark.parametrize(
    "line",
    [
        "Reporting by the town's own divers has shown where the cracks begin.",
        "She has worked for Getty Images since the pier was built.",
        "The town (photo permitted) is full of gulls.",
    ],
)
def test_a_sentence_that_names_an_agency_stays(line: str):
    assert lines("", "", f"<p>{line}</p>") == [FIRST, line, SECOND]


def test_a_date_between_paragraphs_stays():
    assert lines("", "", "<p>3 May 2024</p>") == [FIRST, "3 May 2024", SECOND]


def test_a_korean_signature_and_its_reactions_are_no_text():
    korean = "북쪽 부두는 화요일에 문을 닫았고, 항만 관계자는 봄까지 수리가 이어질 것이라고 밝혔다."
    after = "<div>김하늘 기자 sky@news.example</div><div>좋아요 0개</div><div>0개</div>"
    page = f"<body><article><h1>부두 폐쇄</h1><p>{korean}</p><p>{korean[::-1]}</p>{after}</article>"
    draft = EXTRACTOR.extract(Document(page, "https://news.example/harbour/quay-closed"))
    assert draft.body.text.split("\n\n") == [korean, korean[::-1]]


def test_the_headline_in_other_words_is_no_standfirst():
    head = "<head><title>North quay closed: oak piles cracked</title></head>"
    lead = "Forty boats lose their moorings until the spring, says the town."
    page = (
        f"{head}<body><header><h1>Quay News</h1><h2>North quay closed after oak piles cracked</h2>"
        f"<h2>{lead}</h2></header>"
        f"<div class=x><p>{FIRST}</p><p>{SECOND}</p></div>"
    )
    draft = EXTRACTOR.extract(Document(page, "https://news.example/harbour/quay-closed"))
    assert draft.body.text.split("\n\n") == [lead, FIRST, SECOND]


def line(text: str, *, before: str = "", after: str = "") -> list[str]:
    """What is left of a text with this line at its end."""
    return lines(before, f"{after}<div>{text}</div>")


@pytest.mark.parametrize(
    "text",
    [
        "Sign up for our newsletter, which tells of " + "tides and boats, " * 20,
        "Photo: the old coal pier, as it was before " + "the railway left, " * 8,
        "© 2024 Quay News and " + "its partners along the coast, " * 5,
        "By Ann Otherwise With Help From Jo Doe And The Whole Crew Of Boat Nine",
    ],
)
def test_a_paragraph_that_begins_as_such_a_line_stays(text: str):
    assert line(text)[-1] == text.strip()


@pytest.mark.parametrize(
    "text",
    [
        "Sign up for our newsletter, which tells of " + "tides and boats, " * 13,
        "Photo: the old coal pier, as it was before the railway left and all the boats with it, long ago, seen from",
        "The old coal pier as it was before the railway left, " * 4 + "Shutterstock",
        "By Ann Otherwise And Jo Doe In Quay Town",
    ],
)
def test_such_a_line_may_be_long(text: str):
    assert line(text) == [FIRST, SECOND]


def test_lines_about_the_article_are_looked_for_up_to_the_first_paragraph_only():
    stamp = "<div>3 May 2024, 10:15</div>"
    short = "<p>The quay is closed.</p>"
    assert lines(stamp + short + stamp, "") == ["The quay is closed.", FIRST, SECOND]
    assert lines(f"<p>{FIRST}</p>{stamp}", "")[1] == "3 May 2024, 10:15"


def test_dates_that_recur_are_those_of_a_list():
    stamps = "".join(f"<div>{day} May 2024</div>" for day in range(1, 6))
    assert lines(stamps, "")[:5] == [f"{day} May 2024" for day in range(1, 6)]
    assert lines("".join(f"<div>{day} May 2024</div>" for day in range(1, 4)), "") == [FIRST, SECOND]


def test_many_short_lines_are_no_edge():
    rows = "".join(f"<div>Berth {letter} is free</div>" for letter in "abcdefghijklmnopqrst")
    assert "3 May 2024" in lines(f"<div>3 May 2024</div>{rows}", "")
    assert "3 May 2024" not in lines(f"<div>3 May 2024</div>{rows[: 7 * 30]}", "")


@pytest.mark.parametrize("html", ["<h3>3 May 2024</h3><p>It closed.</p>", "<ul><li>3 May 2024</li></ul>",
                                  "<table><tr><td>3 May 2024</td></tr></table>", "<pre>3 May 2024</pre>"])  # fmt: skip
def test_a_date_in_a_heading_a_list_or_a_table_is_text(html: str):
    assert any("3 May 2024" in each for each in lines("", html))


@pytest.mark.parametrize(
    "text",
    [
        "May",
        "24 boats",
        "By the sea, 3 May 2024",
        "Ann Otherwise, 3 May 2024 at the quay",
        "abcd/Reuters",
        "Reuters and the boats",
        "By Ann Otherwise and Jo Doe.",
        "By Ann otherwise",
        "By",
        "Quay 9",
    ],
)
def test_lines_that_say_something_else_stay(text: str):
    assert line(text)[-1] == text


@pytest.mark.parametrize("text", ["By Ann Otherwise, 3 May 2024, 10:15", "Von Anna Anders | 14.03.2024", "10:15",
                                  "3/5/2024", "2024-05-03", "dpa", "abc/AFP"])  # fmt: skip
def test_who_and_when_may_stand_on_one_line(text: str):
    assert line(text) == [FIRST, SECOND]


def test_agencies_and_counts_are_looked_for_at_the_end_only():
    assert lines("<div>abc/Reuters</div><div>12</div>", "")[:2] == ["abc/Reuters", "12"]
