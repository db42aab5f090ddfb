"""Which elements are page furniture by their tag, role, names or state, before their text is looked at."""

from __future__ import annotations

import re
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

from ingest.extraction.lexicon.vocabulary import BODY, CONSENT, FORUM, FURNITURE, TALK, marks_of

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

    from ingest.extraction.markup.document import Document
    from ingest.extraction.markup.outline import Attributes

_TAGS = frozenset({"nav", "footer", "aside"})
_ROLES = frozenset({
    "navigation", "banner", "contentinfo", "complementary", "search", "dialog", "alertdialog", "menu", "menubar",
    "toolbar", "tablist", "tooltip",
})  # fmt: skip
_INVISIBLE = re.compile(r"display\s{0,9}:\s{0,9}none|visibility\s{0,9}:\s{0,9}hidden", re.IGNORECASE)
# What React streams behind the page, where a script picks it up.
_STREAMED = re.compile(r"S:[0-9a-f]{1,4}$")
_FOLDED = re.compile(r"accordion|collaps|tab|panel|faq|answer|toggle|expand", re.IGNORECASE)
# Utility classes that hide something on every screen.
_HIDDEN_CLASS = re.compile(r"(?:^|\s)hidden(?:$|\s)")
_SHOWN_SOMEWHERE = re.compile(r"\b(?:sm|md|lg|xl|2xl):(?:block|flex|grid|inline|table)")
# Vocabularies of what may be longer than the article and still is no part of it: consent dialogs and comments.
_ANY_LENGTH = CONSENT.mark | TALK.mark
# Set by hand on the development corpus; how F1 moves when each of them is halved or doubled stands in
# docs/constants.md, made by `python benchmarks/sensitivity.py CORPUS`.
# The last one bounds the time: boxes nest, and the text of each is read.
_LARGE_SHARE = 0.2  # of the page's prose, which a box named as furniture keeps
_SMALL = 300  # letters of a box that goes by its name alone
_MOST_SPARED = 100  # boxes that are kept for their prose
_KNOWN = "furniture of its platform"
_UNKNOWN = "furniture by tag, name, role or state"


@lru_cache(maxsize=4096)
def is_furniture(names: str) -> bool:
    """Whether the words of an element's id and class say that it is furniture."""
    if FURNITURE.matches(names):
        return not BODY.matches(names)
    return (
        _HIDDEN_CLASS.search(names) is not None
        and _SHOWN_SOMEWHERE.search(names) is None
        and _FOLDED.search(names) is None
    )


class Furniture:
    """Decides for each element whether the outline leaves it out; given to `outline.build` as ``leave_out``.

    Elements around the headline and around what is declared to be the text stay, whatever they are called, and so does
    what holds much of the page's prose: a class named "sidebar" may be on the column beside the sidebar.
    ``by_name`` false: names are ignored on this page. ``talk`` false: it is a forum, where comments are the text.
    ``known`` are the ``mem_id`` of what the page's platform is known to put around texts; it goes, whatever it holds.
    """

    def __init__(
        self, root: LexborNode, *, by_name: bool = True, talk: bool = True, known: frozenset[int] = frozenset()
    ) -> None:
        self.root = root
        self.known = known
        self.by_name = by_name
        self.talk = talk
        self.spared = 0
        self.protected = protected(root, many=not talk)

    def __call__(self, node: LexborNode, tag: str, names: str, attributes: Attributes) -> bool:
        if self.known and node.mem_id in self.known:
            return True
        if tag in _TAGS or (self.by_name and marks_of(names) & (_ANY_LENGTH if self.talk else CONSENT.mark)):
            return node.mem_id not in self.protected
        if not attributes:
            return False
        return (
            (self.by_name and len(names) > 1 and self._is_named(names))
            or tag == "form"
            or attributes.get("role") in _ROLES
            or is_hidden(names, attributes)
        ) and self._is_dispensable(node)

    def reason(self, node: LexborNode) -> str:
        """Why the element was left out, for people who look at a page."""
        return _KNOWN if node.mem_id in self.known else _UNKNOWN

    def _is_named(self, names: str) -> bool:
        return is_furniture(names) or (not self.talk and FORUM.matches(names))

    def _is_dispensable(self, node: LexborNode) -> bool:
        if self.spared > _MOST_SPARED or node.mem_id in self.protected:
            return False
        if len(node.text()) < _SMALL:
            return True
        prose = sum(len(paragraph.text()) for paragraph in node.css("p"))
        if prose < _SMALL or prose < _LARGE_SHARE * self._prose:
            return True
        self.spared += 1
        return False

    @cached_property
    def _prose(self) -> int:
        """Number of letters in paragraphs of the page."""
        return sum(len(paragraph.text()) for paragraph in self.root.css("p"))


def matching(document: Document, selectors: tuple[str, ...]) -> frozenset[int]:
    """``mem_id`` of all elements that match."""
    return frozenset(node.mem_id for selector in selectors for node in document.css(selector))


def is_hidden(names: str, attributes: Attributes) -> bool:
    """Whether it is hidden on every screen and for good, unlike what unfolds (accordions, tabs) or is streamed in."""
    if "hidden" not in attributes:
        style = attributes.get("style")
        if not style or not _INVISIBLE.search(style):
            return False
    return _FOLDED.search(names) is None and not _STREAMED.match(attributes.get("id") or "")


def protected(root: LexborNode, *, many: bool = False) -> set[int]:
    """``mem_id`` of the elements around the headline and around what is declared to be the text.

    An ``<article>`` that is not the only one may be a teaser and declares nothing, unless ``many`` texts are expected.
    """
    keys: set[int] = set()
    marks = root.css("h1, [itemprop=articleBody], main, article")
    is_declared = many or sum(node.tag == "article" for node in marks) == 1
    for node in marks:
        parent: LexborNode | None = node if is_declared or node.tag != "article" else None
        while parent is not None and parent.mem_id not in keys:
            keys.add(parent.mem_id)
            parent = parent.parent
    return keys
