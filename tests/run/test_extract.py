"""Which extractors answer for a page."""

import ingest
from ingest.model import Rule, Source

STORY = "수달 가족이 하천에 돌아왔다는 소식이 전해지자 주민들이 다리 위에 모였다. "
DONGA = f"""<!doctype html><html lang="ko"><head><title>수달이 돌아왔다｜동아일보</title>
<link rel="canonical" href="https://www.donga.com/news/Society/article/all/20260413/1/1"></head><body>
<section class="head_group"><h1>수달이 돌아왔다</h1></section>
<section class="news_view">{STORY * 4}<br><br>{STORY * 3}
<div class="view_ad06">광고 문구</div></section></body></html>"""


def test_a_saved_page_is_read_by_the_site_that_it_claims():
    article = ingest.extract(DONGA)
    assert article.origins["body"] == "site:donga"
    assert article.text == "\n\n".join(((STORY * 4).strip(), (STORY * 3).strip()))


def test_the_address_of_a_page_counts_more_than_its_claim():
    assert ingest.extract(DONGA, "https://www.yna.co.kr/view/1").origins["body"] != "site:donga"


def test_a_claim_does_not_move_the_page_to_another_site():
    assert ingest.extract(DONGA, "https://mirror.example/copy/1").canonical_url == "https://mirror.example/copy/1"


def test_the_rule_of_an_operator_comes_first():
    from ingest.run.extract import extract_page  # noqa: PLC0415

    source = Source("mine", "https://www.donga.com/", rule=Rule(title=("title",)))
    article = extract_page(DONGA, "https://www.donga.com/news/1", source=source)
    assert article.title == "수달이 돌아왔다｜동아일보"
    assert (article.origins["title"], article.origins["body"]) == ("rule:mine", "site:donga")


def test_bytes_and_text_are_read_alike_and_no_address_is_needed():
    assert ingest.extract(DONGA.encode()).text == ingest.extract(DONGA).text
    assert ingest.extract(DONGA.encode("cp949")).text == ingest.extract(DONGA).text
