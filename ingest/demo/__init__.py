"""A small pretend web of our own, served over real HTTP on the loopback address, and the sources that follow it.

`serve` is the way in. Nothing here fetches, extracts or stores.
"""

from __future__ import annotations

from ingest.demo.server import Web, serve

__all__ = ["Web", "serve"]
