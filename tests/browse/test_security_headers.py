"""The Content-Security-Policy, and who gets it."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

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
