"""What a reader sees in Datasette."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from selectolax.lexbor import LexborHTMLParser

from ingest import schedule
from ingest.article.body import Body
from ingest.dedup.decide import decide
from ingest.discover.shape_filter import FilteredLinks
from ingest.model import Article, Finding, Link, Source
from ingest.schedule.due import SourceState
from ingest.schedule.requeue import requeue
from ingest.store import Extracted, ReadIndex, Store

LIST = "/articles/articles"


def _page(browser: Any, path: str) -> LexborHTMLParser:
    response = browser.get(path)
    assert response.status_code == 200, response.text
    return LexborHTMLParser(response.text)


def _text(page: LexborHTMLParser, selector: str) -> str:
    return " ".join(" ".join(node.text() for node in page.css(selector)).split())


def _titles(page: LexborHTMLParser) -> list[str]:
    return [" ".join(node.text().split()) for node in page.css(".ingest-list h3")]


def test_the_home_page_says_how_each_source_is_doing(browser: Any) -> None:
    page = _page(browser, "/")
    assert _text(page, ".ingest-sources .ingest-failing a") == "broken"
    assert "http_5xx" in _text(page, ".ingest-sources .ingest-failing")
    assert _text(page, ".ingest-sources .ingest-well a").startswith("korean")
    assert "next 2026-03-04 13:06" in _text(page, ".ingest-sources .ingest-well")
    assert "1 failing" in _text(page, ".ingest-figures")
    assert "집중호우에 도로 통제" in _titles(page)


def test_the_home_page_has_a_strip_with_what_is_found_to_be_wrong(browser: Any, tmp_path: Path) -> None:
    assert _page(browser, "/").css("div.ingest-findings") == []
    now = datetime(2026, 3, 4, tzinfo=UTC)
    with Store.open(tmp_path / "articles.db") as store:
        store.configure([Source("town", "https://town.example/feed")], now, schedule.starts_over)
        store.open_finding(Finding("town", "rule", now, "The <rule> of `town` matches nothing."), now)
        store.open_finding(Finding("", "configuration", now, "sources.yaml:3: no such kind"), now)
    page = _page(type(browser)([tmp_path / "articles.db"]), "/")
    strip = _text(page, "div.ingest-findings")
    assert strip.startswith("2 findings")
    assert "The <rule> of `town` matches nothing." in strip
    assert "The <rule> of `town` matches nothing." in _text(page, ".ingest-sources li.ingest-findings")


def test_of_hundreds_of_sources_the_home_page_shows_first_those_that_fail(tmp_path: Path, browser: Any) -> None:
    now = datetime(2026, 3, 4, tzinfo=UTC)
    with Store.open(tmp_path / "articles.db") as store:
        store.configure(
            [Source(f"s{number}", f"https://s{number}.example/feed") for number in range(300)],
            now,
            schedule.starts_over,
        )
        store.finish_run(SourceState("s99", next_due=now, error="timeout"), ok=False, now=now)
    page = _page(type(browser)([tmp_path / "articles.db"]), "/")
    shown = [node.text() for node in page.css(".ingest-sources li p:first-child a")]
    assert shown[0] == "s99"
    assert len(shown) == 200
    assert "300 sources" in _text(page, ".ingest-figures")
    assert "all 300 sources" in _text(page, "section a[href$='/source_health']")


def test_the_list_shows_the_newest_first_and_those_without_a_date_last(browser: Any) -> None:
    page = _page(browser, LIST)
    titles = _titles(page)
    assert titles.index("知事、橋の点検を表明") > titles.index("집중호우에 도로 통제")
    assert set(titles[-2:]) == {"The twin", "https://odd.example/bare"}
    first = next(node for node in page.css(".ingest-list li") if "도로 통제" in node.text())
    for part in ("2026-03-04 05:06", "korean", "김하늘", "사회", "ko", "11 words"):
        assert part in first.text()


def test_the_list_shows_no_bodies(browser: Any) -> None:
    response = browser.get(LIST)
    assert STORY_END not in response.text
    assert len(response.content) < 40_000


STORY_END = "The council met on day 11 to count its bridges."


def test_titles_lead_to_the_article(browser: Any) -> None:
    link = next(node for node in _page(browser, LIST).css(".ingest-list h3 a") if "도로 통제" in node.text())
    page = _page(browser, str(link.attributes["href"]))
    assert _text(page, "article h1") == "집중호우에 도로 통제"
    assert [node.text() for node in page.css(".ingest-body p")] == [
        "수도권에 집중호우가 내려 도로 곳곳이 물에 잠겼다.",
        "호우 특보는 밤까지 이어진다.",
    ]
    assert "김하늘" in _text(page, ".ingest-authors")
    assert page.css("article")[0].attributes["lang"] == "ko"
    assert page.css(".ingest-meta > a")[0].attributes["href"] == "https://korean.example/a"
    about = _text(page, ".ingest-about")
    assert "site:korean" in about
    assert "“입력 2026-03-04 14:06” in .date" in about
    assert "by korean in https://korean.example/feed" in about


def test_an_article_shows_where_else_it_stands_and_what_it_said_before(browser: Any) -> None:
    twin = _page(browser, "/articles/articles/4")
    assert _text(twin, ".ingest-same a") == "article 3"
    assert _text(twin, ".ingest-about ul").startswith("<script>")
    edited = _page(browser, "/articles/articles/5")
    assert _text(edited, "article h1") == "Counted twice"
    version = next(node for node in edited.css(".ingest-about ul a") if node.text() == "Counted once")
    compared = _page(browser, version.attributes["href"])
    assert [node.text() for node in compared.css(".ingest-diff del")] == ["once", "At first"]
    assert [node.text() for node in compared.css(".ingest-diff ins")] == ["twice", "And again"]
    assert _text(compared, ".ingest-note").startswith("What changed between the article as it was until 2026-03-04")


@pytest.mark.parametrize("version", ["99", "x", "-1", "1;2"])
def test_a_version_that_does_not_exist_compares_nothing(browser: Any, version: str) -> None:
    page = _page(browser, f"/articles/articles/5?_compare={version}")
    assert page.css(".ingest-diff") == []
    assert "And again." in _text(page, ".ingest-body")


def test_a_removed_article_and_a_reading_that_was_held_back_say_so(browser: Any, tmp_path: Path) -> None:
    path, now = tmp_path / "articles.db", datetime(2026, 3, 4, tzinfo=UTC)
    feed = "https://news.example/feed"
    with Store.open(path) as store:
        store.configure([Source("news", feed)], now, schedule.starts_over)
        links = FilteredLinks((("news.example/a", Link("https://news.example/a", "news", feed)),))
        store.record_index_page(ReadIndex("news", feed, links), requeue, now)
        for text in ("It rained.", ""):
            (queued,) = store.due_links("news", now, 1)
            article = Article(queued.url, queued.url, title="Rain", body=Body.of_text(text))
            store.save_article(Extracted(queued, article, queued.key), decide, now, now)
        (queued,) = store.due_links("news", now, 1)
        store.mark_gone(queued, now, None)
    browser = type(browser)([path])
    page = _page(browser, "/articles/articles/1")
    assert "has removed this page" in _text(page, ".ingest-same")
    assert "held back (emptied)" in _text(page, ".ingest-about ul")
    assert "was held back (emptied)" in _text(_page(browser, "/articles/articles/1?_compare=1"), ".ingest-note")


def test_an_article_that_does_not_exist_is_not_found(browser: Any) -> None:
    for key in ("999", "x", "9" * 30, "-1"):
        assert browser.get(f"/articles/articles/{key}").status_code in {400, 404}


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("호우", ["집중호우에 도로 통제"]),
        ("집중호우", ["집중호우에 도로 통제"]),
        ("知事", ["知事、橋の点検を表明"]),
        ("小池百合子", ["知事、橋の点検を表明"]),
        ("橋", ["知事、橋の点検を表明"]),
        ("nothing of the kind", []),
    ],
)
def test_the_search_box_finds_cjk_words(browser: Any, words: str, found: list[str]) -> None:
    page = _page(browser, f"{LIST}?_search={words}")
    assert _titles(page) == found
    assert page.css("#_search")[0].attributes["value"] == words


@pytest.mark.parametrize(
    "words", ['"', "%22NEAR(", "*", "AND", "😀", "a%26b", "-x:y^2", "'; DROP TABLE articles", "%00"]
)
def test_anything_can_be_typed_into_the_search_box(browser: Any, words: str) -> None:
    assert browser.get(f"{LIST}?_search={words}").status_code == 200
    assert browser.get(f"/articles/search?words={words}").status_code == 200


def test_the_ranked_search_leads_to_the_articles(browser: Any) -> None:
    (link,) = [
        node for node in _page(browser, f"{LIST}?_search=호우").css("a") if node.text() == "The best match first"
    ]
    page = _page(browser, str(link.attributes["href"]))
    assert [node.attributes["href"] for node in page.css("td.col-article a")] == ["/articles/articles/1"]


def test_articles_can_be_narrowed_by_facets(browser: Any) -> None:
    page = _page(browser, LIST)
    assert {node.attributes["data-column"] for node in page.css(".facet-info")} == {
        "source",
        "language",
        "section",
        "published",
    }
    link = next(node for node in page.css(".facet-info a") if node.text().strip() == "japanese")
    assert _titles(_page(browser, str(link.attributes["href"]).replace("http://localhost", ""))) == [
        "知事、橋の点検を表明"
    ]


def test_a_byline_leads_to_what_else_the_author_wrote(browser: Any) -> None:
    (link,) = _page(browser, "/articles/articles/1").css(".ingest-authors a")
    assert _titles(_page(browser, str(link.attributes["href"]))) == ["집중호우에 도로 통제"]
    assert _titles(_page(browser, f"{LIST}?_search_authors=도로")) == []


def test_links_show_the_title_of_their_article(browser: Any) -> None:
    assert "知事、橋の点検を表明" in _text(_page(browser, "/articles/links"), "td.col-article_id")


def test_articles_that_came_while_datasette_runs_are_seen(database: Path, browser: Any) -> None:
    with Store.open(database) as store:
        assert "rows in the WAL" not in browser.get("/articles/sources").text
        store._db.execute("UPDATE sources SET message = 'rows in the WAL' WHERE name = 'japanese'")
        assert "rows in the WAL" in browser.get("/articles/sources").text


def test_data_can_be_exported_whole(browser: Any) -> None:
    rows = browser.get("/articles/articles.json?_shape=array").json()
    assert any(STORY_END in row["text"] for row in rows)
    assert browser.get("/articles/articles.csv").text.count("\n") > len(rows)


HOSTILE_PLACES = (
    "/", LIST, "/articles/articles/3", "/articles/articles/4", "/articles/links", "/articles/sources",
    "/articles/links?state=failed",
)  # fmt: skip


@pytest.mark.parametrize("path", HOSTILE_PLACES)
def test_hostile_text_is_shown_as_text(browser: Any, path: str) -> None:
    html = browser.get(path).text
    page = LexborHTMLParser(html)
    assert "&lt;script&gt;alert(1)" in html
    assert "{{ 7 * 7 }}" in html or "{{ 7 * 7" in html
    assert page.css("img") == []
    scripts = [node.text() for node in page.css("script")]
    assert not any("alert" in script for script in scripts)
    handlers = [value for node in page.css("*") for name, value in node.attributes.items() if name.startswith("on")]
    assert not any("alert" in (handler or "") for handler in handlers)
    assert not any((node.attributes.get("href") or "").startswith("javascript:") for node in page.css("a"))


def test_a_body_from_a_tampered_database_is_inert(browser: Any) -> None:
    page = _page(browser, "/articles/articles/3")
    assert [node.tag for node in page.css(".ingest-body *")] == ["p", "h2", "p", "a", "figure"]
    assert page.css(".ingest-body a")[0].attributes == {"rel": "noopener noreferrer nofollow"}
