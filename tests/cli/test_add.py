"""`ingest add`: from an address to a source that works, in the file as it was left."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from ingest.cli.add import replace_file, with_source
from ingest.sources import load

pytestmark = pytest.mark.slow

HOME = """<!doctype html><html><head><title>Town</title>{}</head><body><h1>Town</h1>
<p>A town with a paper of its own.</p></body></html>"""
FEED = '<link rel="alternate" type="application/rss+xml" title="All the news" href="/feed.xml">'


@pytest.fixture
def desk(desk: Any) -> Any:
    desk.web.text("/", HOME.format(FEED), "text/html")
    (desk.folder / "sources.yaml").write_text(
        "# Our sources.\nsettings:\n  delay: 0   # they are ours\n  allow_addresses: [127.0.0.0/8]\n\n"
        "sources:\n  # far away\n  - name: elsewhere\n    url: https://elsewhere.example/feed  # by hand\n",
        encoding="utf-8",
    )
    return desk


def file(desk: Any) -> str:
    return (desk.folder / "sources.yaml").read_text(encoding="utf-8")


def test_the_best_way_is_shown_with_articles_and_added(desk: Any):
    before = file(desk)
    done = desk("add", f"{desk.web.origin}/", "--name", "town", "--yes")
    assert f"*  feed     {desk.web.origin}/feed.xml" in done.stdout
    assert "2 links" in done.stdout
    assert "The council adjourns" in done.stdout
    assert "no authors; 196 words" in done.stdout
    assert "The council met for the 2th time" in done.stdout
    added = f"  - name: town\n    url: {desk.web.origin}/feed.xml\n    kind: feed\n"
    assert file(desk) == before + added
    assert desk("check").stdout.splitlines()[-1] == "sources.yaml: 2 sources, no mistakes"
    assert "town: ok (2 new)" in desk("fetch", "town").stdout


def test_the_first_source_is_added_to_a_file_of_settings(desk: Any):
    before = "settings:\n  delay: 0\n  allow_addresses: [127.0.0.0/8]\nsources:\n"
    (desk.folder / "sources.yaml").write_text(before, encoding="utf-8")
    desk("add", f"{desk.web.origin}/", "--name", "town", "--yes")
    assert file(desk) == before + f"  - name: town\n    url: {desk.web.origin}/feed.xml\n    kind: feed\n"


def test_a_dry_run_shows_and_changes_nothing(desk: Any):
    before = file(desk)
    done = desk("add", f"{desk.web.origin}/", "--dry-run")
    assert f"url: {desk.web.origin}/feed.xml" in done.stdout
    assert "nothing was added" in done.stdout
    assert file(desk) == before
    assert not (desk.folder / "db").exists()


@pytest.mark.parametrize(("answer", "status", "added"), [("y\n", 0, True), ("n\n", 0, False), ("", 2, False)])
def test_it_asks_before_it_writes(desk: Any, answer: str, status: int, added: bool):
    command = [sys.executable, "-m", "ingest", "add", f"{desk.web.origin}/", "--name", "town"]
    done = subprocess.run(command, cwd=desk.folder, input=answer, capture_output=True, text=True, check=False)
    assert (done.returncode, "name: town" in file(desk)) == (status, added)


def test_without_a_file_the_defaults_hold(desk: Any):
    (desk.folder / "sources.yaml").unlink()
    assert "blocked_address" in desk("add", f"{desk.web.origin}/", "--yes", status=1).stderr
    assert not (desk.folder / "sources.yaml").exists()


def test_a_missing_file_is_made(tmp_path: Path):
    path = tmp_path / "new" / "sources.yaml"
    replace_file(path, with_source(path, {"name": "town", "url": "https://town.example/feed", "kind": "feed"}))
    assert [source.name for source in load(path).sources] == ["town"]
    assert "docs/sources.md" in path.read_text(encoding="utf-8")


def test_what_is_there_already_is_refused_before_anybody_is_asked(desk: Any):
    desk("add", f"{desk.web.origin}/feed.xml", "--name", "town", "--yes")
    before = file(desk)
    desk.web.asked.clear()
    assert "as town" in desk("add", f"{desk.web.origin}/feed.xml?utm_source=x", "--yes", status=2).stderr
    assert "another one with --name" in desk("add", f"{desk.web.origin}/", "--name", "town", status=2).stderr
    assert desk.web.asked == []
    assert "as town" in desk("add", f"{desk.web.origin}/", "--yes", status=2).stderr
    assert file(desk) == before


def test_a_feed_that_is_dead_makes_way_for_the_sitemap_of_robots_txt(desk: Any):
    desk.web.pages["/feed.xml"].status = 500
    desk.web.text("/robots.txt", f"User-agent: *\nAllow: /\nSitemap: {desk.web.origin}/map.xml\n")
    urls = "".join(f"<url><loc>{desk.web.origin}/2026/05/0{day}/council</loc></url>" for day in (1, 2))
    desk.web.text("/map.xml", f"<urlset>{urls}</urlset>", "application/xml")
    desk.web.pages["/2026/05/01/council"] = desk.web.pages["/2026/council"]
    done = desk("add", f"{desk.web.origin}/", "--name", "town", "--yes")
    assert "http_5xx" in done.stdout
    assert "robots.txt names it" in done.stdout
    assert "http_4xx" in done.stdout  # One of the two articles is not there, and that is said.
    assert file(desk).endswith(f"  - name: town\n    url: {desk.web.origin}/map.xml\n    kind: sitemap\n")


def test_wordpress_is_followed_by_its_api_under_its_home_page(desk: Any):
    api = '<link rel="https://api.w.org/" href="/wp-json/">'
    desk.web.text("/", HOME.format(FEED + api), "text/html")
    desk("add", f"{desk.web.origin}/", "--name", "town", "--dry-run")
    (asked,) = [path for path in desk.web.asked if path.startswith("/wp-json/wp/v2/posts")]
    posts = [{"link": f"{desk.web.origin}/2026/council", "date": "2026-05-01T08:00:00", "title": {"rendered": "Met"}}]
    desk.web.text(asked, json.dumps(posts), "application/json")
    desk("add", f"{desk.web.origin}/", "--name", "town", "--yes")
    assert file(desk).endswith(f"  - name: town\n    url: {desk.web.origin}/\n    kind: wordpress\n")


def test_a_feed_that_nobody_declares_is_looked_for_where_most_are(desk: Any):
    desk.web.text("/plain", "<html><head><title>Gulls</title></head><body>Gulls</body></html>", "text/html")
    desk.web.article("/log/gulls", "The log of the gulls", "The keeper counted forty gulls on the pier before noon.")
    desk.web.feed("/rss.xml", "/log/gulls")
    done = desk("add", f"{desk.web.origin}/plain", "--yes")
    assert "a customary address" in done.stdout
    assert f"url: {desk.web.origin}/rss.xml" in done.stdout


def test_a_page_that_leads_nowhere_is_said_so(desk: Any):
    del desk.web.pages["/feed.xml"]
    desk.web.text("/", HOME.format(""), "text/html")
    before = file(desk)
    done = desk("add", f"{desk.web.origin}/", "--yes", status=1)
    assert "nothing here can be followed" in done.stderr
    assert file(desk) == before


def test_a_file_with_mistakes_is_left_alone(desk: Any):
    (desk.folder / "sources.yaml").write_text("sources:\n  - name: a\n    knd: feed\n", encoding="utf-8")
    desk("add", f"{desk.web.origin}/", "--yes", status=2)
    assert file(desk) == "sources:\n  - name: a\n    knd: feed\n"
    assert desk.web.asked == []


def test_a_link_to_the_file_stays_a_link_and_its_rights_stay(desk: Any):
    place = Path(desk.folder) / "sources.yaml"
    real = place.with_name("real.yaml")
    place.rename(real)
    real.chmod(0o640)
    place.symlink_to(real)
    desk("add", f"{desk.web.origin}/", "--name", "town", "--yes")
    assert place.is_symlink()
    assert "name: town" in real.read_text()
    assert real.stat().st_mode & 0o777 == 0o640
    assert [path.name for path in place.parent.iterdir() if path.name.startswith(".sources")] == []


@pytest.mark.parametrize("url", ["town.example", "ftp://town.example/", "http://"])
def test_what_is_no_address_ends_with_2(desk: Any, url: str):
    assert "not an address" in desk("add", url, status=2).stderr
