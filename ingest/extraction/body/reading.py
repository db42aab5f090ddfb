"""One way in which the generic extractor read a page: the box it chose, what it cleared away, and the standfirst."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Literal

from ingest.extraction.markup.render import compose
from ingest.extraction.trace import Removed, described, path, text_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ingest.article.body import Body
    from ingest.extraction.body.content_box import ContentBox
    from ingest.extraction.body.furniture import Furniture
    from ingest.extraction.markup.outline import Block

#: As an article; as one whose class names say nothing, or whose text is in ``<noscript>``; as all posts of a thread;
#: as all teasers of a listing; as an article out of the JSON in one of the page's scripts.
Way = Literal["article", "article without names", "article without scripts", "forum", "listing", "script state"]

_IN_SCRIPT = "a script of the page"


@dataclass(frozen=True)
class Reading:
    """A body and how it came about; a `BodyTrace`.

    ``furniture`` is what the outline was built without, ``content`` the chosen box less what the passes have cleared
    away, ``leads`` are blocks outside the box that go before it.
    """

    way: Way
    furniture: Furniture
    content: ContentBox
    leads: tuple[Block, ...] = ()

    @cached_property
    def letters(self) -> int:
        """Number of letters that are left in the box."""
        return sum(len(self.content.blocks[index].text) for index in self.content.kept)

    def body(self, base_url: str) -> Body:
        content = self.content
        runs = content.outline.runs(content.box, content.dropped, content.captions)
        return compose([*((lead.box, [lead]) for lead in self.leads), (content.box, runs)], base_url)

    @property
    def found_at(self) -> str:
        """The box as a path of elements."""
        return _IN_SCRIPT if self.way == "script state" else path(self.content.box.node)

    def removed(self) -> list[Removed]:
        """Furniture of the whole page in page order, then what each pass cleared away inside the box."""
        return [removed for removed in (*self._furniture(), *self._cleared()) if removed.text]

    def _furniture(self) -> Iterator[Removed]:
        for node in self.furniture.root.css("*"):
            if node.mem_id in self.content.outline.left_out:
                yield Removed(self.furniture.reason(node), text_of(node), described(node))

    def _cleared(self) -> Iterator[Removed]:
        for name, indices in self.content.cleared:
            for index in sorted(indices):
                block = self.content.blocks[index]
                yield Removed(f"pass: {name.replace('_', ' ')}", block.text, described(block.box.node))
