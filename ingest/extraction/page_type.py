"""What kind of page it is: article, listing, forum or other, and how sure that is. Extracts nothing."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ingest.extraction.document import Document
    from ingest.extraction.outline import Outline
    from ingest.model import PageType

_FORUM_PATH = re.compile(
    r"/threads?/|/(?:topics?|forums?|discussions?|questions|boards?)/(?:[\w-]{0,80}/)?\d|/(?:viewtopic|showthread)\."
    r"|/t/[^/]{1,200}/\d|/r/\w{1,40}/comments/|/d/\d{1,12}-|/thread-\d|[?&](?:topic|t|tid)=\d|/item\?id=\d",
    re.IGNORECASE,
)
_FORUM_SOFTWARE = re.compile(
    r"discourse|phpbb|vbulletin|xenforo|mybb|smf|simple machines|flarum|nodebb|vanilla|invision|ip\.board|fluxbb|punbb"
    r"|lemmy",
    re.IGNORECASE,
)
_LISTING_PATH = re.compile(
    r"^/?$|^/(?:[a-z]{2}/)?(?:news|blog|articles|posts|stories|archive|archives|index|home)(?:\.\w+)?/?$"
    r"|/(?:category|categories|tag|tags|topic|topics|section|sections|author|archive|hub|search|page)(?:/|$)",
    re.IGNORECASE,
)
_FORUM_TYPES = frozenset({"DiscussionForumPosting", "QAPage", "Question"})
_LISTING_TYPES = frozenset({"CollectionPage", "ItemList", "SearchResultsPage", "OfferCatalog"})
_ARTICLE_TYPES = re.compile(r"Article$|BlogPosting$|Report$|Recipe$")
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5"})
_LONG = 160  # letters of a paragraph that teasers seldom have
_CARDS = 5


def tell(document: Document, outline: Outline) -> tuple[PageType, float]:
    """The type and a confidence from 0.5 to 1, from what the page declares, its address and its shape."""
    types = _declared(document)
    path = urlsplit(document.url)
    address = f"{path.path}?{path.query}"
    forum = 0.5 * bool(types & _FORUM_TYPES) + 0.4 * _names_forum_software(document)
    forum += 0.4 * (_FORUM_PATH.search(address) is not None)
    forum += 0.2 * path.netloc.startswith(("forum", "community", "boards", "bbs", "discuss"))
    if forum >= 0.4:
        return "forum", min(1.0, 0.4 + forum)
    listing = _listing(document, outline, types, address)
    if listing >= 0.5:
        return "listing", min(1.0, listing)
    if is_declared_article(document):
        return "article", 0.9
    return "article", 0.5 + 0.4 * (_prose(outline) > 1000)


def is_declared_article(document: Document) -> bool:
    """By Open Graph or JSON-LD."""
    if "article" in document.meta.get("og:type", ()) or "article:published_time" in document.meta:
        return True
    return any(_ARTICLE_TYPES.search(name) for name in _declared(document))


def _declared(document: Document) -> set[str]:
    """The ``@type`` of all JSON-LD objects."""
    return {name for item in document.json_ld for name in _names(item.get("@type"))}


def _names(value: object) -> Iterable[str]:
    if isinstance(value, str):
        return (value,)
    return (name for name in value if isinstance(name, str)) if isinstance(value, list) else ()


def _names_forum_software(document: Document) -> bool:
    if any(_FORUM_SOFTWARE.search(name) for name in document.meta.get("generator", ())):
        return True
    html, body = document.tree.root, document.tree.body
    names = " ".join(str(node.attributes.get(key) or "") for node in (html, body) if node for key in ("id", "class"))
    return re.search(r"phpbb|xenforo|\bXF\b|vbulletin|nodebb|ipsApp|ips[A-Z]", names) is not None


def _listing(document: Document, outline: Outline, types: set[str], address: str) -> float:
    """Many headings that are links, and little text that runs on, speak for it; so do the address and declarations."""
    cards = sum(block.box.tag in _HEADINGS and block.linked >= 0.8 * len(block.text) for block in outline.blocks)
    prose = _prose(outline)
    links = sum(block.linked for block in outline.blocks)
    score = 0.25 * (cards >= _CARDS and prose < 200 * cards) + 0.2 * (links > prose)
    score += 0.35 * (_LISTING_PATH.search(address.partition("?")[0]) is not None) + 0.35 * bool(types & _LISTING_TYPES)
    return score - 0.4 * is_declared_article(document)


def _prose(outline: Outline) -> int:
    """Letters in paragraphs that run on."""
    return sum(len(block.text) for block in outline.blocks if len(block.text) - block.linked >= _LONG)
