"""Shares that have risen: who answers the body, what fails, which fields are lost."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from histories import history, judged, outcomes


def test_a_body_that_comes_from_others_is_told_since_its_first_article_with_examples():
    told = [*outcomes(40), *outcomes(8, 40, body_origin="generic")]
    finding = judged(history(told))["rule"]
    assert (
        finding.message
        == "Since 7 March the body of `news` comes from `generic` instead of its rule on 8 of 8 articles."
    )
    assert finding.since == told[40].at
    assert finding.evidence == tuple(f"https://news.example/{number}" for number in (47, 46, 45))


@pytest.mark.parametrize(
    ("kind", "bad"),
    [
        ("wall", {"outcome": "skipped", "error": "wall", "body_origin": ""}),
        ("links", {"outcome": "failed", "error": "http_5xx", "body_origin": ""}),
        ("empty", {"outcome": "failed", "error": "empty", "body_origin": ""}),
        ("not_an_article", {"outcome": "skipped", "error": "not_an_article", "body_origin": ""}),
        ("canonical", {"error": "canonical"}),
        ("teasers", {"words": 12}),
        ("flood", {"outcome": "duplicate"}),
        ("fields", {"filled": ("title", "published")}),
    ],
)
def test_each_kind_is_found_within_ten_articles_and_closes_when_it_is_over(kind: str, bad: dict[str, Any]):
    well = outcomes(60)
    assert judged(history(well)) == {}
    broken = [*well, *outcomes(10, 60, **bad)]
    found = judged(history(broken))
    assert set(found) == {kind}
    opened = (found[kind],)
    assert set(judged(history(broken, open=opened))) == {kind}
    assert judged(history([*broken, *outcomes(8, 70)], open=opened)) == {}


def test_articles_that_are_read_again_and_held_back_are_found():
    again = outcomes(40, outcome="unchanged")
    worse = [
        replace(outcome, at=outcome.at + timedelta(days=6), outcome="held_back", error="shorter") for outcome in again
    ]
    assert "held back (shorter)" in judged(history([*again, *worse[:12]]))["held_back"].message


def test_what_was_so_before_the_first_run_is_no_change():
    told = [*outcomes(40), *outcomes(20, 40, body_origin="generic")]
    assert judged(history(told, first_run=told[-1].at + timedelta(hours=1))) == {}
    assert judged(history(told, first_run=None)) == {}


def test_a_field_that_half_of_the_articles_have_is_not_lost_by_a_few_without_it():
    told = outcomes(60)
    told[::2] = [replace(outcome, filled=("title", "published")) for outcome in told[::2]]
    assert judged(history([*told, *outcomes(8, 60, filled=("title", "published"))])) == {}
    assert "fields" in judged(history([*told, *outcomes(40, 60, filled=("title", "published"))]))


def test_several_lost_fields_are_one_finding():
    finding = judged(history([*outcomes(60), *outcomes(10, 60, filled=("title",))]))["fields"]
    assert finding.message == (
        "Since 9 March 10 of 10 articles of `news` lack authors (0% before); 10 of 10 articles lack a date (0% before)."
    )
    assert finding.baseline == {"authors": 0.0, "published": 0.0}


def test_a_lost_field_is_how_the_site_is_now_after_a_month_but_a_lost_rule_is_not():
    without = outcomes(60, 60, hours=24, filled=("title",), body_origin="generic")
    opened = judged(history([*outcomes(60, hours=24), *without[:10]]))
    fields = replace(opened["rule"], kind="fields", baseline={"authors": 0.0, "published": 0.0})
    late = judged(history(without, open=(opened["rule"], fields)))
    assert set(late) == {"rule"}


def test_a_change_that_follows_from_a_graver_one_is_a_part_of_its_sentence():
    broken = outcomes(10, 60, hours=6, filled=("title",), body_origin="generic", quality=0.6)
    told = [*outcomes(60, hours=6), *broken]
    found = judged(history(told))
    assert set(found) == {"rule"}
    assert "Also: 10 of 10 articles lack authors" in found["rule"].message
    assert "quality 0.60, 0.90 before" in found["rule"].message


def test_links_that_fail_for_a_few_hours_are_no_finding():
    told = [*outcomes(60), *outcomes(20, 600, hours=0.3, outcome="failed", error="http_5xx", body_origin="")]
    told = [*told[:60], *(replace(each, at=told[59].at + timedelta(minutes=5 * n)) for n, each in enumerate(told[60:]))]
    assert judged(history(told)) == {}


def test_a_link_that_is_tried_often_counts_once():
    tries = [replace(outcomes(1, 60)[0], outcome="failed", error="timeout", body_origin="") for _ in range(20)]
    tries = [replace(each, at=each.at + timedelta(hours=number)) for number, each in enumerate(tries)]
    assert judged(history([*outcomes(60), *tries])) == {}


def test_nothing_but_teasers_is_found_in_the_first_run_where_nobody_described_the_site():
    short = outcomes(20, words=9, body_origin="generic")
    found = judged(history(short, first_run=None))
    assert found["teasers"].message == "20 of 20 articles of `news` have fewer than 40 words."
    assert judged(history(outcomes(20, words=9), first_run=None)) == {}


def test_a_site_whose_pages_all_claim_to_be_another_is_found_from_the_beginning():
    found = judged(history([*outcomes(10), *outcomes(8, 10, error="canonical")], first_run=None))
    assert found["canonical"].message == "8 of 10 pages of `news` name another article as their canonical URL."
    assert judged(history([*outcomes(10), *outcomes(3, 10, error="canonical")], first_run=None)) == {}


def test_findings_stay_while_nothing_new_is_known():
    opened = (judged(history([*outcomes(40), *outcomes(8, 40, body_origin="generic")]))["rule"],)
    assert judged(replace(history([], open=opened), outcomes=None)) == {"rule": opened[0]}


def test_a_finding_of_others_is_left_to_them():
    other = judged(history([*outcomes(40), *outcomes(8, 40, body_origin="generic")]))["rule"]
    other = replace(other, kind="configuration")
    assert judged(history(outcomes(40), open=(other,))) == {"configuration": other}
