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


def test_the_script_is_judged_by_the_first_thousand_characters() -> None:
    assert language.detect("x " * 500 + "다" * 2_000) == ""
    assert language.detect("x " * 400 + "다" * 2_000) == ""
    assert language.detect("x " * 200 + "다" * 2_000) == "ko"


def test_words_are_counted_in_the_first_three_thousand_characters() -> None:
    assert language.detect("zz " * 1_000 + ENGLISH) == ""
    assert language.detect("zz " * 900 + ENGLISH) == "en"


def test_three_frequent_words_name_a_language_and_two_do_not() -> None:
    assert language.detect("the of quay") == ""
    assert language.detect("the of and quay") == "en"


def test_twenty_frequent_words_of_another_language_overrule_a_declaration() -> None:
    assert language.detect("the " * 19, "de") == "de"
    assert language.detect("the " * 20, "de") == "en"


def test_they_overrule_it_only_if_they_are_more_than_four_times_its_own() -> None:
    assert language.detect("the " * 20 + "und " * 5, "de") == "de"
    assert language.detect("the " * 21 + "und " * 5, "de") == "en"


def test_a_declared_language_that_cannot_be_told_from_its_words_is_believed() -> None:
    assert language.detect(ENGLISH * 5, "eo") == "eo"
    assert language.detect(ENGLISH, "ko") == "ko"


def test_of_languages_in_one_script_the_declared_one_is_believed() -> None:
    assert language.detect("Совет заявил, что мост в этом году не построят.", "uk") == "uk"


def test_half_the_letters_in_another_script_decide() -> None:
    assert language.detect("ab다리") == "ko"
    assert language.detect("abc다리") == ""


def test_kana_among_the_characters_make_a_text_japanese() -> None:
    assert language.detect("市" * 19 + "の") == "zh"
    assert language.detect("市" * 18 + "の") == "ja"


@pytest.mark.parametrize(
    ("letters", "code"), [("가가가", "ko"), ("힣힣힣", "ko"), ("一一一", "zh"), ("กกก", "th"), ("ԱԱԱ", "hy")]
)
def test_the_first_and_last_letters_of_a_script_belong_to_it(letters: str, code: str) -> None:
    assert language.detect(letters) == code


def test_many_scripts_at_once_are_no_language() -> None:
    assert language.detect("다리" + "กก" + "אא" + "აა") == ""


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Съветът заяви, че няма да построи моста и че парите са за училищата.", "bg"),
        ("Дом, лес.", "ru"),
        ("Усе дома ў горадзе", "be"),
        ("یہ بڑے لڑکے ہیں", "ur"),
    ],
)
def test_letters_and_words_part_the_languages_of_one_script(text: str, code: str) -> None:
    assert language.detect(text) == code
