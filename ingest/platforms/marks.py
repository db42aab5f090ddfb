"""How a platform is known by the marks it leaves in a page. Knows no platform."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ingest.extraction.draft import Extractor

#: Characters of a page that are searched for marks, at either end: whole pages would cost more than they tell.
REACH = 12_000


@dataclass(frozen=True, slots=True)
class Platform:
    """One publishing platform. Any one mark is enough."""

    extractor: Extractor
    generators: tuple[str, ...] = ()
    """First words of ``<meta name=generator>``, in lower case."""
    head: tuple[str, ...] = ()
    """Strings that stand near the beginning of its pages and of no others."""
    tail: tuple[str, ...] = ()
    """Strings that stand near the end."""
    furniture: tuple[str, ...] = ()
    """Selectors of block elements that are never text, for the generic extractor where it reads the body."""
