"""What an operator is told to write instead."""

from typing import Annotated

import pytest
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from ingest.sources.suggestions import suggestion, unknown_word


class Entry(BaseModel):
    model_config = ConfigDict(extra="forbid")
    count: Annotated[int, Field(ge=1, le=9)] = 1
    name: Annotated[str, Field(max_length=3)] = ""
    needed: bool


def suggestions(**values: object) -> list[str]:
    with pytest.raises(ValidationError) as caught:
        Entry.model_validate(values)
    return [suggestion(error, Entry.model_fields) for error in caught.value.errors()]


def test_the_nearest_known_word_is_suggested_and_without_one_all_are_named():
    assert unknown_word("concurency", ["delay", "concurrency"]) == "unknown name: did you mean concurrency?"
    assert unknown_word("xyz", ["delay", "every"], "key") == "unknown key: there is delay, every"
    assert unknown_word("xyz", []) == "unknown name: there is none"


def test_a_mistake_says_what_to_write_and_what_was_written():
    assert suggestions(needed="true", count="some") == ["write a whole number (not 'some')"]
    assert suggestions(needed="perhaps") == ["write true or false (not 'perhaps')"]


def test_bounds_are_named():
    assert suggestions(needed=True, count=0) == ["write 1 or more"]
    assert suggestions(needed=True, count=10) == ["write 9 or less"]
    assert suggestions(needed=True, name="abcd") == ["write at most 3 characters (not 'abcd')"]


def test_a_missing_key_and_a_key_without_a_value_are_told_apart():
    assert suggestions() == ["missing: write it"]
    assert suggestions(needed=None) == ["nothing is written behind it: write a value, or leave the line out"]


def test_an_unknown_key_is_compared_with_the_known_ones():
    assert suggestions(needed=True, cuont=1) == ["unknown key: did you mean count?"]


def test_only_a_short_value_is_repeated():
    assert suggestions(needed="x" * 60)[0].endswith(f"(not '{'x' * 60}')")
    assert suggestions(needed="x" * 61) == ["write true or false"]


def test_an_error_without_advice_of_our_own_is_told_in_pydantic_s_words():
    assert suggestions(needed=True, name=7) == ["Input should be a valid string"]
