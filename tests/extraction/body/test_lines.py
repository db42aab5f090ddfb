import pytest
from selectolax.lexbor import LexborHTMLParser

from ingest.extraction.body import lines as module
from ingest.extraction.body.lines import closing, dropped, lines


def of(html: str) -> list[str]:
    return [line.text for line in lines(LexborHTMLParser(html).css("body"))]


def test_blocks_and_breaks_part_lines_and_inline_elements_do_not() -> None:
    assert of("one <b>two</b><br>three<p>four <a>five</a></p>six") == ["one two", "three", "four five", "six"]


def test_scripts_comments_and_readings_are_not_read() -> None:
    assert of("<script>x</script><!-- y --><ruby>海<rt>うみ</rt></ruby>") == ["海"]


def test_line_of_a_picture_has_no_text() -> None:
    assert of("<p>one</p><p><img src=x></p>") == ["one", ""]


def test_words_that_cut_must_begin_the_line() -> None:
    found = lines(LexborHTMLParser("<p>See Hot news</p><p>Hot news today</p><p>More</p>").css("body"))
    gone = dropped(found, cut_at=("Hot news",))
    assert [(line.text, by) for line, by in gone.items()] == [
        ("Hot news today", "cut_at Hot news"),
        ("More", "cut_at Hot news"),
    ]


def test_closing_lines_are_passed_through_pictures_and_end_at_the_text() -> None:
    signature, rights = "<p>김하늘 기자 a@example.com</p>", "<p>ⓒ 무단 전재 금지</p>"
    html = f"{signature}<p>글이다.</p>{signature}<img src=x>{rights}"
    found = lines(LexborHTMLParser(html).css("body"))
    assert [line.text for line in closing(found)] == ["ⓒ 무단 전재 금지", "김하늘 기자 a@example.com"]


BAIT = [
    "가" * 10**6,
    "가·" * 500_000,
    "a" * 10**6 + "@",
    "ⓒ" * 10**6,
    "無断転載" * 250_000,
    "[" * 10**6,
    "가= " * 300_000,
]


@pytest.mark.parametrize("bait", BAIT, ids=range(len(BAIT)))
@pytest.mark.parametrize("name", ["_EMAIL", "_KOREAN_BYLINE", "_SIGNATURE", "_RIGHTS"])
def test_patterns_come_to_an_end_on_a_megabyte_of_bait(name: str, bait: str) -> None:
    assert getattr(module, name).fullmatch(bait) is None
