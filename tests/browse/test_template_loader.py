"""Our templates for our tables; those of the user before ours."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from datasette.app import Datasette
from jinja2 import DictLoader, Environment, TemplateNotFound

from ingest.browse.template_loader import TemplateLoader


def test_the_user_s_templates_replace_ours(browser: Any, tmp_path: Path) -> None:
    (tmp_path / "row-articles-articles.html").write_text("mine")
    (tmp_path / "index.html").write_text("my home")
    assert browser.get("/articles/articles/1", template_dir=str(tmp_path)).text == "mine"
    assert browser.get("/", template_dir=str(tmp_path)).text == "my home"


def test_every_script_tag_of_a_template_gets_the_nonce_and_other_tags_do_not(database: Path) -> None:
    template = "<script>a()</script><script src=x></script><scripted>{{ data }}"
    environment = Environment(
        loader=TemplateLoader(DictLoader({"page.html": template}), Datasette([str(database)])), autoescape=True
    )
    assert environment.get_template("page.html").render(csp_nonce="n1", data="<script>") == (
        '<script nonce="n1">a()</script><script nonce="n1" src=x></script><scripted>&lt;script&gt;'
    )


def test_our_templates_are_found_under_the_names_that_datasette_looks_for(database: Path, foreign: Path) -> None:
    ours = {"ingest_article.html": "article", "ingest_list.html": "list", "ingest_home.html": "home"}
    inner = DictLoader(ours | {"index.html": "index"})

    def rendered(name: str, *files: Path) -> str:
        loader = TemplateLoader(inner, Datasette([str(file) for file in files]))
        return Environment(loader=loader, autoescape=True).get_template(name).render()

    assert rendered("row-articles-articles.html", database, foreign) == "article"
    assert rendered("_table-articles-articles.html", database, foreign) == "list"
    assert (rendered("index.html", database), rendered("index.html", database, foreign)) == ("home", "index")
    for name in ("row-recipes-articles.html", "_table-recipes-articles.html", "row-articles-links.html"):
        with pytest.raises(TemplateNotFound):
            rendered(name, database, foreign)
