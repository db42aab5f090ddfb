"""Single pages that a command fetches, by the settings of sources.yaml."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from ingest.cli.fetching import fetch_page
from ingest.cli.options import Options
from ingest.errors import FetchError, SourcesError
from ingest.model import Source


def options(folder: Path) -> Options:
    return Options(folder / "sources.yaml", folder / "db" / "articles.db")


def test_a_page_is_fetched_and_nothing_is_stored(desk: Any, web: Any):
    page = fetch_page(f"{web.origin}/2026/council", options(desk.folder))
    assert page.content == web.pages["/2026/council"].body
    assert not (desk.folder / "db").exists()


def test_without_sources_yaml_the_settings_are_those_of_the_defaults(web: Any, tmp_path: Path):
    web.text("/page", "a page of this machine")
    with pytest.raises(FetchError, match="blocked_address"):
        fetch_page(f"{web.origin}/page", options(tmp_path))
    assert web.asked == []


def test_robots_txt_is_obeyed(desk: Any, web: Any):
    web.text("/robots.txt", "User-agent: *\nDisallow: /2026/")
    with pytest.raises(FetchError) as refused:
        fetch_page(f"{web.origin}/2026/council", options(desk.folder))
    assert refused.value.code == "robots"
    assert web.asked == ["/robots.txt"]


def test_mistakes_in_sources_yaml_are_all_reported_and_nobody_is_asked(desk: Any, web: Any):
    (desk.folder / "sources.yaml").write_text("settings: {delay: never}\nsources: nonsense")
    with pytest.raises(SourcesError) as wrong:
        fetch_page(f"{web.origin}/2026/council", options(desk.folder))
    assert [mistake.line for mistake in wrong.value.mistakes] == [1, 2]
    said = desk("extract", f"{web.origin}/2026/council", status=2)
    assert len(said.stderr.splitlines()) == 2
    assert web.asked == []


def test_a_page_to_be_rendered_without_a_browser_says_what_to_install(
    desk: Any, web: Any, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("INGEST_BROWSER", "/nowhere/chromium")
    address = f"{web.origin}/2026/council"
    with pytest.raises(FetchError, match="browser: /nowhere/chromium is no program: name Chromium or Chrome in"):
        fetch_page(address, options(desk.folder), Source("town", web.origin, render=True))
    assert web.asked == []
    said = desk("try", "--render", address, status=1)
    assert said.stderr.startswith(f"{address}: browser: /nowhere/chromium is no program")
    assert len(said.stderr.splitlines()) == 1
