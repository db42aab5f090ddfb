"""Whether a source is as it used to be: the history of its runs comes in, findings come out.

A finding says in one sentence what changed, since when, and by which three pages it can be seen. It holds until its
cause is gone. The store keeps histories and findings, and calls `judge` between reading the one and writing the other.
Why these statistics and thresholds: docs/decisions/0025.
"""

from ingest.health.findings.judge import KINDS, judge

__all__ = ["KINDS", "judge"]
