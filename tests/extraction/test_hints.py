from __future__ import annotations

from datetime import timedelta

from ingest.extraction import hints
from ingest.extraction.markup.document import Document
from ingest.model import Hints


def test_the_hints_of_a_feed_are_cleaned() -> None:
    draft = hints.EXTRACTOR.extract(
        Document(
            "",
            "https://paper.example/1",
            hints=Hints(
                title="Bridge &amp; road",
                authors=("By Ann Example", "ann@paper.example"),
                summary="<p>A short   text.</p>",
                tags=("Traffic", "Traffic", " "),
                language="en-GB",
            ),
        )
    )

    assert draft.title == "Bridge & road"
    assert draft.authors == ("Ann Example",)
    assert draft.summary == "A short text."
    assert draft.tags == ("Traffic",)
    assert draft.language == "en"


def test_a_date_that_feed_parsers_misread_is_read_from_the_raw_string() -> None:
    draft = hints.EXTRACTOR.extract(Document("", "", time_zone="Asia/Seoul", hints=Hints(published="2025년 11월 21일")))

    assert draft.published is not None
    assert draft.published.isoformat() == "2025-11-21T00:00:00+09:00"


def test_a_date_without_a_year_stays_unread_and_is_kept_as_a_candidate() -> None:
    draft = hints.EXTRACTOR.extract(
        Document("", "", hints=Hints(published="3 May", modified="2024-05-04T10:00:00+02:00"))
    )

    assert draft.published is None
    assert draft.modified is not None
    assert draft.modified.utcoffset() == timedelta(hours=2)
    assert [(one.field, one.raw, one.parsed is None) for one in draft.dates] == [
        ("published", "3 May", True),
        ("modified", "2024-05-04T10:00:00+02:00", False),
    ]


def test_no_hints_answer_nothing() -> None:
    draft = hints.EXTRACTOR.extract(Document("", ""))

    assert not draft.title
    assert not draft.dates
    assert draft.published is None
