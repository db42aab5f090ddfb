"""Pages as servers really send them: declared well, declared wrongly, not declared, broken, and no text at all."""

import re
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.errors import ExtractError
from ingest.extraction.markup import charset

KOREAN = "등대지기는 오늘도 항구의 불을 밝혔다. 어부들은 새벽에 돌아왔고 시장은 붐볐다. " * 8
JAPANESE = "灯台守は今夜も港の明かりをともした。漁師たちは夜明けに戻り、市場はにぎわった。" * 8
CHINESE = "灯塔看守人今晚又点亮了港口的灯。渔民们黎明时分归来，市场十分热闹。" * 8
TAIWANESE = "燈塔看守人今晚又點亮了港口的燈。漁民們黎明時分歸來，市場十分熱鬧。" * 8
RUSSIAN = "Смотритель маяка снова зажёг огни гавани. Рыбаки вернулись на рассвете, и рынок ожил. " * 8
FRENCH = "Le gardien du phare a rallumé les feux du port – « enfin », dit-on. Les pêcheurs sont rentrés à l’aube. " * 8
POLISH = "Latarnik znów zapalił światła portu. Rybacy wrócili o świcie, a targ ożył gwarną rozmową i śmiechem. " * 8


def page(text: str, charset_name: str = "") -> str:
    declared = f'<meta charset="{charset_name}">' if charset_name else ""
    return f"<!doctype html><html><head>{declared}<title>Harbour</title></head><body><p>{text}</p></body></html>"


DECLARED = [
    ("cp949", "euc-kr", KOREAN + "똠방각하 펲시"),
    ("cp949", "ks_c_5601-1987", KOREAN),
    ("cp932", "Shift_JIS", JAPANESE + "①㈱髙"),
    ("euc_jp", "EUC-JP", JAPANESE),
    ("iso2022_jp", "ISO-2022-JP", JAPANESE),
    ("gb18030", "gb2312", CHINESE + "朱镕基"),
    ("big5", "big5", TAIWANESE),
    ("cp1251", "windows-1251", RUSSIAN),
    ("koi8-r", "koi8-r", RUSSIAN),
    ("cp1252", "iso-8859-1", FRENCH + "“€”"),
    ("iso8859-2", "iso-8859-2", POLISH),
]


@pytest.mark.parametrize(("codec", "name", "text"), DECLARED, ids=[row[1] for row in DECLARED])
def test_what_the_meta_element_declares_is_read_as_the_larger_windows_twin(codec: str, name: str, text: str) -> None:
    assert charset.decode(page(text, name).encode(codec)) == page(text, name)


@pytest.mark.parametrize(("codec", "name", "text"), DECLARED, ids=[row[1] for row in DECLARED])
def test_what_the_header_declares_is_read(codec: str, name: str, text: str) -> None:
    assert charset.decode(page(text).encode(codec), f'text/html; Charset = "{name}"') == page(text)


@pytest.mark.parametrize(("codec", "name", "text"), DECLARED, ids=[row[1] for row in DECLARED])
def test_what_the_xml_declaration_says_is_read(codec: str, name: str, text: str) -> None:
    feed = f'<?xml version="1.0" encoding="{name}"?><rss><title>{text}</title></rss>'
    assert charset.decode(feed.encode(codec), "application/xml") == feed


@pytest.mark.parametrize(
    ("codec", "name"),
    [
        ("cp1251", "windows_1251"),
        ("cp1251", "WIN-1251"),
        ("cp866", "csIBM866"),
        ("cp866", "866"),
        ("koi8-r", "cskoi8r"),
        ("iso8859-5", "ISO_8859-5:1988"),
        ("mac-cyrillic", "x-mac-cyrillic"),
    ],
)
def test_a_name_is_known_however_it_is_spelt(codec: str, name: str) -> None:
    feed = f'<?xml version="1.0" encoding="{name}"?><rss><title>{RUSSIAN.replace("ё", "е")}</title></rss>'
    assert charset.decode(feed.encode(codec), "application/xml") == feed


@pytest.mark.parametrize(("codec", "name", "text"), DECLARED, ids=[row[1] for row in DECLARED])
def test_utf8_is_utf8_whatever_was_declared(codec: str, name: str, text: str) -> None:
    assert charset.decode(page(text, name).encode(), f"text/html; charset={name}") == page(text, name)


@pytest.mark.parametrize("wrong", ["", "utf-8", "iso-8859-1", "x-nonesuch"])
@pytest.mark.parametrize(
    ("codec", "text"),
    [("cp949", KOREAN), ("cp932", JAPANESE), ("gb18030", CHINESE), ("cp1251", RUSSIAN), ("cp1252", FRENCH)],
    ids=["korean", "japanese", "chinese", "russian", "french"],
)
def test_undeclared_and_wrongly_declared_pages_are_recognised_by_their_bytes(codec: str, text: str, wrong: str) -> None:
    content_type = f"text/html; charset={wrong}" if wrong else ""
    assert charset.decode(page(text).encode(codec), content_type) == page(text)


def test_a_latin_default_of_the_server_does_not_beat_the_page_itself() -> None:
    content = page(KOREAN, "euc-kr").encode("cp949")
    assert KOREAN in charset.decode(content, "text/html; charset=ISO-8859-1")


def test_one_broken_byte_does_not_make_a_utf8_page_latin() -> None:
    content = page(FRENCH + "QQQ", "utf-8").encode().replace(b"QQQ", b"\xe9")
    assert charset.decode(content, "text/html; charset=ISO-8859-1") == page(FRENCH + "\ufffd", "utf-8")


@pytest.mark.parametrize("codec", ["utf-8-sig", "utf-16", "utf-32"])
def test_a_byte_order_mark_decides_and_is_removed(codec: str) -> None:
    assert charset.decode(page(KOREAN, "euc-kr").encode(codec), "text/html; charset=big5") == page(KOREAN, "euc-kr")


@pytest.mark.parametrize("codec", ["utf-16-le", "utf-16-be"])
def test_utf16_without_a_mark_is_seen_by_its_zeros(codec: str) -> None:
    assert charset.decode(page(FRENCH).encode(codec)) == page(FRENCH)


@pytest.mark.parametrize("name", ["utf-7", "rot13", "zlib_codec", "idna", "unicode_escape", "undefined", "hex", "mbcs"])
def test_python_codecs_that_are_no_character_encodings_are_not_looked_up(name: str) -> None:
    content = page(r"plain \u0041 +ADw-script+AD4-", name).encode()
    assert charset.decode(content, f"text/html; charset={name}") == content.decode()
    assert charset.declared(content, f"text/html; charset={name}") == []


def test_a_few_broken_bytes_become_replacement_characters() -> None:
    content = (
        page("Good text around it. QQQ And on it goes.", "utf-8").encode().replace(b"QQQ", b"\xff\xc3\x28\xed\xa0\x80")
    )
    text = charset.decode(content)
    assert "Good text around it. \ufffd" in text
    assert "And on it goes." in text


def test_a_page_cut_in_the_middle_of_a_character_keeps_the_rest() -> None:
    cut = page(KOREAN).encode()[: len(page("")) + 100]
    assert charset.decode(cut, "text/html; charset=utf-8").startswith(page(KOREAN)[:80])


def test_nul_characters_are_removed() -> None:
    assert charset.decode(b"<p>one\0two</p>") == "<p>onetwo</p>"


def test_terminal_escapes_do_not_make_a_page_japanese() -> None:
    text = page("Preis: 5 € \x1b[31m rot \x1b$")
    assert charset.decode(text.encode()) == text


def test_the_empty_page_is_the_empty_text() -> None:
    assert charset.decode(b"") == ""


@pytest.mark.parametrize(
    "content",
    [
        b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 40,
        b"\x1f\x8b\x08\0" + bytes(range(255, 0, -1)) * 9,
        b"%PDF-1.7\n\0\xff" * 99,
    ],
    ids=["png", "gzip", "pdf"],
)
def test_bytes_that_are_no_text_are_refused(content: bytes) -> None:
    with pytest.raises(ExtractError) as failure:
        charset.decode(content, "text/html; charset=utf-8")
    assert failure.value.code == "encoding"


@given(st.binary(max_size=400), st.sampled_from(["", "text/html; charset=euc-kr", "charset=utf-16", "charset=gb2312"]))
def test_any_bytes_give_storable_text_or_the_one_error(content: bytes, content_type: str) -> None:
    with suppress(ExtractError):
        text = charset.decode(content, content_type)
        assert not re.search("[\0\ud800-\udfff]", text)
        assert text.encode().decode() == text


BAIT = [b"<meta " * 200_000, b"<meta charset" * 80_000, b"<?xml " + b" " * 900_000, b" " * 999_999]


@pytest.mark.parametrize("bait", BAIT, ids=["meta", "charset", "xml", "spaces"])
def test_declarations_are_looked_for_in_the_beginning_only(bait: bytes) -> None:
    assert charset.decode(bait + b"\xc4\xe8").startswith(bait[:100].decode())


def test_a_few_stray_bytes_do_not_make_a_declared_utf_8_page_another():
    def text(stray: int) -> str:
        return charset.decode("é".encode() + b"\xff " * stray + b"plain", "text/html; charset=utf-8")

    assert text(8).startswith("é\N{REPLACEMENT CHARACTER} ")
    assert not text(9).startswith("é\N{REPLACEMENT CHARACTER} ")


def test_one_broken_character_is_forgiven_in_any_declared_encoding():
    korean = "다리" * 10
    assert charset.decode(korean.encode("cp949") + b"\xff", "text/html; charset=euc-kr").startswith(korean)


def test_one_broken_character_in_fifty_is_forgiven_in_a_long_page():
    korean = "다" * 98
    content = korean.encode("cp949") + b"\xff a\xff b"
    broken = f"{korean}# a# b".replace("#", "\N{REPLACEMENT CHARACTER}")
    assert charset.decode(content, "text/html; charset=euc-kr") == broken


def test_control_characters_make_bytes_binary_above_one_in_fifty():
    def content(controls: int) -> bytes:
        return b"\xe9" + b"a" * (99 - controls) + b"\x01" * controls

    assert charset.decode(content(2))
    with pytest.raises(ExtractError) as caught:
        charset.decode(content(3))
    assert caught.value.code == "encoding"


def test_a_declaration_is_looked_for_in_the_first_eight_thousand_bytes():
    def declared_at(start: int) -> list[str]:
        return charset.declared(b" " * start + b"<meta charset=koi8-r>")

    assert declared_at(8_192 - 21) == ["koi8-r"]
    assert declared_at(8_192) == []


def test_the_header_is_read_to_its_five_hundredth_character():
    assert charset.declared(b"", "text/html;" + " " * 476 + "charset=koi8-r") == ["koi8-r"]
    assert charset.declared(b"", "text/html;" + " " * 500 + "charset=koi8-r") == []


def test_two_broken_characters_in_a_short_page_are_not_forgiven():
    korean = "다리" * 10
    assert not charset.decode(korean.encode("cp949") + b"\xff \xff ", "text/html; charset=euc-kr").startswith(korean)


def test_a_declared_latin_page_may_have_half_of_its_accents_in_a_row():
    page = "café été ÄÖÜß x é"
    assert charset.decode(page.encode("latin-1"), "text/html; charset=iso-8859-1") == page
