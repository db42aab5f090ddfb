import pytest

from ingest import sites
from ingest.extraction.draft import Draft
from ingest.extraction.markup.document import Document

URL = "https://www.hankookilbo.com/news/article/A1"


def read(html: str) -> Draft:
    found = sites.for_url(URL)
    assert found is not None
    return found.extract(Document(html, URL))


@pytest.mark.parametrize(
    "data", ['"contentHtml":', '"contentHtml":7', '"contentHtml":"<p>', '"contentHtml":null', "{}"]
)
def test_page_with_odd_data_is_left_to_others(data: str) -> None:
    assert not read(f"<script>push({data})</script>").body


def test_shown_story_is_preferred_to_the_data_behind_it() -> None:
    draft = read('<div class="article-view"><p>보이는 글.</p></div><script>{"contentHtml":"<p>숨은 글.</p>"}</script>')
    assert draft.body.text == "보이는 글."


def test_script_in_the_data_does_not_reach_the_body() -> None:
    draft = read(
        r'<script>{"contentHtml":"<p>글.<\/p><script>alert(1)<\/script><img src=x onerror=alert(2)>"}</script>'
    )
    assert draft.body.text == "글."
    assert "alert" not in draft.body.html
