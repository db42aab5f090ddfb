"""`ingest extract`."""

from __future__ import annotations

import json
from typing import Any

import pytest

pytestmark = pytest.mark.slow


def test_extract_json_has_every_field(desk: Any, web: Any):
    article = json.loads(desk("extract", "--format", "json", stdin=web.pages["/2026/council"].body).stdout)
    assert article["title"] == "The council adjourns"
    assert article["language"] == "en"
    assert article["origins"]["body"] == "generic"
    assert {
        "authors",
        "published",
        "modified",
        "section",
        "tags",
        "summary",
        "image",
        "dates",
        "html",
    } <= article.keys()


def test_extract_says_in_one_line_why_a_page_has_no_article(desk: Any):
    done = desk("extract", stdin=b"\x00\x01\x02\xff\xfe" * 500, status=1)
    assert len(done.stderr.splitlines()) == 1
    desk("extract", "no-such-file.html", status=2)


@pytest.mark.parametrize(
    ("form", "begins"), [("markdown", "# The council adjourns\n\nThe council met"), ("html", "<p>The council met")]
)
def test_extract_prints_markdown_and_html_too(desk: Any, web: Any, form: str, begins: str):
    assert desk("extract", "--format", form, stdin=web.pages["/2026/council"].body).stdout.startswith(begins)


def test_a_wall_is_no_article_and_its_error_is_json_too(desk: Any):
    page = b"<title>Log in</title><main><h1>Log in</h1><p>Please log in to continue. Forgot your password?</p></main>"
    done = desk("extract", "--format", "json", stdin=page, status=1)
    assert json.loads(done.stdout) == {
        "url": "",
        "error": "wall",
        "message": "the page asks for a login in place of an article",
    }
    assert "wall: the page asks for a login" in done.stderr
