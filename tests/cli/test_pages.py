"""The page that a command is given: an address, a file or standard input."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click
import pytest

from ingest.cli.options import Options
from ingest.cli.pages import is_address, read_page

SENTENCES = [f"The council met for the {number}th time and adjourned for lack of a quorum." for number in range(2, 16)]


def options(folder: Path) -> Options:
    return Options(folder / "sources.yaml", folder / "articles.db")


def test_an_address_a_file_and_standard_input_are_read_alike(desk: Any, web: Any):
    page = web.pages["/2026/council"].body
    (desk.folder / "page.html").write_bytes(page)
    expected = "\n\n".join(["The council adjourns", *SENTENCES]) + "\n"
    assert desk("extract", f"{web.origin}/2026/council").stdout == expected
    assert desk("extract", "page.html").stdout == expected
    assert desk("extract", "-", stdin=page).stdout == expected
    assert desk("extract", stdin=page).stdout == expected


@pytest.mark.parametrize(
    ("page", "address"),
    [
        ("https://town.example/", True),
        ("http://town.example/", True),
        ("page.html", False),
        ("http", False),
        ("-", False),
    ],
)
def test_what_begins_with_http_is_an_address(page: str, address: bool):
    assert is_address(page) is address


def test_a_file_keeps_its_bytes_and_the_address_that_it_is_said_to_come_from(tmp_path: Path):
    (tmp_path / "page.html").write_bytes(b"<p>\xff\r\n</p>")
    read = read_page(str(tmp_path / "page.html"), "https://town.example/1", options(tmp_path))
    assert read == (b"<p>\xff\r\n</p>", "https://town.example/1", "")


def test_a_page_from_the_web_has_the_address_and_type_of_the_last_answer(desk: Any, web: Any):
    web.text("/new", "<p>moved here</p>", "text/html; charset=koi8-r")
    web.text("/old", "", "text/html")
    web.pages["/old"].status = 301
    web.pages["/old"].headers["Location"] = "/new"
    read = read_page(f"{web.origin}/old", "", options(desk.folder))
    assert read == (b"<p>moved here</p>", f"{web.origin}/new", "text/html; charset=koi8-r")


def test_a_file_is_read_although_sources_yaml_has_mistakes(desk: Any, web: Any):
    (desk.folder / "sources.yaml").write_text("sources: nonsense")
    (desk.folder / "page.html").write_bytes(web.pages["/2026/council"].body)
    assert desk("extract", "page.html").stdout.startswith("The council adjourns")


def test_a_file_that_cannot_be_read_is_named_with_what_to_write_instead(tmp_path: Path):
    missing = str(tmp_path / "none.html")
    with pytest.raises(click.UsageError) as refused:
        read_page(missing, "", options(tmp_path))
    assert refused.value.message == (
        f"{missing}: No such file or directory; name a file, or an address with http:// or https://"
    )
    with pytest.raises(click.UsageError, match="Is a directory; name a file"):
        read_page(str(tmp_path), "", options(tmp_path))
