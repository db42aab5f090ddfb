"""A publishing platform as data: the marks by which its pages are recognised, its extractor and its furniture."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ingest.extraction.draft import Extractor

#: Characters at either end of a page that are searched for marks; the whole page would take longer and add nothing.
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
