"""Titles, facets and the ranked search of our tables; the user's own configuration goes before."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any

from datasette.app import Datasette

from ingest.browse.datasette_config import SEARCH, configure, metadata


def test_the_user_s_facets_replace_ours(browser: Any) -> None:
    mine = {"databases": {"articles": {"tables": {"articles": {"facets": ["source"]}}}}}
    html = browser.get("/articles/articles", metadata=mine).text
    assert 'data-column="source"' in html
    assert 'data-column="language"' not in html


def test_our_databases_are_described_and_no_others(database: Path, foreign: Path) -> None:
    described = metadata(Datasette([str(database), str(foreign)]))
    assert list(described["databases"]) == ["articles"]
    assert SEARCH in described["databases"]["articles"]["queries"]


def test_what_datasette_does_to_one_copy_does_not_reach_the_next(database: Path) -> None:
    datasette = Datasette([str(database)])
    metadata(datasette)["databases"]["articles"]["tables"].clear()
    assert "articles" in metadata(datasette)["databases"]["articles"]["tables"]


def test_defaults_are_added_below_what_the_user_configured(database: Path) -> None:
    served = Datasette([str(database)])
    theirs = {
        "databases": {"articles": {"title": "Mine", "tables": {"links": {"sort": "url"}}, "queries": None}},
        "x": 1,
    }
    later = SimpleNamespace(config=theirs, databases=served.databases)
    configure(later)
    configured = later.config["databases"]["articles"]
    assert later.config["x"] == 1
    assert (configured["title"], configured["queries"]) == ("Mine", None)
    assert configured["tables"]["links"]["sort"] == "url"
    assert configured["tables"]["links"]["title"] == "Links"
    assert configured["tables"]["articles"]["title"] == "Articles"


def test_a_datasette_without_a_configuration_is_left_as_it_is(database: Path) -> None:
    earlier = SimpleNamespace(config=None, databases=Datasette([str(database)]).databases)
    configure(earlier)
    assert earlier.config is None
