"""Raw pages in a damaged file, or in none: everything else goes on."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from damaging import flip_page, lose_root, replace_bytes

from ingest.errors import ExtractError, StoreError
from ingest.model import Page
from ingest.store import Fetch, Reader, Store

NOW = datetime(2026, 3, 4, tzinfo=UTC)
URL = "https://news.example/"


def _page(path: str, content: bytes = b"<p>raw</p>") -> Page:
    return Page(URL + path, URL + path, 200, content, {}, NOW)


def _keep(store: Store, *paths: str) -> list[bool]:
    return [store.keep_page(_page(path), "all", Fetch("news", URL + path, NOW)) for path in paths]


def test_a_missing_file_is_made_anew_with_a_warning(path: Path, capsys: Any) -> None:
    with Store.open(path) as store:
        _keep(store, "a")
    (path.parent / "pages.db").unlink()
    assert capsys.readouterr().out == ""
    with Store.open(path) as store:
        assert _keep(store, "b") == [True]
    assert capsys.readouterr().out.count("raw pages are missing, and kept in a new file from now on") == 1
    with Reader.open(path) as reader:
        assert [raw.url for raw, _ in reader.raw_pages()] == [URL + "b"]


@pytest.mark.parametrize("how", ["garbage", "page"])
def test_a_damaged_file_is_left_alone_with_one_warning(path: Path, how: str, capsys: Any) -> None:
    pages = path.parent / "pages.db"
    with Store.open(path) as store:
        _keep(store, *map(str, range(200)))
    if how == "garbage":
        pages.write_bytes(b"Dear diary, " * 10_000)
    else:
        flip_page(pages, "pages_url")
    before = pages.read_bytes()
    with Store.open(path) as store:
        assert _keep(store, "a", "b") == [False, False]
        assert store._db.execute("SELECT count(*) FROM fetches").fetchone() == (202,)
    assert pages.read_bytes() == before
    (warning,) = [line for line in capsys.readouterr().out.splitlines() if "raw pages are not kept" in line]
    assert "move this file away" in warning


def test_damage_that_is_met_under_way_costs_no_article(archive: Any, path: Path, capsys: Any) -> None:
    first, second = archive.queue("a", "b")
    lose_root(path.parent / "pages.db", "pages_url")
    with archive.store.transaction():
        for queued in (first, second):
            assert not archive.keep(archive.page(queued.url))
            archive.save_article(queued, f"Text of {queued.url}")
    assert archive.row("SELECT count(*) AS n FROM articles")["n"] == 2
    assert capsys.readouterr().out.count("raw pages are not kept") == 1


def test_a_failure_in_a_transaction_is_raised_whatever_becomes_of_the_pages(archive: Any, path: Path) -> None:
    lose_root(path.parent / "pages.db", "pages_url")
    with pytest.raises(LookupError), archive.store.transaction():  # noqa: PT012
        archive.keep(archive.page(URL))
        raise LookupError
    assert archive.row("SELECT count(*) AS n FROM fetches")["n"] == 0


def test_the_file_of_another_program_is_no_damage(path: Path) -> None:
    Store.open(path.parent / "pages.db").close()
    with pytest.raises(StoreError, match="another program"):
        Store.open(path)


def test_a_reader_needs_the_file_for_nothing_but_raw_pages(archive: Any, path: Path) -> None:
    (queued,) = archive.queue("a")
    archive.save_article(queued)
    archive.store.close()
    (path.parent / "pages.db").write_bytes(b"Dear diary, " * 1_000)
    with Reader.open(path) as reader:
        assert len(reader.search("bridges")) == len(reader.latest()) == len(list(reader.export())) == 1
        assert reader.status()
        with pytest.raises(StoreError, match="the raw pages are damaged"):
            reader.raw_page(queued.url)


def test_one_damaged_page_is_told_from_the_others(archive: Any, path: Path) -> None:
    noise = bytes(number * 151 % 251 for number in range(400))
    archive.keep(archive.page(URL + "a", noise + b"first"))
    archive.keep(archive.page(URL + "b", noise + b"other"))
    archive.store.close()
    assert replace_bytes(path.parent / "pages.db", b"other", b"ether") == 1
    with Reader.open(path) as reader:
        whole, damaged = (raw for raw, _ in reader.raw_pages())
        assert whole.page.content == noise + b"first"
        with pytest.raises(ExtractError, match="the kept page is damaged"):
            _ = damaged.page
