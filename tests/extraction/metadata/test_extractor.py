from __future__ import annotations

from ingest.extraction.markup.document import Document
from ingest.extraction.metadata.extractor import EXTRACTOR, extract

URL = "https://www.daily-example.com/news/bridge"
PAGE = """<html lang="en-GB"><head><title>The old bridge | Daily Example</title>
<link rel="canonical" href="/news/bridge"><meta property="og:site_name" content="Daily Example">
<meta property="article:published_time" content="2026-01-06T09:00:00Z">
<meta property="article:modified_time" content="2026-01-09T09:00:00Z">
<meta name="keywords" content="bridge, river"><meta name="description" content="It is open.">
<meta property="og:image" content="https://img.example/a.jpg"><meta property="article:section" content="Town">
<meta name="robots" content="noarchive"><script type="application/ld+json">{"@type": "NewsArticle",
"isAccessibleForFree": true, "author": "Ann Example"}</script></head>
<body><h1>The old bridge</h1><p>The bridge is open.</p></body></html>"""


def test_every_field_is_filled_and_says_where_it_came_from() -> None:
    draft = extract(Document(PAGE, URL))

    assert draft.title == "The old bridge"
    assert draft.authors == ("Ann Example",)
    assert draft.published is not None
    assert draft.modified is not None
    assert (draft.published.day, draft.modified.day) == (6, 9)
    assert (draft.language, draft.section, draft.tags) == ("en", "Town", ("bridge", "river"))
    assert (draft.summary, draft.image, draft.site_name) == (
        "It is open.",
        "https://img.example/a.jpg",
        "Daily Example",
    )
    assert (draft.canonical_url, draft.paywalled, draft.robots) == (URL, False, "noarchive")
    assert set(draft.origins) == EXTRACTOR.fields
    assert draft.origins["title"] == "h1"
    assert draft.origins["authors"] == draft.origins["paywalled"] == "json-ld"


def test_every_date_that_was_seen_is_kept() -> None:
    draft = extract(Document(PAGE, URL))

    assert [(one.field, one.raw) for one in draft.dates] == [
        ("published", "2026-01-06T09:00:00Z"),
        ("modified", "2026-01-09T09:00:00Z"),
    ]


def test_a_page_that_says_nothing_gives_an_empty_draft() -> None:
    draft = extract(Document("<p>Hello</p>"))

    assert draft.origins == {}
    assert (draft.title, draft.authors, draft.published, draft.paywalled) == ("", (), None, None)


def test_the_body_is_left_to_others() -> None:
    assert "body" not in EXTRACTOR.fields
    assert not extract(Document(PAGE, URL)).body


def test_a_date_without_a_zone_is_in_that_of_the_source_and_in_its_language() -> None:
    page = '<meta name="pubdate" content="03/05/2026 10:00"><h1>The old bridge</h1>'

    published = extract(Document(page, URL, time_zone="Asia/Seoul", language="de")).published

    assert published is not None
    assert published.isoformat() == "2026-05-03T10:00:00+09:00"
