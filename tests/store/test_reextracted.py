"""What a kept page says today, field by field."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from ingest.article.body import Body
from ingest.dedup.decide import decide
from ingest.model import Article, HeldBack, New, Unchanged
from ingest.store import Extracted, FieldChange, QueuedLink, Reextracted


def save(archive: Any, queued: QueuedLink, text: str, **fields: Any) -> Reextracted:
    article = Article(queued.url, queued.url, body=Body.of_text(text), **fields)
    extracted = Extracted(queued, article, queued.key, archive.page(queued.url))
    return archive.store.save_reextracted(extracted, decide, archive.now, None)


def test_the_fields_that_change_are_told_with_what_was_and_what_is(archive: Any) -> None:
    (queued,) = archive.queue("a")
    archive.save_article(queued, "It rained.", title="Rain", published=None)
    again = save(archive, replace(queued, article_id=1), "It rained.", title="Rain", authors=("Kim Haneul",))
    assert again == Reextracted(Unchanged(1), (FieldChange("authors", "[]", '["Kim Haneul"]'),))


def test_a_reading_that_is_held_back_tells_what_it_would_have_changed(archive: Any) -> None:
    (queued,) = archive.queue("a")
    archive.save_article(queued, "It rained.", title="Rain", published=None)
    again = save(archive, replace(queued, article_id=1), "", title="Rain")
    assert isinstance(again.decision, HeldBack)
    assert FieldChange("text", "It rained.", "") in again.changes


def test_a_page_that_led_to_no_article_before_is_new_and_changes_nothing(archive: Any) -> None:
    (queued,) = archive.queue("a")
    assert save(archive, queued, "It rained.") == Reextracted(New(1))
