"""Values of sources.yaml: what is accepted, and what it means."""

from datetime import timedelta
from pathlib import Path

import pytest
from pydantic import ValidationError

from ingest.sources.schema_models import RuleForm, SettingsForm, SourceForm

URL = "https://news.example/"
DOCUMENTATION = Path(__file__).parents[2] / "docs" / "sources.md"


def source(**values: object) -> SourceForm:
    return SourceForm.model_validate({"url": URL, **values})


def refusal(**values: object) -> str:
    with pytest.raises(ValidationError) as caught:
        source(**values)
    return str(caught.value)


@pytest.mark.parametrize(
    ("written", "interval"),
    [
        ("30m", timedelta(minutes=30)),
        (" 1.5 H ", timedelta(minutes=90)),
        ("90 s", timedelta(seconds=90)),
        ("2min", timedelta(minutes=2)),
        ("1m", timedelta(minutes=1)),
        ("1w", timedelta(days=7)),
        ("365d", timedelta(days=365)),
        ("auto", "auto"),
    ],
)
def test_an_interval_is_a_number_and_a_unit(written: str, interval: object):
    assert source(every=written).every == interval


@pytest.mark.parametrize("written", ["59s", "366d", "soon", "5", "-1h", "1h30m", ""])
def test_what_is_no_interval_between_a_minute_and_a_year_is_refused(written: str):
    assert "write " in refusal(every=written)


@pytest.mark.parametrize(
    ("written", "size"),
    [("10MB", 10_000_000), ("1.5 mb", 1_500_000), ("2kb", 2_000), ("1000", 1_000), ("1000b", 1_000), (5_000, 5_000)],
)
def test_a_size_is_a_number_of_bytes_or_has_a_unit(written: object, size: int):
    assert SettingsForm.model_validate({"max_bytes": written}).max_bytes == size


@pytest.mark.parametrize("written", ["999", "1GB", "10 XB", "", "MB"])
def test_a_size_out_of_bounds_or_without_a_number_is_refused(written: str):
    with pytest.raises(ValidationError):
        SettingsForm.model_validate({"max_bytes": written})


@pytest.mark.parametrize("url", ["news.example/feed", "ftp://news.example/", "https://", "mailto:kim@news.example"])
def test_an_address_that_cannot_be_fetched_is_refused(url: str):
    assert "write" in refusal(url=url)


def test_an_address_is_kept_as_it_was_written():
    assert source(url=" https://News.example/?b=2&a=1 ").url == "https://News.example/?b=2&a=1"


@pytest.mark.parametrize(("written", "language"), [("ko", "ko"), ("EN", "en"), ("pt-br", "pt"), ("yue", "yue")])
def test_a_language_is_its_primary_code(written: str, language: str):
    assert source(language=written).language == language


@pytest.mark.parametrize("written", ["korean", "e", "e1"])
def test_a_language_that_is_no_code_is_refused(written: str):
    assert "ISO 639-1" in refusal(language=written)


def test_a_time_zone_has_an_iana_name():
    assert source(time_zone="Asia/Seoul").time_zone == "Asia/Seoul"
    for name in ("Mars/Olympus", "../etc/passwd", ""):
        assert "IANA" in refusal(time_zone=name)


def test_an_id_pattern_compiles_and_has_a_group():
    assert source(id_pattern=r"/(\d+)").id_pattern == r"/(\d+)"
    assert "brackets" in refusal(id_pattern=r"/\d+")
    assert "regular expression" in refusal(id_pattern="(")
    assert source(id_pattern="(" + "a" * 298 + ")").id_pattern
    assert "at most" in refusal(id_pattern="(" + "a" * 299 + ")")


def test_address_ranges_are_networks_and_one_of_them_is_a_list_of_one():
    assert SettingsForm.model_validate({"allow_addresses": "10.1.2.3/8"}).allow_addresses == ("10.0.0.0/8",)
    with pytest.raises(ValidationError, match="address range"):
        SettingsForm.model_validate({"allow_addresses": ["10.0.0.0/40"]})


def test_one_selector_is_a_list_of_one():
    assert RuleForm.model_validate({"body": "#story"}).body == ("#story",)


def test_a_name_has_letters_digits_and_a_few_marks():
    assert source(name="a-1_b.c").name == "a-1_b.c"
    assert source(name="x" * 80).name == "x" * 80
    assert source(name="x").name == "x"
    for name in ("", "a b", "x" * 81):
        refusal(name=name)


def test_a_kind_is_one_of_those_that_are_named():
    assert source(kind="blogger").kind == "blogger"
    assert "write auto, feed, sitemap, listing, wordpress or blogger" in refusal(kind="robots")


def test_a_browser_is_a_path():
    assert SettingsForm.model_validate({"browser": "c"}).browser == "c"
    for path in ("", "c" * 4_097):
        with pytest.raises(ValidationError):
            SettingsForm.model_validate({"browser": path})


def test_an_unknown_key_is_refused():
    assert "knd" in refusal(knd="feed")


@pytest.mark.parametrize(
    ("key", "least", "most", "beyond"),
    [
        ("concurrency", 1, 1_000, (0, 1_001)),
        ("delay", 0, 3_600, (-1, 3_601)),
        ("connections_per_host", 1, 16, (0, 17)),
        ("deadline", 0.5, 600, (0, 601)),
    ],
)
def test_settings_have_bounds(key: str, least: float, most: float, beyond: tuple[float, float]):
    for value in (least, most):
        assert getattr(SettingsForm.model_validate({key: value}), key) == value
    for value in (*beyond, "inf", "nan"):
        with pytest.raises(ValidationError):
            SettingsForm.model_validate({key: value})


def test_a_user_agent_is_printable_ascii_and_says_something():
    for agent in ("xy", "a\nb c", "ü-bot", "x" * 301):
        with pytest.raises(ValidationError):
            SettingsForm.model_validate({"user_agent": agent})
    assert SettingsForm.model_validate({"user_agent": "bot"}).user_agent == "bot"
    assert SettingsForm.model_validate({"user_agent": "x" * 300}).user_agent


@pytest.mark.parametrize(
    ("written", "advised"), [("news.example/feed", "https://news.example/feed"), ("//", "https://example.org/feed")]
)
def test_an_address_without_a_scheme_is_answered_with_a_whole_one(written: str, advised: str):
    assert f"as in {advised}" in refusal(url=written)


@pytest.mark.parametrize("key", ["concurrency", "delay", "connections_per_host", "deadline", "max_bytes"])
def test_a_setting_that_is_not_written_is_what_the_documentation_says(key: str):
    [row] = [line for line in DOCUMENTATION.read_text().splitlines() if line.startswith(f"| `{key}` |")]
    told = row.rstrip(" |").rpartition("|")[2].strip(" `")
    assert getattr(SettingsForm(), key) == getattr(SettingsForm.model_validate({key: told}), key)


def test_a_size_may_be_as_large_as_memory_allows_and_no_larger():
    assert SettingsForm.model_validate({"max_bytes": "0.2GB"}).max_bytes == 200_000_000
    with pytest.raises(ValidationError):
        SettingsForm.model_validate({"max_bytes": "0.3GB"})
