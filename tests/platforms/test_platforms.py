import importlib
import pkgutil
from pathlib import Path

import pytest

from ingest import platforms
from ingest.extraction.markup.document import Document
from ingest.extraction.rule import mistakes
from ingest.model import Rule
from ingest.run.explain import explain
from ingest.run.extract import extract_page

RULES = [
    (module.name, rule)
    for module in pkgutil.iter_modules(platforms.__path__)
    if isinstance(rule := getattr(importlib.import_module(f"ingest.platforms.{module.name}"), "RULE", None), Rule)
]


def detected(html: str) -> str:
    found = platforms.recognise(Document(html, "https://example.org/"))
    return found.extractor.name if found else ""


@pytest.mark.parametrize(("name", "rule"), RULES, ids=[name for name, _ in RULES])
def test_rule_of_a_platform_has_no_mistakes(name: str, rule: Rule) -> None:
    assert mistakes(rule) == []


#: Folders of golden pages, where the platform goes by another name.
NAMES = {"naver": "naver-blog", "note_com": "note"}
PAGES = sorted(Path(__file__).parent.glob("*/*.html"))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: f"{page.parent.name}-{page.stem}")
def test_page_is_known_for_its_platform(page: Path) -> None:
    name = page.parent.name
    assert detected(page.read_text(encoding="utf-8")) == f"platform:{NAMES.get(name, name)}"


def test_every_platform_has_a_golden_page() -> None:
    shown = {f"platform:{NAMES.get(page.parent.name, page.parent.name)}" for page in PAGES}
    assert {platform.extractor.name for platform in platforms.PLATFORMS} == shown


def test_platform_is_known_by_its_generator() -> None:
    assert detected('<meta name="generator" content="Ghost 5.2">') == "platform:ghost"


def test_unknown_generator_does_not_hide_other_marks() -> None:
    assert (
        detected('<meta name="generator" content="Site Kit"><link href="//substackcdn.com/x">') == "platform:substack"
    )


def test_blogger_is_known_by_its_script_where_a_theme_removed_the_rest() -> None:
    assert detected("<p>text</p>" * 9000 + "<script>_WidgetManager._SetDataContext([])</script>") == "platform:blogger"


def test_page_that_only_mentions_a_platform_is_of_none() -> None:
    assert detected("<p>Why I left Blogger for WordPress, Medium and Ghost.</p>") == ""


def test_blogger_page_of_several_posts_is_a_listing() -> None:
    post = '<div class="post-outer"><div class="post-body entry-content">A post.</div></div>'
    document = Document(f'<meta name="generator" content="blogger"><div id="Blog1">{post * 3}</div>')
    found = platforms.recognise(document)
    assert found is not None
    draft = found.extractor.extract(document)
    assert (draft.page_type, draft.body.text) == ("listing", "")


def test_blog_of_blogger_goes_by_its_own_name() -> None:
    page = Path(__file__).parent / "blogger" / "ethereal.html"
    article = extract_page(page.read_text(encoding="utf-8"), "https://beside-rivers.blogspot.com/2026/05/x.html")
    assert (article.site_name, article.origins["site_name"]) == ("Beside Rivers", "platform:blogger")


def test_blogger_page_whose_post_is_drawn_by_script_has_no_body() -> None:
    document = Document(
        '<meta name="generator" content="blogger"><div id="Blog1"></div>'
        '<div class="PopularPosts"><div class="post-body entry-content">Popular.</div></div>'
    )
    found = platforms.recognise(document)
    assert found is not None
    assert not found.extractor.extract(document).body


@pytest.mark.parametrize(
    "data", ["{", "null", "[]", '{"content_elements": 7}', '{"content_elements": [null, 1, {}]}', "[" * 5000]
)
def test_arc_page_with_odd_data_has_no_body_of_its_own(data: str) -> None:
    document = Document(f'<link href="/pf/resources/x.css"><script>Fusion.globalContent={data};</script>')
    found = platforms.recognise(document)
    assert found is not None
    assert not found.extractor.extract(document).body


def test_script_in_arc_data_does_not_reach_the_body() -> None:
    element = '{"type": "text", "content": "Hello <script>alert(1)<\\/script><b>there</b>"}'
    document = Document(
        '<link href="/pf/dist/x.css">'
        f'<script>Fusion.globalContent={{"content_elements": [{element}, {element}]}};</script>'
    )
    found = platforms.recognise(document)
    assert found is not None
    assert "alert" not in found.extractor.extract(document).body.html


def test_furniture_of_a_platform_goes_however_much_prose_it_holds_and_is_named() -> None:
    story = "<p>The lamp in Cooper Street goes out when the last tram has passed, and not a minute before.</p>"
    talk = "<p>My night was the eleventh, and I went every time, also with a fever, to switch the lamp off.</p>" * 9
    page = (
        '<meta name="generator" content="Wix.com Website Builder"><h1>The lamp</h1>'
        f'<article>{story}<div data-hook="comments">{talk}</div></article>'
    )
    found = explain(page)
    assert found.article.text == story[3:-4]
    assert found.body is not None
    assert [each.by for each in found.body.removed() if "eleventh" in each.text] == ["furniture of its platform"]
    assert "platform:wix" in found.extractors


def test_account_is_no_author_of_a_drupal_node() -> None:
    page = (
        '<meta name="generator" content="Drupal 10"><article class="node"><h1>The lamp</h1>'
        '<div class="node__submitted">Submitted by <span class="username">{}</span></div><p>It waits.</p></article>'
    )
    for name, authors in (("webteam7", ()), ("Petra Novak", ("Petra Novak",))):
        document = Document(page.format(name))
        found = platforms.recognise(document)
        assert found is not None
        assert found.extractor.extract(document).authors == authors
