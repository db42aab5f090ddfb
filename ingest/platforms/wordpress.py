"""WordPress, on any host: author, category and tags of a post, as its own themes print them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ingest.extraction.draft import Draft, Extractor
from ingest.extraction.metadata import names
from ingest.extraction.metadata.text import printed
from ingest.platforms.marks import Platform

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

    from ingest.extraction.markup.document import Document

_AUTHOR = (
    ".entry-header .author a, .entry-header .byline a[rel=author], .entry-meta .author a, "
    ".entry-footer .byline a[rel=author], .wp-block-post-author__name"
)
_SECTION = ".cat-links a"
_TAG = ".tags-links a[rel=tag]"


def _extract(document: Document) -> Draft:
    """Within the first post only: teasers have authors too, and widgets have categories."""
    post = document.css_first("article.hentry, article.post")
    if post is None:
        return Draft()
    authors = names.people(_texts(post, _AUTHOR))
    return Draft(
        # Several names are those of several posts: the field is left to the page's metadata.
        authors=authors if len(authors) == 1 else (),
        section=next(iter(_texts(post, _SECTION)), ""),
        tags=tuple(dict.fromkeys(_texts(post, _TAG))),
    )


def _texts(post: LexborNode, selector: str) -> list[str]:
    return [text for node in post.css(selector) if (text := printed(node.text()))]


PLATFORM = Platform(
    Extractor("platform:wordpress", frozenset({"authors", "section", "tags"}), _extract),
    generators=("wordpress",),
    head=("/wp-content/",),
)
