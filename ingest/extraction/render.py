"""Nodes of a page → `Body`. What is left out is decided elsewhere and handed in."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from selectolax.lexbor import LexborNode

from ingest.body import Body


def render(nodes: Sequence[LexborNode], *, base_url: str = "", skip: Collection[int] = ()) -> Body:
    """The nodes' content in their order, less the nodes whose ``mem_id`` is in ``skip``."""
    raise NotImplementedError
