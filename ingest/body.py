"""The body of an article as a sequence of blocks, and how it reads as text, HTML and Markdown. Finds nothing."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Body:
    """Paragraphs, headings, lists and the like, in reading order (shape still moving: see the extractor)."""

    text: str = ""
    """Paragraphs parted by a blank line."""
    html: str = ""
    """Sanitised structure: only tags and attributes of a closed list, links absolute."""

    def __bool__(self) -> bool:
        return bool(self.text)


EMPTY_BODY = Body()
