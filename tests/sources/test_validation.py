"""Mistakes of a file with line and key, and the sources of one without."""

import pytest

from ingest.sources.validation import Validator, free_name
from ingest.sources.yaml_lines import parse_yaml


def validated(text: str, *, none_yet: bool = False) -> tuple[list[str], list[str]]:
    """Names of the sources, and mistakes."""
    validator = Validator(parse_yaml(text, "s.yaml"), none_yet=none_yet)
    sources = validator.sources(validator.settings())
    return [source.name for source in sources], [str(mistake) for mistake in validator.mistakes]


@pytest.mark.parametrize(
    ("url", "taken", "name"),
    [
        ("https://www.news.example/feed", [], "news.example"),
        ("https://news.example/feed/x.xml", ["news.example"], "news.example-feed-x.xml"),
        ("https://news.example/feed", ["news.example", "news.example-feed"], "news.example-feed-2"),
        ("https://news.example/", ["news.example", "news.example-2"], "news.example-3"),
        ("news", [], "source"),
    ],
)
def test_a_source_without_a_name_is_called_after_its_host(url: str, taken: list[str], name: str):
    assert free_name(url, taken) == name


@pytest.mark.parametrize("text", ["", "sources:\n", "sources: []\n", "settings: {delay: 1}\n"])
def test_a_file_without_sources_is_a_mistake_unless_there_need_be_none_yet(text: str):
    assert validated(text, none_yet=True) == ([], [])
    names, mistakes = validated(text)
    assert names == []
    assert "write" in mistakes[0]


@pytest.mark.parametrize("text", ["sources: 7\n", "sources: {a: b}\n"])
def test_sources_that_are_no_list_are_a_mistake_in_any_case(text: str):
    assert len(validated(text, none_yet=True)[1]) == 1


def test_a_mistake_is_named_by_its_source_or_by_the_number_of_one_without_a_name():
    _, mistakes = validated(
        "sources:\n  - name: one\n    url: https://a.example/\n    every: x\n  - url: b\n  - 7\n"
        "  - https://c.example/\n  - nonsense\n"
    )
    assert [mistake.partition(": write")[0] for mistake in mistakes] == [
        "s.yaml:4: one: every",
        "s.yaml:5: source 2: url",
        "s.yaml:6: source 3: url",
        "s.yaml:8: source 5: url",
    ]


def test_what_a_source_says_wins_over_the_settings():
    text = (
        "settings: {time_zone: Asia/Tokyo, keep_raw: none}\n"
        "sources:\n  - {url: https://a.example/, time_zone: Asia/Seoul, keep_raw: latest}\n  - https://b.example/\n"
    )
    validator = Validator(parse_yaml(text, "s.yaml"), none_yet=False)
    own, other = validator.sources(validator.settings())
    assert (own.time_zone, own.keep_raw) == ("Asia/Seoul", "latest")
    assert (other.time_zone, other.keep_raw) == ("Asia/Tokyo", "none")


def test_in_a_file_that_is_only_a_list_entries_are_counted_alike():
    _, mistakes = validated("- https://a.example/\n- name: b\n  url: b\n")
    assert [mistake.partition(": write")[0] for mistake in mistakes] == ["s.yaml:3: b: url"]


def test_two_sources_of_one_name_are_a_mistake():
    _, mistakes = validated("- {name: a, url: https://a.example/}\n- {name: a, url: https://b.example/}\n")
    assert mistakes == ["s.yaml:2: a: name: a is another source's name: choose one of its own"]


def test_a_line_is_reported_once():
    _, mistakes = validated("- url: https://a.example/\n  extract:\n    body: #story\n    body: p\n")
    assert len(mistakes) == 2, "the swallowed selector and the key written twice, and neither a second time"


def test_an_unknown_key_of_an_inner_part_is_compared_with_the_keys_of_that_part():
    _, mistakes = validated("- url: https://a.example/\n  listing:\n    itm: li\n  extract:\n    lst: p\n")
    assert "did you mean item?" in mistakes[0]
    assert "did you mean list?" not in mistakes[1]


def test_a_wrong_value_of_an_inner_part_is_named_by_its_keys():
    _, mistakes = validated("- url: https://a.example/\n  listing:\n    item: [li]\n  extract:\n    time_zone: Mars\n")
    assert sorted(mistake.split(": ")[2] for mistake in mistakes) == ["extract.time_zone", "listing.item"]


def test_a_part_that_is_no_mapping_is_one_mistake():
    _, mistakes = validated("- url: https://a.example/\n  listing: ul\n")
    assert mistakes == ["s.yaml:2: source 1: listing: write keys and values below it, indented (not 'ul')"]


def test_a_rule_may_have_a_time_zone_of_its_own():
    with_zone = "- url: https://a.example/\n  extract: {body: p, time_zone: Asia/Seoul}\n"
    text = with_zone + "- url: https://b.example/\n  extract: {body: p}\n"
    validator = Validator(parse_yaml(text, "s.yaml"), none_yet=False)
    rules = [source.rule for source in validator.sources(validator.settings())]
    assert [rule and rule.time_zone for rule in rules] == ["Asia/Seoul", ""]


def test_selectors_of_a_listing_are_compiled():
    _, mistakes = validated("- url: https://a.example/\n  listing:\n    item: 'li['\n    list: ul\n")
    assert len(mistakes) == 1
    assert mistakes[0].startswith("s.yaml:3: source 1: listing.item")


def test_unknown_keys_of_the_file_and_of_its_settings_are_named():
    _, mistakes = validated("setings: {}\nsources: [https://a.example/]\n")
    assert mistakes == ["s.yaml:1: setings: unknown key: did you mean settings?"]
    _, mistakes = validated("settings:\n  dely: 1\nsources: [https://a.example/]\n")
    assert mistakes == ["s.yaml:2: settings.dely: unknown key: did you mean delay?"]
