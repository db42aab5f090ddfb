"""The type of a page (article, listing, forum or other) by what it declares, its address and its shape."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ingest.dedup import raw_urls

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ingest.extraction.markup.document import Document
    from ingest.extraction.markup.outline import Outline
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
_PRODUCT_TYPES = frozenset({"Product", "ProductGroup"})
_ARTICLE_TYPES = re.compile(r"Article$|BlogPosting$|Report$|Recipe$")
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5"})
_HOME = re.compile(r"/?(?:index\.\w+)?\??$")
# Set by hand on the development corpus; how types and F1 move when each of them is halved or doubled stands in
# docs/constants.md, made by `python benchmarks/sensitivity.py CORPUS`.
_LONG = 160  # letters of a paragraph that teasers seldom have
_MUCH = 1000  # letters of such paragraphs that only texts have
_CARDS = 5
_TEASER = 200  # letters that come with a card at most
_ALIKE = 8  # links in boxes of one kind
_ALIKE_ALONE = 12
_LINK = 15  # letters of a link that may be a title
_FEW = 2  # paragraphs


def classify(document: Document, outline: Outline) -> tuple[PageType, float]:
    """The type and how sure it is, 0.5 to 1: the share of pages with the same signs that are of that type.

    (The shares are those of the development corpus, see ``docs/metadata.md``.) A page that is wrongly called a listing
    is lost, while one that is wrongly called an article is kept. A page that declares itself an article is therefore
    called a listing at the front door only, and any other page only if two signs agree.
    """
    types = _declared(document)
    path = raw_urls.split_or_empty(document.url)
    address = f"{path.path}?{path.query}"
    forum = 0.5 * bool(types & _FORUM_TYPES) + 0.4 * _names_forum_software(document)
    forum += 0.4 * (_FORUM_PATH.search(address) is not None)
    forum += 0.2 * path.netloc.startswith(("forum", "community", "boards", "bbs", "discuss"))
    if forum >= 0.4:
        return "forum", 0.95 if forum > 0.5 else 0.85
    home = bool(path.netloc) and _HOME.match(address) is not None
    shape = _shape(outline)
    declared = is_declared_article(document)
    if _is_listing(document, shape, types, home=home, filed=home or _LISTING_PATH.search(path.path) is not None):
        return "listing", 0.9
    if declared:
        return "article", 0.95
    if home or types & _PRODUCT_TYPES or any(kind.startswith("product") for kind in document.meta.get("og:type", ())):
        return "other", 0.9
    return "article", 0.8 if shape.prose > _MUCH else 0.6


def is_declared_article(document: Document) -> bool:
    """Whether the page says by Open Graph or JSON-LD that it is an article."""
    return "article" in document.meta.get("og:type", ()) or _is_dated(document, _declared(document))


def _is_dated(document: Document, types: set[str]) -> bool:
    """Whether the page gives itself a date of publication or the type of an article; ``og:type`` is often wrong."""
    return "article:published_time" in document.meta or any(map(_ARTICLE_TYPES.search, types))


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


@dataclass(frozen=True, slots=True)
class _Shape:
    """What a page is made of. ``prose`` are the letters in long paragraphs, ``paragraphs`` is their number."""

    prose: int
    paragraphs: int
    links: int
    cards: int
    """Headings that are links."""
    alike: int
    """Links that may be titles, in boxes of the most frequent kind; lists do not count, as menus are lists."""
    alike_in_lists: int

    @property
    def is_linked(self) -> bool:
        return self.links > self.prose

    @property
    def has_cards(self) -> bool:
        return self.cards >= _CARDS and self.prose < _TEASER * self.cards


def _shape(outline: Outline) -> _Shape:
    prose = paragraphs = links = cards = 0
    alike: Counter[tuple[str, str]] = Counter()
    for block in outline.blocks:
        links += block.linked
        # A letter of Chinese, Japanese or Korean says as much as three Latin ones, and takes three bytes.
        length = len(block.text)
        # Most blocks are too short in any script and need no closer look.
        if block.linked < _LONG <= 4 * length and (letters := _letters(block.text)) - block.linked >= _LONG:
            prose += letters
            paragraphs += 1
        elif block.linked >= 0.8 * length:
            cards += block.box.tag in _HEADINGS
            if block.linked >= _LINK:
                alike[block.box.tag, block.box.names] += 1
    outside = [number for (tag, _), number in alike.items() if tag != "li"]
    return _Shape(prose, paragraphs, links, cards, max(outside, default=0), max(alike.values(), default=0))


def _letters(text: str) -> int:
    return len(text) if text.isascii() else len(text.encode())


def _is_listing(document: Document, shape: _Shape, types: set[str], *, home: bool, filed: bool) -> bool:
    """``filed``: its address is that of a section of the site, or of the front page (``home``)."""
    of_links = shape.is_linked or shape.has_cards or shape.alike_in_lists >= _ALIKE
    if _is_dated(document, types):
        return home and of_links and shape.is_linked
    if filed or types & _LISTING_TYPES:
        return of_links or (not filed and shape.paragraphs <= _FEW)
    if "article" in document.meta.get("og:type", ()) or not shape.is_linked or shape.paragraphs > _FEW:
        return False
    return shape.alike >= _ALIKE_ALONE
