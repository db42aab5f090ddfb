import pytest

from ingest.article import cleaning
from ingest.dedup import fingerprint

TEXT = (
    "The harbour master of Lund opened the new lock on Tuesday, and forty boats went through before noon. "
    'Fishermen had waited nine years for it; "it was worth the wait", said one of them, tying up at the quay.'
)
KOREAN = (
    "항구 도시의 새 수문이 화요일에 열렸다. 정오 전까지 배 마흔 척이 지나갔고 어부들은 아홉 해를 기다렸다고 말했다. "
    * 3
)


def test_line_breaks_quotation_marks_and_case_make_no_other_text() -> None:
    other = TEXT.replace('"', "”").replace(". ", ".\n\n").replace("Lund", "LUND").replace(", ", " — ")
    assert fingerprint.text_hash(other) == fingerprint.text_hash(TEXT)


def test_full_width_forms_and_spacing_make_no_other_cjk_text() -> None:
    text = "새 수문 12개가 열렸다. " * 20
    assert fingerprint.text_hash(text.replace("12", "１２").replace(" ", "")) == fingerprint.text_hash(text)


def test_another_number_makes_another_text() -> None:
    assert fingerprint.text_hash(TEXT.replace("forty", "fifty")) != fingerprint.text_hash(TEXT)
    assert fingerprint.text_hash(KOREAN + "3도") != fingerprint.text_hash(KOREAN + "4도")


def test_texts_too_short_to_be_told_apart_have_no_hash() -> None:
    assert fingerprint.text_hash("Subscribe to read on.") == ""
    assert fingerprint.text_hash("구독하면 계속 읽을 수 있습니다.") == ""
    assert fingerprint.text_hash("") == ""
    assert fingerprint.text_hash(KOREAN)


def test_a_text_keeps_the_hash_that_databases_hold_of_it() -> None:
    latin = "Boats_left the-pier… at 9 o'clock, Ærø ﬁne!\n" * 6
    assert fingerprint.text_hash(latin) == "d950e769f9952eb3c40d67e1b7e599d3"
    assert fingerprint.text_hash("집중호우가 서울에 내렸다. " * 20) == "5ce678c45162f0972d3373285c08aa27"


def test_any_visible_edit_changes_the_content_hash() -> None:
    before = fingerprint.content_hash("A title", TEXT)
    assert fingerprint.content_hash("A title!", TEXT) != before
    assert fingerprint.content_hash("A title", TEXT.replace("nine", "ten")) != before
    assert fingerprint.content_hash("A", "title " + TEXT) != before


def test_white_space_does_not_change_the_content_hash() -> None:
    assert fingerprint.content_hash(" A  title", TEXT.replace(". ", ".\n\n")) == fingerprint.content_hash(
        "A title", TEXT
    )


def test_broken_characters_can_be_hashed() -> None:
    assert fingerprint.content_hash("\ud800", TEXT) != fingerprint.content_hash("", TEXT)


@pytest.mark.parametrize("title", ["Plain", "x" * 1_500, "Tide\u202e turns\x07", "half \ud83d a pair"])
def test_the_hash_can_be_computed_again_from_what_is_stored(title: str) -> None:
    text = TEXT + "\x9b\u2067\ud800"
    stored = cleaning.one_line(title, cleaning.TITLE), cleaning.prose(text)
    assert fingerprint.content_hash(*stored) == fingerprint.content_hash(title, text)


def test_as_many_cjk_letters_as_are_needed_suffice_and_one_less_does_not() -> None:
    letters = "港" * fingerprint.MIN_CJK_LETTERS
    assert fingerprint.text_hash(letters)
    assert fingerprint.text_hash(letters[1:]) == ""


def test_a_text_of_words_that_quotes_chinese_is_counted_by_its_words() -> None:
    words = "лодка " * fingerprint.MIN_WORDS
    letters = len(words.replace(" ", ""))
    assert fingerprint.text_hash(words + "港" * (letters // 3))
    assert fingerprint.text_hash(words + "港" * 20)


def test_as_many_words_as_are_needed_suffice_and_one_less_does_not() -> None:
    assert fingerprint.text_hash("boat " * fingerprint.MIN_WORDS)
    assert fingerprint.text_hash("boat " * (fingerprint.MIN_WORDS - 1)) == ""


def test_a_text_that_is_half_chinese_and_half_words_is_counted_by_its_words() -> None:
    assert fingerprint.text_hash("до " * 40 + "港" * 80)
    assert fingerprint.text_hash("до " * 40 + "港" * 81) == ""
