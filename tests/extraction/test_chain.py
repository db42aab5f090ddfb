"""The order of the ladder, and what is added to an article once its fields are known."""

from ingest.extraction import chain
from ingest.extraction.markup.document import Document
from ingest.extraction.rule import extractor
from ingest.model import Hints, Rule

STORY = "Die Lampe in der Böttcherstraße geht aus, wenn die letzte Bahn gefahren ist, und nicht eine Minute früher. "


def names(**known: object) -> list[str]:
    return [each.name for each in chain.compose(**known)]  # type: ignore[arg-type]


def test_rules_come_before_metadata_and_the_generic_extractor_last() -> None:
    rule, site, platform = (extractor(name, Rule(title=("h1",))) for name in ("rule:x", "site:x", "platform:x"))
    assert names() == ["metadata", "hints", "generic"]
    assert names(platform=platform, site=site, rule=rule) == [
        "rule:x", "site:x", "platform:x", "metadata", "hints", "generic",
    ]  # fmt: skip


def test_furniture_of_a_platform_is_left_out_by_the_generic_extractor() -> None:
    page = f"<article><p>{STORY * 4}</p><div class=odd><p>{STORY[::-1] * 3}</p></div></article>"
    with_all, without = (
        chain.article(Document(page), chain.compose(furniture=furniture)).text for furniture in ((), (".odd",))
    )
    assert STORY[::-1].strip() in with_all
    assert without == (STORY * 4).strip()


def test_the_entry_of_a_feed_is_read_whole() -> None:
    document = Document(chain.entry_page("<nav>One</nav><p>Two</p>"), hints=Hints(title="Entry"))
    article = chain.article(document, chain.FEED_ENTRY)
    assert (article.title, article.text, article.origins["body"]) == ("Entry", "One\n\nTwo", "feed")


def test_the_language_is_that_of_the_text_whatever_the_page_declares() -> None:
    page = f"<html lang=en><article><h1>Die Lampe</h1><p>{STORY * 5}</p></article>"
    assert chain.article(Document(page), chain.compose()).language == "de"


def test_a_page_may_not_claim_the_address_of_another_site_unless_it_has_none_itself() -> None:
    page = '<link rel=canonical href="https://gazette.example/lamp">'
    claims = {url: chain.article(Document(page, url), chain.compose()).canonical_url for url in (
        "https://gazette.example/lamp?utm_source=mail", "https://mirror.example/lamp", ""
    )}  # fmt: skip
    assert claims == {
        "https://gazette.example/lamp?utm_source=mail": "https://gazette.example/lamp",
        "https://mirror.example/lamp": "https://mirror.example/lamp",
        "": "https://gazette.example/lamp",
    }


def test_a_page_too_short_to_tell_has_the_language_that_it_declares_or_else_that_of_its_source() -> None:
    def language_of(page: str) -> str:
        return chain.article(Document(page, language="nl"), chain.compose()).language

    assert language_of("<html lang=de><article><h1>Ebbe</h1><p>Gut.</p></article>") == "de"
    assert language_of("<article><h1>Ebbe</h1><p>Gut.</p></article>") == "nl"
