"""The same care for every language: one news page in each, read from its bytes, however its encoding is declared.

`tests/test_goldens.py` reads the pages of ``languages/`` as such. They name nothing by class: that the byline, the
date, the caption, the related links, the share bar, the newsletter box and the comments are none of the text is to be
seen by structure and by the words that stand there in each language.
"""

from pathlib import Path

import pytest

from ingest.run.extract import extract_page

PAGES = Path(__file__).parent / "languages"
LANGUAGES = ("ar", "de", "es", "fr", "hi", "ja", "ko", "pt", "ru", "zh-hans", "zh-hant")

#: Page, what it is written in, what its meta element says, what the server says.
WRONGLY_DECLARED = [
    ("ko", "cp949", "utf-8", ""),
    ("ko", "cp949", "euc-kr", "utf-8"),
    ("ko", "cp949", "", "iso-8859-1"),
    ("ko", "utf-8", "euc-kr", ""),
    ("ja", "cp932", "utf-8", ""),
    ("ja", "euc_jp", "shift_jis", ""),
    ("ja", "euc_jp", "", "iso-8859-1"),
    ("ja", "cp932", "euc-jp", ""),
    ("zh-hans", "gb18030", "gb2312", ""),
    ("zh-hans", "gb18030", "utf-8", "utf-8"),
    ("zh-hans", "utf-8", "gbk", "gbk"),
    ("zh-hant", "big5", "utf-8", ""),
    ("zh-hant", "big5", "", "iso-8859-1"),
    ("ru", "cp1251", "iso-8859-1", ""),
    ("ru", "cp1251", "utf-8", "utf-8"),
    ("ru", "koi8-r", "koi8-r", "utf-8"),
    ("ar", "cp1256", "iso-8859-1", ""),
    ("ar", "cp1256", "utf-8", ""),
    ("ar", "cp1256", "windows-1256", "utf-8"),
    ("de", "cp1252", "utf-8", ""),
    ("fr", "cp1252", "iso-8859-1", "utf-8"),
    ("es", "utf-8", "iso-8859-1", "iso-8859-1"),
    ("hi", "utf-8", "windows-1252", ""),
    ("ja", "utf-8-sig", "shift_jis", "euc-jp"),
    ("ru", "utf-16", "utf-8", ""),
]


def read(name: str) -> str:
    return (PAGES / f"{name}.html").read_text(encoding="utf-8")


def test_every_language_has_a_page() -> None:
    assert sorted(page.stem for page in PAGES.glob("*.html")) == sorted(LANGUAGES)


@pytest.mark.parametrize("language", LANGUAGES)
def test_everything_is_known_of_the_page_and_it_is_told_who_answered(language: str) -> None:
    article = extract_page(read(language), f"https://{language}.example.com/2026/03/17/bridge.html")
    assert len(article.authors) == 1
    assert article.published is not None
    assert article.published.isoformat() == "2026-03-17T09:20:00+00:00"
    assert article.language == language[:2]
    assert article.page_type == "article"
    assert len(article.text.split("\n\n")) == 6  # standfirst, four paragraphs, a heading
    assert article.origins["body"] == "generic"


@pytest.mark.parametrize(("language", "codec", "meta", "header"), WRONGLY_DECLARED, ids=lambda value: value or "-")
def test_a_wrong_declaration_changes_nothing(language: str, codec: str, meta: str, header: str) -> None:
    page = read(language)
    declared = page.replace('<meta charset="utf-8">', f'<meta charset="{meta}">' if meta else "")
    content_type = f"text/html; charset={header}" if header else "text/html"
    article = extract_page(declared.encode(codec, "xmlcharrefreplace"), content_type=content_type)
    expected = extract_page(page)
    assert (article.title, article.authors, article.text) == (expected.title, expected.authors, expected.text)
