import pytest
from selectolax.lexbor import LexborHTMLParser

from ingest.extraction.body import lines as module
from ingest.extraction.body.lines import closes, closing, dropped, lines, signed


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


def test_breaks_between_blocks_make_no_empty_lines() -> None:
    assert of("<br><br><div><p>one</p></div><br>two") == ["one", "two"]


def test_what_is_skipped_is_not_read() -> None:
    tree = LexborHTMLParser("<p>one</p><p class=x>two <b>three</b></p>")
    skip = {node.mem_id for node in tree.css(".x")}
    assert [line.text for line in lines(tree.css("body"), skip)] == ["one"]


def test_a_line_knows_the_leaves_that_it_is_made_of() -> None:
    tree = LexborHTMLParser("<p>one <b>two</b></p>")
    (line,) = lines(tree.css("p"))
    paragraph = tree.css_first("p")
    assert paragraph.child is not None
    bold = tree.css_first("b").child
    assert bold is not None
    assert line.ids == (paragraph.child.mem_id, bold.mem_id)


def test_dropped_words_take_their_line_and_only_before_the_cut() -> None:
    found = lines(LexborHTMLParser("<p>☞ one</p><p>two</p><p>▶ three</p><p>End</p><p>☞ four</p>").css("body"))
    gone = dropped(found, drop_text=("▶", "☞"), cut_at=("Stop", "End"))
    assert [(line.text, by) for line, by in gone.items()] == [
        ("☞ one", "drop_text ☞"),
        ("▶ three", "drop_text ▶"),
        ("End", "cut_at End"),
        ("☞ four", "cut_at End"),
    ]


def test_nothing_is_dropped_without_words() -> None:
    assert dropped(lines(LexborHTMLParser("<p>one</p>").css("body"))) == {}


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("도쿄=김하늘·이바다 특파원 sky@example.com", ("김하늘", "이바다")),
        ("[김하늘 기자]", ("김하늘",)),
        ("[세종=김하늘 선임기자]", ("김하늘",)),
        ("ⓒ 무단 전재 금지", ()),
    ],
)
def test_names_that_sign(line: str, names: tuple[str, ...]) -> None:
    assert signed(lines(LexborHTMLParser(f"<p>{line}</p>").css("body"))) == names


def test_a_long_line_closes_nothing() -> None:
    assert closes("ⓒ 새벽일보, " + "무단 전재 금지 " * 10)
    assert not closes("저작권자 " + "새벽일보 " * 20 + "무단 전재 " + "및 재배포 금지 " * 12)


@pytest.mark.parametrize("line", ["좋아요 12개", "1,024 개", "훈훈해요", "sky@example.com"])
def test_reactions_and_addresses_close(line: str) -> None:
    assert closes(line)


def test_only_korean_and_japanese_texts_are_closed_by_such_lines() -> None:
    for text, closed in (("글이다.", 1), ("記事です。", 1), ("A text.", 0), ("一篇文章。", 0)):
        found = lines(LexborHTMLParser(f"<p>{text}</p><p>sky@example.com</p>").css("body"))
        assert len(closing(found)) == closed
