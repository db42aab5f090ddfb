"""Whether a known link that is named again is fetched again."""

from __future__ import annotations

import pytest

from ingest.model import Hints, Link
from ingest.schedule.requeue import KnownLink, Requeue, hint_hash, requeue

FEED = "https://news.example/feed"
BEFORE = Hints(title="One", published="Mon, 6 Jan", content="text")


def _known(**said: object) -> KnownLink:
    return KnownLink(FEED, hint_hash(BEFORE), **said)  # type: ignore[arg-type]


def _link(hints: Hints = BEFORE, via: str = FEED) -> Link:
    return Link("https://news.example/a", "news", via, hints)


EDITED = Hints(title="Two", published="Mon, 6 Jan", content="text")


def test_a_link_is_left_while_its_index_page_says_the_same() -> None:
    assert requeue(_known(), _link()) == Requeue("leave")


def test_a_link_is_fetched_again_when_its_index_page_says_something_else() -> None:
    assert requeue(_known(), _link(EDITED)) == Requeue("refetch", counts_as="requeued")


def test_a_link_that_still_waits_takes_new_hints_and_is_not_counted_again() -> None:
    assert requeue(_known(is_queued=True), _link(EDITED)) == Requeue("refetch", counts_as="known")


def test_another_index_page_may_say_something_else() -> None:
    assert requeue(_known(), _link(EDITED, via="https://news.example/sitemap.xml")) == Requeue("leave")


def test_a_filtered_link_that_is_named_to_be_followed_is_released_whoever_names_it() -> None:
    for via in (FEED, "https://news.example/sitemap.xml"):
        assert requeue(_known(is_filtered=True), _link(via=via)) == Requeue("release", counts_as="new")


@pytest.mark.parametrize("hints", [BEFORE, EDITED])
def test_a_link_of_a_source_that_is_no_longer_followed_goes_over_to_the_one_that_names_it(hints: Hints) -> None:
    assert requeue(_known(is_orphaned=True), _link(hints)).change_source
    assert requeue(_known(is_orphaned=True, is_filtered=True), _link(hints)).change_source
    assert not requeue(_known(), _link(hints)).change_source


def test_hints_differ_by_title_date_and_content() -> None:
    others = [
        Hints(title="Two", published="Mon, 6 Jan", content="text"),
        Hints(title="One", published="Tue, 7 Jan", content="text"),
        Hints(title="One", published="Mon, 6 Jan", content="other text"),
        Hints(title="One", modified="Mon, 6 Jan", content="text"),
    ]
    assert len({hint_hash(each) for each in (BEFORE, *others)}) == 5


def test_hints_do_not_differ_by_tags_and_authors() -> None:
    assert hint_hash(Hints(title="One", tags=("a",), authors=("A",))) == hint_hash(Hints(title="One"))


def test_content_and_publication_do_not_count_where_changes_are_dated() -> None:
    dated = Hints(title="One", published="1", modified="2", content="12 readers")
    assert hint_hash(dated) == hint_hash(Hints(title="One", published="3", modified="2", content="13 readers"))


def test_hints_that_say_nothing_have_no_hash() -> None:
    assert hint_hash(Hints()) == hint_hash(Hints(tags=("a",))) == ""


def test_hints_with_half_a_character_have_a_hash() -> None:
    assert hint_hash(Hints(title="half \ud83d")) != ""


def test_hashes_that_an_earlier_version_wrote_still_compare_so_that_an_upgrade_fetches_nothing_again() -> None:
    assert requeue(KnownLink(FEED, "5ed22ca41ac9512aa9257447"), _link()) == Requeue("leave")
