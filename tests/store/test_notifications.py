"""The queue of events: what is noted for whom, in the transaction of what it reports, until it is acknowledged."""

from __future__ import annotations

import json
from contextlib import suppress
from dataclasses import replace
from typing import Any

import pytest

from ingest.model import EVENTS, Finding, Receiver, Source
from ingest.schedule.due import SourceState
from ingest.store import notifications

ALL = Receiver("all", "all.example")


def subscribe(archive: Any, *receivers: Receiver) -> None:
    sources = [Source("news", "https://news.example/feed", tags=("daily",)), Source("other", "https://other.example/")]
    archive.store.notifications.subscribe(receivers, sources, archive.now)


def waiting(archive: Any, key: str = "all") -> list[tuple[str, dict[str, Any]]]:
    return [(each.event, json.loads(each.details)) for each in archive.store.notifications.waiting(key, 100)]


def events(archive: Any, key: str = "all") -> list[str]:
    return [event for event, _ in waiting(archive, key)]


def test_a_new_and_an_edited_article_are_noted_with_what_is_stored(archive: Any):
    subscribe(archive, ALL)
    (queued,) = archive.queue("a")
    archive.save_article(queued, authors=("Kim",))
    (queued,) = [replace(queued, article_id=1)]
    archive.save_article(queued, "The council met once more, and counted the bridges again. " * 9)
    (new, before), (edited, after) = waiting(archive)
    assert (new, edited) == ("article.new", "article.edited")
    article = before["article"]
    assert (article["id"], article["source"], article["title"], article["authors"], article["duplicate_of"]) == (
        1, "news", "Bridges counted", ["Kim"], None,
    )  # fmt: skip
    assert article["published"] == "2026-03-04T05:06:07Z"
    assert "counted the bridges again" in after["article"]["text"]
    assert "html" not in article


def test_a_version_that_is_put_back_is_an_edit(archive: Any):
    (queued,) = archive.queue("a")
    archive.save_article(queued)
    archive.save_article(
        replace(queued, article_id=1), "The council met once more, and counted the bridges again. " * 9
    )
    subscribe(archive, ALL)
    assert archive.store.revert(1, 1, archive.now)
    ((event, details),) = waiting(archive)
    assert event == "article.edited"
    assert details["article"]["text"].startswith("The council met on day 1")


def test_a_duplicate_says_of_which_article(archive: Any):
    subscribe(archive, ALL)
    first, second = archive.queue("a", "b")
    archive.save_article(first)
    archive.save_article(second)
    assert [(event, details["article"]["duplicate_of"]) for event, details in waiting(archive)] == [
        ("article.new", None),
        ("article.new", 1),
    ]


def test_what_is_unchanged_or_held_back_is_no_event(archive: Any):
    (queued,) = archive.queue("a")
    archive.save_article(queued)
    subscribe(archive, ALL)
    queued = replace(queued, article_id=1)
    archive.save_article(queued)
    archive.save_article(queued, "")
    assert events(archive) == []


def test_a_removed_article_is_noted_once(archive: Any):
    subscribe(archive, replace(ALL, events=("article.gone",)))
    (queued,) = archive.queue("a")
    archive.save_article(queued)
    queued = replace(queued, article_id=1)
    archive.store.mark_gone(queued, archive.now, None)
    archive.store.mark_gone(queued, archive.now, None)
    ((event, details),) = waiting(archive)
    assert (event, details["article"]["gone_at"]) == ("article.gone", "2026-03-04T05:06:07Z")


def test_without_a_receiver_that_wants_it_nothing_is_written(archive: Any):
    subscribe(archive, replace(ALL, events=("finding.opened",)))
    (queued,) = archive.queue("a")
    archive.save_article(queued)
    assert archive.rows("SELECT * FROM notifications") == []


@pytest.mark.parametrize(
    ("filters", "names"),
    [
        ({}, ["news", "other"]),
        ({"sources": ("other",)}, ["other"]),
        ({"tags": ("daily", "weekly")}, ["news"]),
        ({"sources": ("other",), "tags": ("daily",)}, []),
    ],
)
def test_a_receiver_gets_the_events_of_its_sources_and_tags(archive: Any, filters: Any, names: list[str]):
    subscribe(archive, replace(ALL, **filters))
    for source in ("news", "other"):
        (queued,) = archive.queue("a", source=source)
        archive.save_article(queued, f"{source} has a text of its own. " * 30)
    assert [details["article"]["source"] for _, details in waiting(archive)] == names


def test_an_event_that_is_rolled_back_with_its_article_was_never_there(archive: Any):
    subscribe(archive, ALL)
    (queued,) = archive.queue("a")
    with suppress(RuntimeError), archive.store.transaction():
        archive.save_article(queued)
        raise RuntimeError
    assert archive.rows("SELECT * FROM notifications") == []


def test_an_event_is_kept_until_every_receiver_has_it(archive: Any):
    subscribe(archive, ALL, replace(ALL, key="second"))
    for queued in archive.queue("a", "b"):
        archive.save_article(queued)
    first = archive.store.notifications.waiting("all", 1)[0].id
    archive.store.notifications.acknowledge("all", first)
    assert [each.id for each in archive.store.notifications.waiting("all", 9)] == [first + 1]
    assert [each.id for each in archive.store.notifications.waiting("second", 9, [first + 1])] == [first]
    archive.store.notifications.acknowledge("second", first)
    assert archive.rows("SELECT id FROM notifications") == [{"id": first + 1}]


def run(archive: Any, failures: float, *, ok: bool = False) -> None:
    state = SourceState("news", failures=failures, error="" if ok else "timeout", message="slow")
    archive.store.finish_run(state, ok=ok, now=archive.now)


def test_a_source_is_failing_from_one_lasting_failure_or_two_that_may_pass(archive: Any):
    subscribe(archive, ALL)
    run(archive, 0.5)
    assert events(archive) == []
    run(archive, 1.0)
    assert events(archive) == ["source.failing"]
    run(archive, 1.5)
    ((event, details),) = waiting(archive)
    assert event == "source.failing"
    assert details == {"failure": {"since": "2026-03-04T05:06:07Z", "error": "timeout", "message": "slow"}}
    assert archive.row("SELECT failing_at FROM sources WHERE name = 'news'")["failing_at"] == "2026-03-04T05:06:07Z"


def test_it_has_recovered_with_the_first_run_that_is_well(archive: Any):
    subscribe(archive, replace(ALL, events=("source.recovered",)))
    run(archive, 2.0)
    archive.later(hours=1)
    run(archive, 0.0)  # Nobody was asked: the host wanted a pause.
    assert events(archive) == []
    run(archive, 0.0, ok=True)
    run(archive, 0.0, ok=True)
    assert waiting(archive) == [
        ("source.recovered", {"failure": {"since": "2026-03-04T05:06:07Z", "until": "2026-03-04T06:06:07Z"}})
    ]


def test_a_finding_is_noted_when_it_opens_and_when_it_closes(archive: Any):
    subscribe(archive, ALL, replace(ALL, key="news only", sources=("news",)))
    finding = Finding("", "clock", archive.now, "The clock was set back.", ("https://news.example/a",))
    archive.later(hours=2)
    notifications.note_finding(archive.store._db, "finding.opened", finding, archive.now)
    notifications.note_finding(archive.store._db, "finding.closed", finding, archive.now)
    assert [(event, details["finding"]["closed_at"]) for event, details in waiting(archive)] == [
        ("finding.opened", None),
        ("finding.closed", "2026-03-04T07:06:07Z"),
    ]
    assert waiting(archive)[0][1]["finding"] == {
        "source": "",
        "kind": "clock",
        "since": "2026-03-04T05:06:07Z",
        "closed_at": None,
        "message": "The clock was set back.",
        "evidence": ["https://news.example/a"],
    }
    assert events(archive, "news only") == []


def test_findings_of_a_run_are_noted_in_its_transaction(archive: Any):
    subscribe(archive, ALL)
    finding = Finding("news", "rule", archive.now, "The rule no longer matches.")
    archive.store.judge("news", lambda _: [finding], archive.now, has_outcomes=False)
    archive.store.judge("news", lambda _: [finding], archive.now, has_outcomes=False)
    archive.store.judge("news", lambda _: [], archive.now, has_outcomes=False)
    assert events(archive) == ["finding.opened", "finding.closed"]


def fail(archive: Any, notification: int) -> int:
    return int(archive.store.notifications.failed("all", notification, "503", archive.now))


def test_events_of_a_receiver_that_is_down_for_days_are_given_up_and_counted(archive: Any):
    subscribe(archive, ALL)
    for queued in archive.queue("a", "b"):
        archive.save_article(queued)
    archive.later(days=8)
    assert fail(archive, 1) == 0  # The first try after a long stop.
    archive.later(hours=25)
    assert fail(archive, 1) == 2
    assert archive.rows("SELECT * FROM notifications") == []
    assert archive.row("SELECT given_up FROM receivers")["given_up"] == 2


def test_one_event_that_is_refused_again_and_again_is_given_up_alone(archive: Any):
    subscribe(archive, ALL)
    for queued in archive.queue("a", "b", "c"):
        archive.save_article(queued)
    archive.later(days=8)
    for _ in range(4):
        assert fail(archive, 1) == 0
    archive.store.notifications.acknowledge("all", 2)
    assert fail(archive, 1) == 1
    assert [each.id for each in archive.store.notifications.waiting("all", 9)] == [3]


def test_what_waits_for_a_receiver_that_was_taken_out_is_kept_for_a_week(archive: Any):
    subscribe(archive, ALL)
    (queued,) = archive.queue("a")
    archive.save_article(queued)
    archive.later(days=6)
    subscribe(archive)
    run(archive, 2.0)
    assert events(archive) == ["article.new"]
    archive.later(days=2)
    subscribe(archive)
    assert archive.rows("SELECT * FROM notifications") == archive.rows("SELECT * FROM receivers") == []


def test_the_database_knows_neither_secret_nor_address(archive: Any):
    subscribe(archive, replace(ALL, webhook="https://hooks.example/k9q2", secret="hush", events=EVENTS))
    (queued,) = archive.queue("a")
    archive.save_article(queued)
    archive.store.close()
    written = b"".join(path.read_bytes() for path in archive.store.path.parent.iterdir())
    assert b"hush" not in written
    assert b"k9q2" not in written
