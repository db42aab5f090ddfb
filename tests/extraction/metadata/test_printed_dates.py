from __future__ import annotations

import pytest
from selectolax.lexbor import LexborHTMLParser

from ingest.extraction.metadata import printed_dates
from ingest.extraction.metadata.printed_dates import PrintedDate
from ingest.extraction.metadata.surroundings import Surroundings


def found(html: str, *, language: str = "en-GB", marked: str = "") -> list[PrintedDate]:
    tree = LexborHTMLParser(f"<body><h1>The old bridge</h1>{html}</body>")
    around = Surroundings(tree.css_first("h1"))
    lines = around.marked(tree.css(marked)) if marked else around.lines
    return printed_dates.find(lines, time_zone="UTC", language=language)


def read(html: str, **options: str) -> list[tuple[str, str, bool]]:
    return [(one.field, one.when.date().isoformat(), one.labelled) for one in found(html, **options)]


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<p>6 January 2026</p>", ("published", "2026-01-06", False)),
        ("<p>Published 6 January 2026</p>", ("published", "2026-01-06", True)),
        ("<p>Updated: 6 January 2026</p>", ("modified", "2026-01-06", True)),
        ("<p>Veröffentlicht am 6. Januar 2026</p>", ("published", "2026-01-06", True)),
        ("<p>입력 2026-01-06 14:18</p>", ("published", "2026-01-06", True)),
        ("<p>수정 2026-01-06 14:18</p>", ("modified", "2026-01-06", True)),
        ("<p class='entry-date'>6 January 2026</p>", ("published", "2026-01-06", True)),
        ("<p class='lastmod'>6 January 2026</p>", ("modified", "2026-01-06", True)),
        ("<p>Published</p><p>6 January 2026</p>", ("published", "2026-01-06", True)),
        ("<p>Updated</p><p>6 January 2026</p>", ("modified", "2026-01-06", True)),
        ("<p>Published and last updated 6 January 2026</p>", ("published", "2026-01-06", True)),
        ("<p>Updated; first published 6 January 2026</p>", ("modified", "2026-01-06", True)),
        ("<p>令和8年1月6日</p>", ("published", "2026-01-06", False)),
        ("<p>06/01/26 | 06/01/2026</p>", ("published", "2026-01-06", False)),
    ],
)
def test_a_printed_date_is_read_with_its_meaning(html: str, expected: tuple[str, str, bool]) -> None:
    assert read(html) == [expected]


def test_dates_come_in_reading_order_with_their_distance() -> None:
    dates = found("<p>Ann</p><p>6 January 2026</p><p>Updated 7 January 2026</p>")

    assert [(one.when.day, one.steps, one.raw) for one in dates] == [
        (6, 2, "6 January 2026"), (7, 3, "Updated 7 January 2026"),
    ]  # fmt: skip


def test_the_label_of_the_date_itself_counts_before_that_of_its_neighbour() -> None:
    assert read("<p>Updated</p><p>Posted 6 January 2026</p>") == [("published", "2026-01-06", True)]


def test_a_label_does_not_reach_over_a_long_line() -> None:
    assert read("<p>Updated</p><p>It is the sixth day now: 6 January 2026</p>") == [("published", "2026-01-06", False)]


@pytest.mark.parametrize(
    "tag", ["<time datetime='{}'>6 January 2026</time>", "<abbr title='{}'><b>6 January 2026</b></abbr>"]
)
def test_the_exact_time_for_machines_is_taken(tag: str) -> None:
    (one,) = found(tag.format("2026-01-06T14:18:00+09:00"))

    assert one.when.isoformat() == "2026-01-06T14:18:00+09:00"
    assert one.raw == "2026-01-06T14:18:00+09:00"


def test_a_date_for_machines_of_another_day_is_not_believed() -> None:
    assert read("<time datetime='2020-01-01'>6 January 2026</time>") == [("published", "2026-01-06", False)]


def test_a_date_for_machines_alone_is_enough() -> None:
    assert read("<time datetime='2026-01-06'>yesterday</time>") == [("published", "2026-01-06", False)]


def test_a_date_spread_over_lines_is_put_together() -> None:
    assert read("<p><span>6</span> <span>January</span> <span>2026</span></p>") == [("published", "2026-01-06", False)]


def test_a_date_is_not_put_together_over_more_than_four_lines_or_long_ones() -> None:
    assert read("<p>6</p><p>a</p><p>b</p><p>January</p><p>2026</p>") == []
    assert read(f"<p>6 January {'and so on ' * 4}</p><p>2026</p>") == []


def test_an_ambiguous_date_stays_unread_whatever_stands_before_it() -> None:
    assert read("<p>6 January</p><p>03/05/2026</p>", language="") == []


@pytest.mark.parametrize(
    "html",
    [
        "<p>No year on 6 January</p>",
        f"<p>6 January 2026 {'and more ' * 14}</p>",
        "<div class='comment'><p>6 January 2026</p></div>",
        "<div class='related-stories'><p>Published 6 January 2026</p></div>",
        "<blockquote><p>6 January 2026</p></blockquote>",
        "<footer><p>6 January 2026</p></footer>",
    ],
)
def test_a_date_of_something_else_is_left_out(html: str) -> None:
    assert read(html) == []


def test_the_footer_of_an_article_may_hold_its_date_and_that_of_the_site_with_a_label() -> None:
    assert read("<article><footer><p>6 January 2026</p></footer></article>") == [("published", "2026-01-06", False)]
    assert read("<footer><p>Published 6 January 2026</p></footer>") == [("published", "2026-01-06", True)]


def test_far_from_the_headline_a_sidebar_needs_a_label() -> None:
    box = "<div class='sidebar'><p class='x'>{}</p></div>"

    assert read(box.format("6 January 2026")) == [("published", "2026-01-06", False)]
    assert read(box.format("6 January 2026"), marked=".x") == []
    assert read(box.format("Published 6 January 2026"), marked=".x") == [("published", "2026-01-06", True)]


def test_a_line_of_the_longest_length_is_still_read() -> None:
    text = "6 January 2026 "
    filler = "x" * (120 - len(text))

    assert len(read(f"<p>{text}{filler}</p>")) == 1
    assert read(f"<p>{text}{filler}x</p>") == []


def test_a_short_line_takes_its_label_from_the_end_of_the_line_before_it() -> None:
    assert read("<p>Updated</p><p>6 January 2026 / 06:00 UTC</p>") == [("published", "2026-01-06", False)]
    assert read("<p>Updated</p><p>6 January 2026, 06:00 CET</p>") == [("published", "2026-01-06", False)]
    assert read("<p>Updated</p><p>6 January 2026, 6:00 UTC</p>") == [("modified", "2026-01-06", True)]
    assert read(f"<p>Updated {'x' * 22}</p><p>6 January 2026</p>") == [("modified", "2026-01-06", True)]
    assert read(f"<p>Updated {'x' * 29}</p><p>6 January 2026</p>") == [("published", "2026-01-06", False)]


def test_a_line_of_thirty_letters_takes_no_day_from_the_line_before_it() -> None:
    assert read(f"<p>6 January</p><p>2026 {'x' * 24}</p>") == [("published", "2026-01-06", False)]
    assert read(f"<p>6 January</p><p>2026 {'x' * 25}</p>") == []


def test_a_long_line_is_passed_over_when_a_date_is_put_together() -> None:
    assert read(f"<p>6 January</p><p>{'x' * 40}</p><p>2026</p>") == [("published", "2026-01-06", False)]
    assert read(f"<p>6 January {'x' * 28}</p><p>{'y' * 10}</p><p>2026</p>") == []


def test_classes_up_to_the_third_box_say_what_a_date_means() -> None:
    nested = "<div class='entry-date'>{}6 January 2026</div>"

    assert read(nested.format("<p><b>")) == [("published", "2026-01-06", True)]
    assert read(nested.format("<p><b><i>")) == [("published", "2026-01-06", False)]


def test_a_label_belongs_to_the_line_right_after_it() -> None:
    assert read("<p>a</p><p>b</p><p>Updated</p><p>6 January 2026</p>") == [("modified", "2026-01-06", True)]
    assert read("<p>Updated</p><p>a</p><p>b</p><p>6 January 2026</p>") == [("published", "2026-01-06", False)]


def test_a_date_is_put_together_with_nothing_before_its_third_line_back() -> None:
    (one,) = found("<p>Ann</p><p>Tuesday</p><p>6</p><p>January</p><p>2026</p>")

    assert one.raw == "Tuesday 6 January 2026"
    assert one.when.date().isoformat() == "2026-01-06"
