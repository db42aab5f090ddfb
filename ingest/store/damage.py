"""What a check of the database found: a sentence for each kind of damage, and what an operator can do about it."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from pathlib import Path

Kind = Literal["file", "structure", "schema", "table", "reference", "article", "version", "index", "raw_page"]

RESTORE = (
    "restore a backup (docs/operating.md, Damage); without one, `sqlite3 FILE .recover | sqlite3 NEW` saves what can"
    " still be read"
)
REBUILD = "`ingest db rebuild` makes it again from the rest; nothing is lost"
REREAD = (
    "`ingest reextract` reads them again from their raw pages where these were kept, and `ingest db rebuild` then"
    " corrects the full-text index; or restore a backup"
)
RESTORE_ROWS = "restore a backup, or copy these rows from one"
FETCH_AGAIN = (
    "only `ingest reextract` needs them; delete these rows of `pages`, and the next fetch of such a page keeps it again"
)
MOVE_AWAY = "move this file away: `ingest` goes on with a new one, and nothing is lost but the kept pages"


@dataclass(frozen=True, slots=True)
class Damage:
    """One kind of damage in one file. ``ids`` names rows as ranges, such as ``7, 120–179``."""

    file: str
    kind: Kind
    message: str
    advice: str
    count: int = 1
    ids: str = ""

    def __str__(self) -> str:
        return f"{self.file}: {self.message}; {self.advice}"


@dataclass(slots=True)
class CheckReport:
    """What was looked at, and what is damaged; ``missing`` names files that are not there.

    ``older`` names files of an older version of ingest, of whose rows nothing is known here.
    """

    database: Path
    checked: dict[str, int] = field(default_factory=dict)
    damage: list[Damage] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    older: list[str] = field(default_factory=list)

    def as_json(self) -> dict[str, Any]:
        """The object of ``db check --json``."""
        return {
            "database": str(self.database),
            "ok": not self.damage,
            "checked": self.checked,
            "missing": self.missing,
            "older": self.older,
            "damage": [asdict(damage) for damage in self.damage],
        }
