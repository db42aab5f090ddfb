"""The simple metadata fields: language, section, tags, summary, image, canonical URL, paywall, robots.

Each function returns (value, origin), both empty if the page does not give the field.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ingest.dedup import raw_urls
from ingest.extraction.metadata.text import plain

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ingest.extraction.markup.document import Document
    from ingest.extraction.metadata.json_ld import ArticleObject

_SUMMARY = ("og:description", "description", "twitter:description", "dc.description", "dcterms.abstract")
_SECTION = ("article:section", "parsely-section", "categoryname", "section", "dc.subject", "category")
_IMAGE = ("og:image:secure_url", "og:image", "og:image:url", "twitter:image", "twitter:image:src", "thumbnail")
_TAGS = ("article:tag", "parsely-tags", "news_keywords", "keywords", "sailthru.tags")
_PAID = {"locked", "metered", "paid", "premium", "subscription", "hard", "payant"}
_MOST_TAGS = 50


def first(document: Document, names: Sequence[str]) -> tuple[str, str]:
    """(value, name) of the first ``<meta>`` of ``names`` that is not empty."""
    for name in names:
        for value in document.meta.get(name, ()):
            if text := plain(value):
                return text, name
    return "", ""


def origin_of(name: str) -> str:
    """The origin of a value from the ``<meta>`` of that name, as in `Draft.origins`."""
    return "opengraph" if name.startswith(("og:", "article:")) else "meta"


def declared_language(document: Document, objects: Sequence[ArticleObject]) -> tuple[str, str]:
    """The language as declared, with its region ("en-US")."""
    root = document.tree.root
    lang = (root.attributes.get("lang") or root.attributes.get("xml:lang") or "") if root else ""
    if lang.strip():
        return lang.strip(), "html"
    for item in objects:
        if item.language:
            return item.language, "json-ld"
    for node in document.landmarks.get("meta", ()):
        if (node.attributes.get("http-equiv") or "").lower() == "content-language":
            return (node.attributes.get("content") or "").strip(), "meta"
    value, name = first(document, ("og:locale", "language", "dc.language", "dcterms.language", "inlanguage"))
    return value, origin_of(name) if name else ""


def robots(document: Document) -> tuple[str, str]:
    """The directives of ``<meta name=robots>``, as in ``noindex, nofollow``."""
    said = ",".join(document.meta.get("robots", ())).lower().split(",")
    return ", ".join(dict.fromkeys(word for part in said if (word := plain(part)))), "meta"


def tags(document: Document, objects: Sequence[ArticleObject]) -> tuple[tuple[str, ...], str]:
    """The keywords of the first origin that has some, each once, at most 50."""
    candidates = [("json-ld", item.tags) for item in objects[:1]]
    candidates += [(origin_of(name), tuple(map(plain, document.meta.get(name, ())))) for name in _TAGS]
    for origin, values in candidates:
        found: dict[str, str] = {}
        for value in values:
            for tag in value.split(",") if "," in value else value.split(";"):
                if tag.strip():
                    found.setdefault(tag.strip().casefold(), tag.strip())
        if found:
            return tuple(found.values())[:_MOST_TAGS], origin
    return (), ""


def summary(document: Document, objects: Sequence[ArticleObject]) -> tuple[str, str]:
    """The description of the article in a sentence or two."""
    value, name = first(document, _SUMMARY)
    if value:
        return value, origin_of(name)
    return next(((item.summary, "json-ld") for item in objects if item.summary), ("", ""))


def section(document: Document, objects: Sequence[ArticleObject]) -> tuple[str, str]:
    """The section of the site."""
    for item in objects:
        if item.section:
            return item.section, "json-ld"
    value, name = first(document, _SECTION)
    return value, origin_of(name) if name else ""


def image(document: Document, objects: Sequence[ArticleObject]) -> tuple[str, str]:
    """The absolute http(s) URL of the article's picture."""
    value, name = first(document, _IMAGE)
    if absolute := _absolute(document.base_url, value):
        return absolute, origin_of(name)
    for item in objects:
        if absolute := _absolute(document.base_url, item.image):
            return absolute, "json-ld"
    return "", ""


def canonical(document: Document) -> tuple[str, str]:
    """The canonical URL as declared; `dedup.urls.choose_canonical` decides whether it is trusted."""
    for node in document.landmarks.get("link", ()):
        if address := _absolute(document.base_url, node.attributes.get("href") or ""):
            return address, "link"
    value, _ = first(document, ("og:url",))
    address = _absolute(document.base_url, value)
    return address, "opengraph" if address else ""


def paywalled(document: Document, objects: Sequence[ArticleObject]) -> tuple[bool | None, str]:
    """Whether the article is declared to be behind a paywall; None if nothing is declared."""
    for item in objects:
        if item.free is not None:
            return not item.free, "json-ld"
    value, name = first(document, ("article:content_tier", "content_tier", "content-tier"))
    return (value.lower() in _PAID, origin_of(name)) if value else (None, "")


def _absolute(base: str, address: str) -> str:
    address = address.strip()
    if not address:
        return ""
    try:
        url = address if address.startswith(("https://", "http://")) else raw_urls.join(base, address)
        parts = raw_urls.split(url)
    except ValueError:
        return ""
    return url if parts.scheme in {"http", "https"} and parts.netloc else ""
