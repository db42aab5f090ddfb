"""The failures as exceptions, and the table of what their classes mean."""

from __future__ import annotations

import pickle
import re
from pathlib import Path

import pytest

from ingest.errors import (
    ERROR_CLASSES,
    DiscoverError,
    ErrorClass,
    ExtractError,
    FetchError,
    HostPausedError,
    Mistake,
    PageError,
    SourcesError,
)

ROOT = Path(__file__).parents[1]
URL = "https://town.example/2026/council"

each_class = pytest.mark.parametrize(("code", "kind"), ERROR_CLASSES.items(), ids=list(ERROR_CLASSES))


@each_class
def test_a_class_says_in_whole_sentences_what_happened_and_what_to_do(code: str, kind: ErrorClass):
    assert re.fullmatch(r"[a-z][a-z_0-9]+", code)
    assert re.fullmatch(r"[A-Z][^|\n]+\.", kind.advice)


@each_class
def test_the_flags_of_a_class_do_not_contradict_each_other(code: str, kind: ErrorClass):
    assert not (kind.transient and (kind.permanent or kind.refusal)), "what may be over tomorrow is worth asking again"
    assert kind.permanent or not kind.skip, "what is skipped is not asked for again"
    assert kind.host_wide or not kind.unreachable, "a host that cannot be talked to has no page that can be had"
    assert kind.next_backfill or not kind.transient, "what may be over tomorrow is worth another backfill"
    assert not (kind.next_backfill and kind.permanent)


def test_every_class_is_one_that_something_raises():
    code = "".join(
        path.read_text(encoding="utf-8") for path in (ROOT / "ingest").rglob("*.py") if path.name != "errors.py"
    )
    unused = {name for name in ERROR_CLASSES if f'"{name}"' not in code}
    assert unused == set()


def test_a_failure_of_an_unknown_class_is_a_bug():
    with pytest.raises(ValueError, match="unknown error class 'conect'"):
        PageError(URL, "conect", "no route to host")


def test_a_failure_reads_as_its_class_and_its_message():
    failure = ExtractError(URL, "empty", "no text of an article was found in the page")
    assert str(failure) == "empty: no text of an article was found in the page"
    assert failure.error_class is ERROR_CLASSES["empty"]


FAILURES = [
    FetchError(URL, "http_5xx", "503: the server failed", status=503, retry_after=60.0),
    HostPausedError(URL, "town.example asked to be left alone", 600.0),
    DiscoverError(URL, "not_a_feed", "a page of HTML"),
    ExtractError(URL, "parse", "too deep"),
]


@pytest.mark.parametrize("failure", FAILURES, ids=lambda failure: type(failure).__name__)
def test_a_failure_arrives_whole_from_another_process(failure: PageError):
    arrived = pickle.loads(pickle.dumps(failure))
    assert type(arrived) is type(failure)
    assert vars(arrived) == vars(failure)
    assert str(arrived) == str(failure)


@pytest.mark.parametrize("failure", FAILURES[:2], ids=lambda failure: type(failure).__name__)
def test_a_failure_restated_of_another_url_is_the_same_failure(failure: FetchError):
    restated = failure.restated("https://town.example/robots.txt")
    assert type(restated) is type(failure)
    assert vars(restated) == {**vars(failure), "url": "https://town.example/robots.txt"}


def test_a_host_that_is_left_alone_counts_as_rate_limited_without_an_answer():
    paused = HostPausedError(URL, "town.example asked to be left alone", 600.0)
    assert (paused.code, paused.status, paused.retry_after) == ("rate_limited", None, 600.0)


def test_a_bare_failure_keeps_no_page_alive():
    failure = ExtractError(URL, "parse", "too deep")
    with pytest.raises(ExtractError) as caught:
        raise failure from ValueError("the cause")
    bare = caught.value.bare()
    assert (bare.__traceback__, bare.__cause__, bare.__context__) == (None, None, None)
    assert bare.code == "parse"


def test_mistakes_are_listed_in_the_order_of_their_lines():
    late = Mistake("sources.yaml", 12, "every", "write a number and m, h or d, as in 30m")
    early = Mistake("sources.yaml", 2, "kind", "did you mean feed?")
    nowhere = Mistake("sources.yaml", 0, "", "no sources")
    assert str(SourcesError([late, early, nowhere])).splitlines() == [
        "sources.yaml: no sources",
        "sources.yaml:2: kind: did you mean feed?",
        "sources.yaml:12: every: write a number and m, h or d, as in 30m",
    ]
