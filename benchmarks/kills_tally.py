"""The table of `kills.py`."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass
class Tally:
    """A line of the table. ``broken``: articles, versions, pages or indexes that a check found damaged."""

    kind: str
    kills: int = 0
    acknowledged: int = 0
    stored: int = 0
    versions: int = 0
    lost: int = 0
    twice: int = 0
    broken: int = 0
    backups: int = 0
    bad_backups: int = 0
    reads: int = 0
    bad_reads: int = 0
    said: list[str] = field(default_factory=list)

    @property
    def is_well(self) -> bool:
        return not (self.lost or self.twice or self.broken or self.bad_backups or self.bad_reads)

    def line(self) -> str:
        cells = (
            self.kills, self.acknowledged, self.stored, self.versions, self.lost, self.twice, self.broken,
            f"{self.backups} ({self.bad_backups} bad)", f"{self.reads} ({self.bad_reads} bad)",
        )  # fmt: skip
        return f"{self.kind:<11}" + "".join(f"{cell:>13}" for cell in cells)


HEADER = f"{'kind':<11}" + "".join(
    f"{title:>13}"
    for title in ("kills", "acknowledged", "stored", "versions", "lost", "twice", "broken", "backups", "reads")
)
