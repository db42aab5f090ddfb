"""The JSON-LD objects (schema.org) that describe the page's article, the likeliest first, in one flat shape."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ingest.extraction.metadata.text import plain, plains

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ingest.extraction.markup.document import Document

# schema.org types (in lower case) that are an article.
_ARTICLES = (
    "newsarticle", "reportagenewsarticle", "analysisnewsarticle", "opinionnewsarticle", "backgroundnewsarticle",
    "reviewnewsarticle", "askpublicnewsarticle", "advertisercontentarticle", "satiricalarticle", "blogposting",
    "liveblogposting", "scholarlyarticle", "techarticle", "report", "article", "socialmediaposting",
    "medicalscholarlyarticle", "posting", "discussionforumposting",
)  # fmt: skip
_WORKS = ("recipe", "review", "howto", "creativework", "claimreview", "podcastepisode", "videoobject")
_PAGES = ("webpage", "itempage", "medicalwebpage", "faqpage", "aboutpage", "qapage", "profilepage")
_NO_RANK = 100
_DEEPEST = 3


@dataclass(frozen=True, slots=True)
class ArticleObject:
    """What one JSON-LD object says of the article, as plain text. ``kind`` is its schema.org type in lower case.

    Dates and authors are as written; `dates` and `names` parse them.
    """

    kind: str = ""
    headline: str = ""
    authors: tuple[str, ...] = ()
    published: str = ""
    modified: str = ""
    language: str = ""
    section: str = ""
    tags: tuple[str, ...] = ()
    summary: str = ""
    image: str = ""
    publisher: str = ""
    url: str = ""
    free: bool | None = None

    @property
    def is_article(self) -> bool:
        return self.kind in _ARTICLES


def article_objects(document: Document) -> list[ArticleObject]:
    """All objects that may describe the page: articles first, those with the page's own URL before others."""
    objects = [item for top in document.json_ld for item in _with_main_entity(top)]
    by_id = {item["@id"]: item for item in objects if isinstance(item.get("@id"), str) and len(item) > 1}
    ranked = [(rank, item) for item in objects if (rank := _rank(item, document)) < _NO_RANK]
    return [_article_object(item, by_id) for _, item in sorted(ranked, key=lambda pair: pair[0])]


def _with_main_entity(item: dict[str, Any], depth: int = 0) -> Iterator[dict[str, Any]]:
    """An object, followed by what it gives as its main entity."""
    yield item
    if depth >= _DEEPEST:
        return
    for name in ("mainEntity", "mainEntityOfPage"):
        inner = item.get(name)
        if isinstance(inner, dict) and len(inner) > 2:
            yield from _with_main_entity(inner, depth + 1)


def _types(item: dict[str, Any]) -> list[str]:
    return [kind.lower().rpartition("/")[2] for kind in plains(item.get("@type"))]


def _rank(item: dict[str, Any], document: Document) -> int:
    kinds = _types(item)
    if any(kind in _ARTICLES for kind in kinds):
        return 0 if _is_about(item, document) else 1
    if any(kind in _WORKS for kind in kinds):
        return 10
    return 20 if any(kind in _PAGES for kind in kinds) else _NO_RANK


def _is_about(item: dict[str, Any], document: Document) -> bool:
    """Whether the object has the page's own URL, which the objects of teasers have not."""
    urls = {_url_key(_url(item.get(name))) for name in ("url", "mainEntityOfPage", "@id")}
    return bool(document.url) and _url_key(document.url) in urls


def _url_key(url: str) -> str:
    return url.partition("#")[0].partition("?")[0].rstrip("/").partition("://")[2].removeprefix("www.")


def _url(value: Any) -> str:
    if isinstance(value, list):
        value = value[0] if value else ""
    if isinstance(value, dict):
        value = value.get("@id") or value.get("url")
    return value.strip() if isinstance(value, str) else ""


def _article_object(item: dict[str, Any], by_id: dict[str, dict[str, Any]]) -> ArticleObject:
    kinds = _types(item)
    return ArticleObject(
        kind=next((kind for kind in kinds if kind in _ARTICLES), kinds[0] if kinds else ""),
        headline=plain(item.get("headline")) or plain(item.get("name")),
        authors=tuple(_entity_names(item.get("author") or item.get("creator"), by_id)),
        published=_first_text(item, "datePublished", "dateCreated", "uploadDate"),
        modified=_first_text(item, "dateModified"),
        language=_language(item.get("inLanguage")),
        section=next(iter(plains(item.get("articleSection"))), ""),
        tags=tuple(plains(item.get("keywords"))),
        summary=plain(item.get("description")),
        image=_image(item.get("image") or item.get("thumbnailUrl"), by_id),
        publisher=next(iter(_entity_names(item.get("publisher"), by_id)), ""),
        url=_url(item.get("url")) or _url(item.get("mainEntityOfPage")),
        free=_is_free(item.get("isAccessibleForFree")),
    )


def _first_text(item: dict[str, Any], *names: str) -> str:
    for name in names:
        value = item.get(name)
        if isinstance(value, list):
            value = value[0] if value else None
        if isinstance(value, dict):
            value = value.get("@value")
        if isinstance(value, int | float) and not isinstance(value, bool):
            value = str(value)
        if text := plain(value):
            return text
    return ""


def _entity_names(value: Any, by_id: dict[str, dict[str, Any]], depth: int = 0) -> Iterator[str]:
    """The names of persons and organisations, given as a string, an object, a reference, or a list of these."""
    if depth > _DEEPEST:
        return
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for item in value:
            yield from _entity_names(item, by_id, depth + 1)
    elif isinstance(value, dict):
        value = value if value.get("name") else by_id.get(str(value.get("@id")), value)
        name = value.get("name")
        if not name and value.get("givenName"):
            name = f"{plain(value.get('givenName'))} {plain(value.get('familyName'))}"
        yield from plains(name)


def _language(value: Any) -> str:
    if isinstance(value, list):
        value = value[0] if value else ""
    if isinstance(value, dict):
        value = value.get("alternateName") or value.get("name")
    return plain(value)


def _image(value: Any, by_id: dict[str, dict[str, Any]]) -> str:
    if isinstance(value, list):
        value = value[0] if value else ""
    if isinstance(value, dict):
        value = value if value.get("url") else by_id.get(str(value.get("@id")), value)
        value = value.get("url") or value.get("contentUrl")
    return _url(value)


def _is_free(value: Any) -> bool | None:
    if isinstance(value, bool):
        return value
    return {"true": True, "false": False}.get(str(value).rsplit("/", 1)[-1].strip().lower())
