"""What a site of the pretend web answers, without a socket."""

import pytest

from ingest.demo.site_files import ROOT, SITES, SiteFiles

ORIGIN = "http://127.0.0.1:8000"


def test_every_folder_of_the_web_is_a_site_with_a_front_page_and_a_robots_txt() -> None:
    assert set(SITES) == {path.name for path in ROOT.iterdir() if path.is_dir()}
    for name in SITES:
        site = SiteFiles(name, ORIGIN)
        assert (site.response("/").status, site.response("/robots.txt").status) == (200, 200)


def test_links_of_a_page_lead_to_the_site_where_it_is_served() -> None:
    page = SiteFiles("courier", ORIGIN).response("/news-sitemap.xml").content.decode()
    assert f"<loc>{ORIGIN}/" in page
    assert "{origin}" not in page


@pytest.mark.parametrize("path", ["/missing", "/../../server.py", "/%2e%2e/%2e%2e/server.py", "//etc/passwd", "/news"])
def test_nothing_but_the_pages_is_served(path: str) -> None:
    response = SiteFiles("shiomi", ORIGIN).response(path)
    assert (response.status, response.headers["Content-Type"]) == (404, "text/plain; charset=utf-8")


def test_a_page_is_served_with_and_without_its_suffix_and_a_folder_by_its_index() -> None:
    site = SiteFiles("courier", ORIGIN)
    assert site.response("/").content == site.response("/index.html").content
    path = "/2026/04/16/library-lends-umbrellas"
    assert site.response(path).content == site.response(f"{path}.html").content


def test_a_page_is_sent_again_only_to_a_client_that_holds_another_version() -> None:
    site = SiteFiles("saebyeok", ORIGIN)
    full = site.response("/rss/total.xml")
    etag, date = full.headers["ETag"], full.headers["Last-Modified"]
    unchanged = site.response("/rss/total.xml", if_none_match=etag)
    assert (unchanged.status, unchanged.content, unchanged.headers) == (304, b"", full.headers)
    assert site.response("/rss/total.xml", if_modified_since=date).status == 304
    assert site.response("/rss/total.xml", if_none_match='"other"', if_modified_since=date).status == 200
    assert site.response("/rss/total.xml", if_modified_since="Mon, 02 Mar 2026 10:00:00 GMT").status == 200


def test_an_error_of_an_api_is_never_not_modified() -> None:
    site = SiteFiles("lantern", ORIGIN)
    beyond = "/wp-json/wp/v2/posts?page=9"
    error = site.response(beyond)
    assert error.status == 400
    assert site.response(beyond, if_none_match=error.headers["ETag"]).status == 400


def test_an_edited_page_has_another_text_and_other_validators() -> None:
    site = SiteFiles("tramstop", ORIGIN)
    path = "/2026/04/how-to-read-timetable-from-1931.html"
    before, same = site.response(path), site.response("/")
    site.edited = True
    after = site.response(path)
    assert after.content != before.content
    assert {after.headers[name] == before.headers[name] for name in ("ETag", "Last-Modified")} == {False}
    assert site.response("/").headers == same.headers


def test_japanese_pages_are_shift_jis_and_only_they_say_so() -> None:
    response = SiteFiles("shiomi", ORIGIN).response("/")
    assert response.headers["Content-Type"] == "text/html"
    assert "ニュース一覧" in response.content.decode("shift_jis")
    assert SiteFiles("lantern", ORIGIN).response("/").headers["Content-Type"] == "text/html; charset=utf-8"


def test_no_page_holds_an_address_of_its_own_making() -> None:
    pages = [path for path in ROOT.rglob("*") if path.is_file()]
    assert pages
    assert not [path for path in pages if "127.0.0.1" in path.read_text(encoding="utf-8")]
