"""How a body was found and what was left out of it: the record that an extractor hands over beside its answer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

_STEPS = 3  # elements of a path
_CLASSES = 3  # of an element


@dataclass(frozen=True, slots=True)
class Removed:
    """Text of the page that was left out of the body.

    ``by`` names the selector, the string or the pass that left it out, ``element`` the element that it stood in; that
    is "" for a line, which is one of many in its element.
    """

    by: str
    text: str
    element: str = ""


class BodyTrace(Protocol):
    """How a body was found. It holds nodes of the page and makes texts of them only when it is asked to."""

    @property
    def found_at(self) -> str:
        """The selector that found the body, or a path of elements as in ``main > article > div.story``."""

    def removed(self) -> list[Removed]:
        """What was left out: whole elements in page order, then the lines that each later step took."""


def described(node: LexborNode) -> str:
    """The element as a selector would name it: ``aside#more.related.box``."""
    attributes = node.attributes
    key, classes = (attributes.get("id") or "").strip(), (attributes.get("class") or "").split()
    role = attributes.get("role")
    return "".join((node.tag or "", f"#{key}" if key else "", *(f".{name}" for name in classes[:_CLASSES]))) + (
        f"[role={role}]" if role and not key and not classes else ""
    )


def path(node: LexborNode) -> str:
    """The element and the two around it, outermost first."""
    steps = [described(node)]
    while node.parent is not None and node.parent.tag not in ("html", None) and len(steps) < _STEPS:
        node = node.parent
        steps.append(described(node))
    return " > ".join(reversed(steps))


def text_of(node: LexborNode) -> str:
    """All text below the element, white space folded."""
    return " ".join(node.text(separator=" ").split())
