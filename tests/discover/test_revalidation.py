"""How an index page is asked, by what is remembered of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from ingest.discover import IndexRequest, IndexResult, revalidation
from ingest.discover.revalidation import REDIRECTS_UNTIL_MOVED, VERIFY_AFTER_304S, VERIFY_INTERVAL, IndexPageState
from ingest.model import Listing, Page, Source, Validators

NOW = datetime(2026, 3, 2, tzinfo=UTC)
GIVEN = Validators('"1"')
URL = "https://news.example/feed"
NEW = "https://new.example/feed"
HELD = IndexPageState(GIVEN, "hash", "as", NOW - timedelta(hours=1))


def page(content: bytes = b"<rss>", permanent_url: str = "") -> Page:
    return Page(URL, permanent_url or URL, 200, content, {"etag": '"2"'}, NOW, permanent_url=permanent_url)


@pytest.mark.parametrize(
    ("held", "read_as", "expected"),
    [
        (HELD, "as", GIVEN),
        (HELD, "otherwise", Validators()),
        (replace(HELD, distrusted_at=NOW - timedelta(days=1)), "as", Validators()),
        (replace(HELD, distrusted_at=NOW - timedelta(days=31)), "as", GIVEN),
        (replace(HELD, unchanged=VERIFY_AFTER_304S, whole_at=NOW - VERIFY_INTERVAL), "as", Validators()),
        (replace(HELD, unchanged=VERIFY_AFTER_304S), "as", GIVEN),
        (replace(HELD, unchanged=VERIFY_AFTER_304S - 1, whole_at=NOW - VERIFY_INTERVAL), "as", GIVEN),
    ],
)
def test_validators_are_sent_unless_the_whole_page_is_wanted(held: IndexPageState, read_as: str, expected: Validators):
    assert revalidation.validators_to_send(held, read_as, NOW) == expected


def test_a_daily_source_is_doubted_about_once_a_week():
    held, asked_in_full = replace(HELD, whole_at=NOW), 0
    for day in range(1, 29):
        now = NOW + timedelta(days=day)
        if revalidation.validators_to_send(held, "as", now) == GIVEN:
            held = revalidation.after_not_modified(held)
        else:
            asked_in_full += 1
            held = replace(held, unchanged=0, whole_at=now)
    assert asked_in_full == 3


def test_five_permanent_redirects_in_a_row_move_the_page():
    held = HELD
    for _ in range(REDIRECTS_UNTIL_MOVED - 1):
        held = revalidation.after_redirect(held, page(permanent_url=NEW))
    assert held.moved_to == ""
    assert revalidation.after_redirect(held, page()).redirects == 0, "one answer at the old address begins anew"
    assert revalidation.after_redirect(held, page(permanent_url=NEW)).moved_to == NEW


def test_going_back_forgets_what_the_new_address_had_given():
    moved = replace(HELD, moved_to=NEW)
    assert revalidation.back_to_configured_url(moved) == replace(HELD, validators=Validators(), content_hash="")


def test_a_page_that_leads_to_others_is_never_asked_for_conditionally():
    after = revalidation.after_parse(HELD, page(), IndexResult(requests=(IndexRequest(NEW, "sitemap"),)), "as", NOW)
    assert (after.validators, after.content_hash) == (Validators(), "")
    assert revalidation.after_parse(HELD, page(), IndexResult(), "as", NOW).validators == Validators('"2"')


def test_the_same_body_at_another_address_is_another_page():
    assert revalidation.body_hash(page()) != revalidation.body_hash(page(permanent_url=NEW))
    assert revalidation.body_hash(page()) != revalidation.body_hash(page(b"<rss/>"))


def test_what_a_source_says_of_its_pages_decides_how_they_are_read():
    source, request = Source("news", URL, "listing"), IndexRequest(URL, "listing")
    as_before = revalidation.cache_key(request, source)
    assert revalidation.cache_key(request, replace(source, every=None, tags=("news",))) == as_before
    assert revalidation.cache_key(request, replace(source, listing=Listing(item="li"))) != as_before


def test_a_page_that_was_never_sent_in_full_is_asked_for_after_enough_304s():
    assert revalidation.is_verification_due(replace(HELD, unchanged=VERIFY_AFTER_304S, whole_at=None), NOW)
    assert not revalidation.is_verification_due(replace(HELD, unchanged=VERIFY_AFTER_304S - 1, whole_at=None), NOW)


def test_a_new_page_begins_with_nothing_counted():
    first = IndexPageState()
    for _ in range(VERIFY_AFTER_304S):
        assert not revalidation.is_verification_due(first, NOW)
        first = revalidation.after_not_modified(first)
    assert revalidation.is_verification_due(first, NOW)
    moved = IndexPageState()
    for count in range(1, REDIRECTS_UNTIL_MOVED + 1):
        moved = revalidation.after_redirect(moved, page(permanent_url=NEW))
        assert (moved.moved_to == NEW) is (count == REDIRECTS_UNTIL_MOVED)
    assert (moved.redirect_to, moved.redirects) == ("", 0)


def test_any_body_ends_the_count_of_304s_and_brings_its_validators():
    for after in (
        revalidation.after_same_body(replace(HELD, unchanged=7), page(), NOW),
        revalidation.after_parse(replace(HELD, unchanged=7), page(), IndexResult(), "as", NOW),
    ):
        assert (after.unchanged, after.whole_at, after.validators) == (0, NOW, Validators('"2"'))


def test_trust_comes_back_after_thirty_days_to_the_second():
    distrusted = replace(HELD, distrusted_at=NOW - timedelta(days=30))
    assert revalidation.validators_to_send(distrusted, "as", NOW) == GIVEN
    assert revalidation.validators_to_send(distrusted, "as", NOW - timedelta(seconds=1)) == Validators()


def test_a_redirect_to_another_target_is_counted_anew():
    state = revalidation.after_redirect(replace(HELD, redirect_to=NEW, redirects=3), page(permanent_url=URL + "2"))
    assert (state.redirect_to, state.redirects, state.moved_to) == (URL + "2", 1, "")


def test_going_back_counts_redirects_from_none():
    moved = replace(HELD, moved_to=NEW, redirect_to=NEW, redirects=2)
    state = revalidation.back_to_configured_url(moved)
    assert (state.moved_to, state.redirect_to, state.redirects) == ("", "", 0)


def test_hashes_keep_the_form_in_which_databases_hold_them():
    assert len(revalidation.cache_key(IndexRequest(URL, "feed"), Source("news", URL))) == 16
    assert len(revalidation.body_hash(page())) == 32
