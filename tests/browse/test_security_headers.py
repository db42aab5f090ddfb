"""The Content-Security-Policy, and who gets it."""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest


@pytest.fixture
def foreign(tmp_path: Path) -> Path:
    path = tmp_path / "recipes.db"
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("CREATE TABLE articles(id INTEGER PRIMARY KEY, title TEXT, text TEXT)")
        connection.execute("CREATE VIRTUAL TABLE articles_fts USING fts5(title, content='articles')")
        connection.execute("INSERT INTO articles VALUES (1, 'Flour', '<b>Mix</b>')")
    return path


PLACES = (
    "/", "/articles", "/articles/articles", "/articles/articles/3", "/articles/links", "/articles?sql=select+1",
    "/articles/articles.json", "/nowhere", "/-/settings",
)  # fmt: skip


@pytest.mark.parametrize("path", PLACES)
def test_every_page_has_a_policy_that_runs_no_script_of_the_data(browser: Any, path: str) -> None:
    response = browser.get(path)
    policy = response.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    nonce = re.search(r"script-src 'nonce-([\w-]{20,})';", policy)
    assert nonce
    assert response.headers["x-content-type-options"] == "nosniff"
    if response.status_code == 200 and "text/html" in response.headers["content-type"]:
        assert set(re.findall(r"<script nonce=\"([^\"]*)\"", response.text)) <= {nonce[1]}
        assert len(re.findall(r"<script\b", response.text)) == response.text.count(f'<script nonce="{nonce[1]}"')


def test_a_nonce_serves_one_page_only(browser: Any) -> None:
    assert browser.get("/").headers["content-security-policy"] != browser.get("/").headers["content-security-policy"]


def test_other_databases_are_left_as_they_are(browser: Any, foreign: Path) -> None:
    browser.files.append(foreign)
    for path in ("/recipes", "/recipes/articles", "/recipes/articles/1", "/"):
        response = browser.get(path)
        assert response.status_code == 200
        assert "content-security-policy" not in response.headers
        assert "ingest" not in response.text.replace("ingest_snippet", "")
    assert "content-security-policy" in browser.get("/articles/articles").headers
    assert "ingest-list" in browser.get("/articles/articles").text


def test_the_search_of_another_database_is_that_of_datasette(browser: Any, foreign: Path) -> None:
    browser.files.append(foreign)
    sql = "SELECT escape_fts('집중호우')"
    assert browser.query("recipes", sql) == '"집중호우"'
    assert browser.query("articles", sql) == '"집중 중호 호우"'


def test_a_database_under_another_name_is_known_as_ours(browser: Any, database: Path, tmp_path: Path) -> None:
    copy = tmp_path / "my news.2026.db"
    with closing(sqlite3.connect(database)) as source, closing(sqlite3.connect(copy)) as target:
        source.backup(target)
    browser.files[:] = [copy]
    home = browser.get("/")
    assert "ingest-sources" in home.text
    path = re.search(r'href="(/[^"]+/articles/\d+)"', home.text)
    assert path
    article = browser.get(path[1])
    assert "ingest-article" in article.text
    assert "content-security-policy" in article.headers


def test_the_user_has_the_last_word(browser: Any, tmp_path: Path) -> None:
    (tmp_path / "row-articles-articles.html").write_text("mine")
    (tmp_path / "index.html").write_text("my home")
    assert browser.get("/articles/articles/1", template_dir=str(tmp_path)).text == "mine"
    assert browser.get("/", template_dir=str(tmp_path)).text == "my home"
    mine = {"databases": {"articles": {"tables": {"articles": {"facets": ["source"]}}}}}
    html = browser.get("/articles/articles", metadata=mine).text
    assert 'data-column="source"' in html
    assert 'data-column="language"' not in html
