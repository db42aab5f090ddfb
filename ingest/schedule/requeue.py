"""Whether a link that is known already, and named by an index page again, is fetched again."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from ingest.model import Hints, Link


@dataclass(frozen=True, slots=True)
class KnownLink:
    """What the database holds of a link."""

    via: str
    """The index page that named it first."""
    hint_hash: str
    """`hint_hash` of what that page said of it last."""
    is_queued: bool = False
    is_filtered: bool = False
    """It was never fetched, because pages of URLs of its shape were no articles."""
    is_orphaned: bool = False
    """Its source is no longer followed, so that nothing would fetch it."""


@dataclass(frozen=True, slots=True)
class Requeue:
    """What to do with a known link.

    ``action``: ``leave`` it, ``release`` a filtered one into the queue, or ``refetch`` it with its new hints.
    """

    action: Literal["leave", "release", "refetch"] = "leave"
    change_source: bool = False
    """It is the naming source's from now on."""
    counts_as: Literal["known", "new", "requeued"] = "known"


Requeuer = Callable[[KnownLink, "Link"], Requeue]


def requeue(known: KnownLink, link: Link) -> Requeue:
    """Decides by what an index page says of the link now.

    Another page may well call it something else; only a page that changes what it said itself has news. That a page
    names a filtered link to be followed vouches for it.
    """
    if known.is_filtered:
        return Requeue("release", known.is_orphaned, "new")
    if known.via != link.via or known.hint_hash == hint_hash(link.hints):
        return Requeue("leave", known.is_orphaned)
    return Requeue("refetch", known.is_orphaned, "known" if known.is_queued else "requeued")


def hint_hash(hints: Hints) -> str:
    """BLAKE2b (96 bits, hex) over what must differ for a known link to be fetched again; "" if nothing was said.

    A feed that dates its changes is believed: content may vary with every request (counters, advertising).
    """
    parts = (hints.title, hints.modified or hints.published, "" if hints.modified else hints.content)
    if not any(parts):
        return ""
    return hashlib.blake2b("\0".join(parts).encode("utf-8", "replace"), digest_size=12).hexdigest()
