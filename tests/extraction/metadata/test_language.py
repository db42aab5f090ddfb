from __future__ import annotations

import pytest

from ingest.extraction.metadata import language

ENGLISH = "The council said that it will not build the bridge this year, and that the money is for the schools."


@pytest.mark.parametrize(
    ("value", "code"),
    [
        ("en-US", "en"),
        ("de_DE", "de"),
        ("Deutsch", "de"),
        ("kr", "ko"),
        ("iw", "he"),
        ("zh-Hant-TW", "zh"),
        ("x-default", ""),
        ("{{lang}}", ""),
        ("", ""),
    ],
)
def test_a_declared_language_becomes_its_code(value: str, code: str) -> None:
    assert language.declared(value) == code


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (ENGLISH, "en"),
        ("Der Rat hat die Brücke nicht gebaut, weil das Geld für die Schulen ist und auch so bleibt.", "de"),
        (
            "Le conseil a dit que le pont ne sera pas construit cette année, mais que les écoles sont pour plus tard.",
            "fr",
        ),
        ("El consejo dice que no se va a construir el puente este año, y que los fondos son para las escuelas.", "es"),
        ("O conselho disse que não vai construir a ponte este ano, mas os fundos são para as escolas.", "pt"),
        ("Il consiglio ha detto che il ponte non è per questo anno, e che i fondi sono della scuola.", "it"),
        ("De raad zegt dat het geld voor de scholen is en dat er dit jaar geen brug wordt gebouwd.", "nl"),
        ("Rada powiedziała, że nie zbuduje mostu w tym roku, ale pieniądze są dla szkół i to się nie zmieni.", "pl"),
        ("Hội đồng nói rằng năm nay không có cầu và tiền là của các trường trong một năm.", "vi"),
        ("시의회는 올해 다리를 짓지 않겠다고 밝혔다.", "ko"),
        ("市議会は今年橋を建てないと述べた。", "ja"),
        ("市议会表示今年不会修建这座桥。", "zh"),
        ("Совет заявил, что мост в этом году не построят, но школы получат деньги; это был бы первый мост.", "ru"),
        ("Рада заявила, що міст цього року не збудують, її гроші підуть школам.", "uk"),
        ("قال المجلس إنه لن يبني الجسر هذا العام.", "ar"),
        ("شورا گفت که امسال پل نمی‌سازد و پول برای مدرسه است، چگونه؟", "fa"),
        ("המועצה אמרה שלא תבנה את הגשר השנה.", "he"),
        ("Το συμβούλιο είπε ότι δεν θα χτίσει τη γέφυρα.", "el"),
        ("परिषद ने कहा कि इस साल पुल नहीं बनेगा।", "hi"),
        ("12345", ""),
        ("", ""),
    ],
)
def test_an_undeclared_language_is_told_from_the_text(text: str, code: str) -> None:
    assert language.detect(text) == code


def test_the_declaration_counts_before_the_text() -> None:
    assert language.detect("Café, Hotel, Restaurant", "fr-FR") == "fr"


def test_a_template_cannot_declare_a_korean_text_english() -> None:
    assert language.detect("시의회는 올해 다리를 짓지 않겠다고 밝혔다.", "en") == "ko"


def test_some_foreign_words_do_not_overrule_the_declaration() -> None:
    assert language.detect(ENGLISH + " (東京)", "en") == "en"


@pytest.mark.parametrize(
    "text", ["“The” boat of and—to in… that ‘for’ it’s\xa0with ", "The boat of Orléans and to in that for it with "]
)
def test_a_text_whose_frequent_words_are_all_of_another_language_overrules_the_declaration(text: str) -> None:
    assert language.detect(text * 5, "de") == "en"


def test_an_impossible_declaration_is_ignored() -> None:
    assert language.detect(ENGLISH, "undefined") == "en"
