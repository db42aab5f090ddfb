"""A small web of our own for trying ingest without a network, and the sources that follow it.

`serve` takes nothing and yields a `Web`: five sites on loopback ports, with their sources and settings. The pages come
from ``web/``. Fetching, extraction and storage are left to the code that uses it.
"""

from __future__ import annotations

from ingest.demo.server import Web, serve

__all__ = ["Web", "serve"]
