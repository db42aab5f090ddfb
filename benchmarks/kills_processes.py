"""The processes of `kills.py`: a command that writes down what is acknowledged, and a reader that makes backups."""

from __future__ import annotations

import asyncio
import os
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any, Self


def stored(database: Path) -> set[str]:
    """What is stored, in the words of what is acknowledged."""
    with closing(sqlite3.connect(database)) as db:
        links = {f"link {key}" for (key,) in db.execute("SELECT key FROM links")}
        texts = "SELECT id, content_hash FROM articles UNION SELECT article_id, content_hash FROM versions"
        return links | {f"article {article_id} {content_hash}" for article_id, content_hash in db.execute(texts)}


def run_command(words: list[str], folder: Path, many_checkpoints: bool) -> None:
    """In a process of its own: runs a command, and writes down what the store acknowledges."""
    import in_process  # noqa: PLC0415

    from ingest import cli  # noqa: PLC0415
    from ingest.run import runtime  # noqa: PLC0415
    from ingest.store import connection, thread  # noqa: PLC0415

    os.chdir(folder)
    log = os.open("log", os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
    for stream in (1, 2):
        os.dup2(log, stream)
    # Beside the lines, a byte for each article: so that the harness sees cheaply how far the command has come.
    acknowledged, told = (os.open(name, os.O_WRONLY | os.O_APPEND) for name in ("acknowledged", "told"))
    asked = thread.StoreThread.__call__

    async def answered(self: Any, operation: Any, *arguments: Any, **named: Any) -> Any:
        result = await asked(self, operation, *arguments, **named)
        if named.get("dry_run"):
            return result
        lines = "".join(f"{line}\n" for line in _acknowledged(operation.__name__, arguments, result))
        if lines:
            os.write(acknowledged, lines.encode())
            os.write(told, b"." * lines.count("article "))
        return result

    class Workers(in_process.InThisProcess):
        def __init__(self, _jobs: int | None = None) -> None:
            self.backpressure = lambda: asyncio.sleep(0)

        def __enter__(self) -> Self:
            return self

        def __exit__(self, *_: object) -> None:
            """Nothing runs elsewhere."""

    thread.StoreThread.__call__ = answered  # type: ignore[method-assign]
    runtime.Workers = Workers  # type: ignore[misc,assignment]
    if many_checkpoints:
        connection.PRAGMAS = (*connection.PRAGMAS, "wal_autocheckpoint = 4")
    sys.argv = ["ingest", "--db", "articles.db", *words]
    cli.main()


def _acknowledged(operation: str, arguments: tuple[Any, ...], result: Any) -> Iterator[str]:
    from ingest.dedup import fingerprint  # noqa: PLC0415
    from ingest.model import Changed, Duplicate, New  # noqa: PLC0415

    decision = getattr(result, "decision", result)
    if operation in {"save_article", "save_reextracted"} and isinstance(decision, New | Changed | Duplicate):
        article = arguments[0].article
        yield f"article {decision.article_id} {fingerprint.content_hash(article.title, article.text)}"
    elif operation in {"record_index_page", "record_step"}:
        read = arguments[0] if operation == "record_index_page" else arguments[1]
        yield from (f"link {key}" for key, _ in read.links.follow)


def keep_company(folder: Path, pipe: Any) -> None:
    """Reads and backs up, over and over, until told to stop; sends how often, and what was wrong."""
    from ingest.errors import StoreError  # noqa: PLC0415
    from ingest.store import Reader, article_rows  # noqa: PLC0415
    from ingest.store.backup import backup  # noqa: PLC0415

    database, target = folder / "articles.db", folder / "backup.db"
    backups = bad_backups = reads = bad_reads = 0
    said: list[str] = []
    while not pipe.poll(0.2):
        if not database.exists():
            continue
        try:
            acknowledged = (folder / "acknowledged").read_text().splitlines()
            with Reader.open(database) as reader:
                reader.search("lighthouse ferry")
                bad_reads += sum(not article_rows.is_intact(row) for row in reader.export())
            reads += 1
            backup(database, target, overwrite=True)
            backups += 1
            missing = set(acknowledged) - stored(target)
            bad_backups += bool(missing)
            said += [f"missing in a backup: {line}" for line in sorted(missing)[:3]]
        except StoreError as error:
            # A process that was killed before it had made its tables.
            if "another program" not in str(error) and "older version" not in str(error):
                bad_reads += 1
                said.append(str(error))
    pipe.recv()
    pipe.send((backups, bad_backups, reads, bad_reads, said[:5]))
