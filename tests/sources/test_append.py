"""A source is added to the file as an operator left it."""

import pytest

from ingest.errors import SourcesError
from ingest.sources import parse
from ingest.sources.append import append

ENTRY = {"name": "new", "url": "https://new.example/?a=1&b=2", "kind": "feed"}

FILES = {
    "indented": "# ours\nsettings:\n  delay: 2.0   # slow\n\nsources:\n  # Korean\n  - https://a.example/feed\n",
    "not indented": "sources:\n- name: a\n  url: https://a.example/feed\n  tags: [x, y]\n",
    "only a list": "- https://a.example/feed\n- url: https://b.example/feed\n",
    "settings behind": "sources:\n    - url: https://a.example/feed\n      extract:\n        body: '#story'  # old\n\n"
    "# and now\nsettings:\n  delay: 3\n",
    "a comment at the end": "sources:\n  - https://a.example/feed   # the first\n  # - https://b.example/feed\n",
    "no line end": "sources:\n  - https://a.example/feed",
    "Windows": "sources:\r\n  - https://a.example/feed\r\n# end\r\n",
    "a rule at the end": "sources:\n  - url: https://a.example/feed\n    extract:\n"
    "      drop: [aside,\n        .ad]\n      cut_at:\n"
    "        - 'Read\n          on'\n",
    "an empty value at the end": "sources:\n  - url: https://a.example/feed\n    extract:\n\nsettings:\n  delay: 1\n",
    "a text of lines": "sources:\n  - url: https://a.example/feed\n"
    "    extract:\n      drop_text:\n        - |\n          Read on\n",
}


@pytest.mark.parametrize("name", FILES)
def test_the_source_is_behind_the_last_and_every_other_byte_stays(name: str):
    text = FILES[name]
    written = append(text, ENTRY)
    before, after = parse(text), parse(written)
    assert after.settings == before.settings
    assert after.sources[:-1] == before.sources
    added = after.sources[-1]
    assert (added.name, added.url, added.kind) == tuple(ENTRY.values())
    lines = [line for line in written.splitlines() if line.strip().removeprefix("- ") not in {
        "name: new", "url: https://new.example/?a=1&b=2", "kind: feed"
    }]  # fmt: skip
    assert lines == text.splitlines()
    assert ("\r\n" in written) == ("\r\n" in text)
    assert "\n" not in written.replace("\r\n", "") or "\r\n" not in text


@pytest.mark.parametrize("text", ["", "# nothing yet\n", "# nothing yet"])
def test_an_empty_file_becomes_a_whole_one(text: str):
    written = append(text, ENTRY)
    assert written.startswith(text)
    assert [source.name for source in parse(written).sources] == ["new"]


@pytest.mark.parametrize(
    "text",
    ["settings:\n  delay: 1", "settings:\n  delay: 1\nsources:\n", "sources:\n  # none yet\nsettings:\n  delay: 1\n"],
)
def test_the_first_source_of_a_file_with_settings_is_added(text: str):
    written = append(text, ENTRY)
    assert (parse(written).settings.delay, [source.name for source in parse(written).sources]) == (1, ["new"])
    assert set(text.splitlines()) <= set(written.splitlines())


@pytest.mark.parametrize("text", ["sources: [https://a.example/feed]\n", "{settings: {delay: 1}}\n", "sources: []\n"])
def test_a_list_that_lines_cannot_be_added_to_is_refused_with_what_to_write(text: str):
    with pytest.raises(SourcesError, match=r"https://new\.example"):
        append(text, ENTRY)


@pytest.mark.parametrize(
    "value", ["yes", "1", "https://a.example/#x", "a: b", 'say "so"', "- x", "ü", "https://a.example/:"]
)
def test_any_value_comes_back_as_it_was(value: str):
    written = append("", {**ENTRY, "tags": value})
    assert parse(written).sources[0].tags == (value,)


SOURCE = "  - name: new\n    url: https://new.example/?a=1&b=2\n    kind: feed\n"


@pytest.mark.parametrize("text", ["# nothing yet\n", "settings:\n  delay: 1\n", "settings:\n  delay: 1\nsources:\n"])
def test_the_first_source_is_indented_as_in_the_documentation(text: str):
    assert append(text, ENTRY).endswith("sources:\n" + SOURCE)


def test_comments_behind_the_last_source_stay_behind_the_new_one():
    before = "sources:\n  - url: https://a.example/feed\n    tags:\n      - boats\n"
    after = "\n# and now\n\nsettings:\n  delay: 3\n"
    assert append(before + after, ENTRY) == before + SOURCE + after


def test_a_text_of_lines_ends_where_the_next_key_begins():
    before = (
        "sources:\n  - url: https://a.example/feed\n    extract:\n      drop_text:\n        - |\n          Read on\n"
    )
    after = "settings:\n  delay: 3\n"
    assert append(before + after, ENTRY) == before + SOURCE + after


def test_a_list_in_brackets_is_pointed_out_by_its_line():
    with pytest.raises(SourcesError) as refusal:
        append("# ours\n\nsources: [https://a.example/feed]\n", ENTRY)
    assert [mistake.line for mistake in refusal.value.mistakes] == [3]
