"""A source with `render: true`, from its listing to its articles; and what is said where there is no browser."""

import json
from typing import Any

import pytest

from ingest.fetch.browser.renderer import missing_requirement
from ingest.model import Settings

pytestmark = pytest.mark.slow

STORIES = {"council": "The council meets", "harbour": "The harbour freezes", "bridge": "The bridge is closed"}


def paragraphs(name: str) -> str:
    return "".join(
        f"<p>For the {n}th time this winter, the {name} gave the town a reason to talk.</p>" for n in range(2, 14)
    )


def write_town(web: Any) -> None:
    """A site whose pages are empty until their scripts have asked for what stands on them."""
    links = "".join(
        f'<article><h2><a href="/2026/{name}">{title}</a></h2></article>' for name, title in STORIES.items()
    )
    app = (
        "fetch('/data' + location.pathname).then(a => a.text()).then(a => document.querySelector('main').innerHTML = a)"
    )
    shell = (
        "<!doctype html><html lang=en><title>Town</title><body><main></main><script src=/app.js></script></body></html>"
    )
    web.text("/app.js", app, "text/javascript")
    stories = {
        f"/2026/{name}": f"<article><h1>{title}</h1>{paragraphs(name)}</article>" for name, title in STORIES.items()
    }
    for path, content in {"/news": links, **stories}.items():
        web.text(path, shell, "text/html")
        web.text("/data" + path, content, "text/html")


def town(web: Any, more: str = "") -> str:
    return f"{{name: town, url: '{web.origin}/news', kind: listing, render: true{more}}}"


@pytest.mark.skipif(bool(missing_requirement(Settings())), reason=missing_requirement(Settings()))
def test_articles_that_scripts_write_are_found_and_stored(desk: Any, web: Any):
    write_town(web)
    desk.sources(town(web))
    assert "no mistakes" in desk("check").stdout
    assert {path for path in STORIES if f"/2026/{path}" in desk("fetch", "--dry-run").stdout} == set(STORIES)
    totals = json.loads(desk("fetch", "--json").stdout)["totals"]
    assert (totals["new"], totals["failed"]) == (3, 0)
    stored = dict(desk.rows("SELECT title, text FROM articles"))
    assert sorted(stored) == sorted(STORIES.values())
    assert all(text.count("this winter") == 12 for text in stored.values())


@pytest.mark.skipif(bool(missing_requirement(Settings())), reason=missing_requirement(Settings()))
def test_a_preview_shows_a_page_as_its_source_would(desk: Any, web: Any):
    write_town(web)
    address = f"{web.origin}/2026/harbour"
    assert "the harbour gave the town" not in desk("try", address).stdout
    assert "the harbour gave the town" in desk("try", "--render", address).stdout
    desk.sources(town(web))
    assert "the harbour gave the town" in desk("try", address).stdout


def test_without_a_browser_nothing_is_lost_and_everything_says_why(
    desk: Any, web: Any, monkeypatch: pytest.MonkeyPatch
):
    desk.sources(f"{{name: town, url: '{web.origin}/feed.xml', kind: feed}}")
    desk("fetch", "--limit", "1")
    monkeypatch.setenv("INGEST_BROWSER", "/nowhere/chromium")
    desk.sources(f"{{name: town, url: '{web.origin}/feed.xml', kind: feed, render: true}}")
    checked = desk("check", status=1)
    assert "town: render: /nowhere/chromium" in checked.stderr
    assert "/nowhere/chromium" in desk("fetch", status=1).stdout
    assert desk.rows("SELECT state, count(*) FROM links GROUP BY state ORDER BY state") == [("done", 1), ("failed", 1)]
    assert desk.rows("SELECT error FROM links WHERE state = 'failed'") == [("browser",)]
    assert desk.rows("SELECT error FROM sources") == [("browser",)]
