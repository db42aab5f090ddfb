"""sources.yaml: what an operator writes, and what is said of mistakes."""

import json
from datetime import timedelta
from pathlib import Path

import pytest

from ingest.errors import SourcesError
from ingest.model import Source
from ingest.sources import Configuration, json_schema, load, parse


def mistakes(text: str) -> list[str]:
    with pytest.raises(SourcesError) as caught:
        parse(text)
    return [str(mistake) for mistake in caught.value.mistakes]


def only(text: str) -> Source:
    (source,) = parse(text).sources
    return source


def test_a_bare_address_is_a_source():
    source = only("sources:\n  - https://www.example.org/feed\n")
    assert (source.name, source.url, source.kind) == ("example.org", "https://www.example.org/feed", "auto")


def test_the_whole_file_may_be_a_list_of_addresses():
    found = parse("- https://a.example/\n- https://b.example/\n").sources
    assert [source.name for source in found] == ["a.example", "b.example"]


def test_two_addresses_of_one_host_get_different_names():
    found = parse("sources: [https://a.example/x.xml, https://a.example/y.xml]").sources
    assert [source.name for source in found] == ["a.example", "a.example-y.xml"]


def test_everything_that_can_be_said_of_a_source():
    source = only(
        """
sources:
  - name: donga
    url: https://rss.donga.com/total.xml
    kind: feed
    every: 30m
    language: ko
    time_zone: Asia/Seoul
    keep_raw: latest
    id_pattern: /article/all/\\d+/(\\d+)
    retry_scope: source
    content: feed
    tags: [korea, daily]
    extract:
      title: h1
      body: ["section.news_view", ".article_txt"]
      drop: .ad
"""
    )
    assert source.every == timedelta(minutes=30)
    assert (source.language, source.time_zone, source.keep_raw, source.retry_scope) == (
        "ko",
        "Asia/Seoul",
        "latest",
        "source",
    )
    assert source.tags == ("korea", "daily")
    assert source.feed_content
    assert source.rule is not None
    assert source.rule.title == ("h1",)
    assert source.rule.body == ("section.news_view", ".article_txt")


def test_settings_reach_the_sources():
    configuration = parse(
        "settings:\n  time_zone: Asia/Tokyo\n  keep_raw: none\n  max_bytes: 2MB\n  delay: 0\n"
        "  allow_addresses: 127.0.0.0/8\nsources:\n  - https://a.example/\n"
    )
    assert configuration.settings.max_bytes == 2_000_000
    assert configuration.settings.delay == 0
    assert configuration.settings.allow_addresses == ("127.0.0.0/8",)
    assert (configuration.sources[0].time_zone, configuration.sources[0].keep_raw) == ("Asia/Tokyo", "none")


def test_every_auto_follows_the_source():
    assert only("sources:\n  - url: https://a.example/\n    every: auto\n").every is None


def test_all_mistakes_come_at_once_with_line_key_and_what_to_write():
    found = mistakes(
        """settings:
  delay: soon
  concurency: 3
sources:
  - name: one
    url: https://one.example/
    every: often
  - name: two
    knd: feed
    url: two.example/feed
  - name: one
    url: ftp://three.example/
    kind: rss
    time_zone: Mars/Olympus
    extract:
      titel: h1
      body: "div["
"""
    )
    assert found == [
        "sources.yaml:2: settings.delay: write a number (not 'soon')",
        "sources.yaml:3: settings.concurency: unknown key: did you mean concurrency?",
        "sources.yaml:7: one: every: write a number and m, h or d, as in 30m, or auto (not 'often')",
        "sources.yaml:9: two: knd: unknown key: did you mean kind?",
        "sources.yaml:10: two: url: write the whole address, as in https://two.example/feed (not 'two.example/feed')",
        *found[5:],
    ]
    rest = "\n".join(found[5:])
    for line in (12, 13, 14, 16):
        assert f"sources.yaml:{line}: one" in rest
    assert "did you mean title?" in rest
    assert "IANA" in rest
    assert "auto, feed, sitemap" in rest.replace(" or ", ", ")


def test_selectors_that_do_not_compile_are_named():
    found = mistakes("sources:\n  - name: a\n    url: https://a.example/\n    extract:\n      body: 'div['\n")
    assert found[0].startswith("sources.yaml:5: a: extract.body")
    assert "div[" in found[0]


def test_a_selector_taken_for_a_comment_is_noticed():
    found = mistakes("sources:\n  - name: a\n    url: https://a.example/\n    extract:\n      body: #story\n")
    assert found == ["sources.yaml:5: a: extract.body: '#' begins a comment in YAML: write \"#story\" in quotes"]


def test_a_selector_taken_for_a_comment_is_noticed_in_a_list():
    found = mistakes("sources:\n  - url: https://a.example/\n    extract:\n      body:\n        - #story\n")
    assert len(found) == 1
    assert found[0].startswith("sources.yaml:5:")


def test_norwegian_is_no_boolean():
    assert only("sources:\n  - url: https://a.example/\n    language: no\n").language == "no"


def test_a_clock_time_is_no_number():
    found = mistakes("sources:\n  - url: https://a.example/\n    every: 12:30\n")
    assert "(not '12:30')" in found[0]


def test_a_key_written_twice_is_a_mistake():
    found = mistakes("sources:\n  - url: https://a.example/\n    every: 1h\n    every: 2h\n")
    assert found == ["sources.yaml:4: source 1: every: written twice (first in line 3): keep one of them"]


@pytest.mark.parametrize("text", ["", "sources:\n", "sources: []\n", "hello\n", "settings: {}\n"])
def test_a_file_without_sources_says_what_to_write(text):
    assert any("sources" in mistake and "write" in mistake for mistake in mistakes(text))


def test_broken_yaml_names_its_line():
    found = mistakes("sources:\n  - name: a: b\n    url: https://a.example/\n")
    assert found[0].startswith("sources.yaml:2: not YAML")
    assert "quotes" in found[0]


def test_a_source_and_the_browser_it_needs_are_read():
    read = parse(
        "settings: {browser: /opt/chrome}\nsources: [{url: https://a.example/, render: true}, https://b.example/]\n"
    )
    assert read.settings.browser == "/opt/chrome"
    assert [source.render for source in read.sources] == [True, False]


def test_a_missing_file_says_what_to_do(tmp_path: Path):
    with pytest.raises(SourcesError, match="--sources"):
        load(tmp_path / "none.yaml")


def test_a_byte_order_mark_does_not_matter(tmp_path: Path):
    path = tmp_path / "sources.yaml"
    path.write_bytes(b"\xef\xbb\xbfsources:\n  - https://a.example/\n")
    assert load(path).sources[0].name == "a.example"


def test_selectors_are_checked_where_an_entry_has_other_mistakes_too():
    with pytest.raises(SourcesError) as caught:
        parse(
            "- url: htp://a.example/\n  extract:\n    bodi: p\n    body: 'div[['\n"
            "- 7\n- url: https://b.example/\n  extract: 7\n"
        )
    assert [mistake.line for mistake in caught.value.mistakes] == [1, 3, 4, 5, 7]


def test_an_unknown_name_is_answered_with_the_nearest():
    configuration: Configuration = parse("sources:\n  - name: donga\n    url: https://a.example/\n")
    with pytest.raises(SourcesError, match="did you mean donga"):
        configuration.named(["dongo"])
    with pytest.raises(SourcesError, match="unknown source: there is none"):
        parse("settings: {}", none_yet=True).named(["dongo"])


def test_the_shipped_sources_are_in_order():
    configuration = load(Path(__file__).parents[2] / "sources.yaml")
    assert {source.kind for source in configuration.sources} >= {"feed", "sitemap", "listing", "wordpress", "blogger"}
    assert len({source.language for source in configuration.sources}) >= 8


def test_the_shipped_schema_is_that_of_the_code():
    shipped = json.loads((Path(__file__).parents[2] / "ingest" / "sources" / "schema.json").read_text(encoding="utf-8"))
    assert shipped == json_schema(), "run: ingest check --schema > ingest/sources/schema.json"


def test_a_file_that_cannot_be_read_at_all_is_named_without_a_line(tmp_path: Path):
    latin = tmp_path / "latin.yaml"
    latin.write_bytes("sources: [https://caf\u00e9.example/]".encode("latin-1"))
    for path in (tmp_path / "missing.yaml", latin, tmp_path):
        with pytest.raises(SourcesError) as caught:
            load(path)
        assert [mistake.line for mistake in caught.value.mistakes] == [0]
        assert str(caught.value).startswith(f"{path}: ")


def test_an_unknown_name_of_a_source_is_said_without_a_line():
    configuration = parse("sources: [{name: gazette, url: https://gazette.example/}]")
    with pytest.raises(SourcesError) as caught:
        configuration.named(["gazete"])
    assert [mistake.line for mistake in caught.value.mistakes] == [0]
    assert "gazette" in str(caught.value)
