"""`ingest backup`: copies the database and its raw pages while they are written, and checks the copies."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from ingest.cli.db import progress
from ingest.cli.terminal import plain
from ingest.store.backup import backup, unsuitable

if TYPE_CHECKING:
    from ingest.cli.options import Options


@click.command("backup")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--force", is_flag=True, help="Overwrite a backup that exists.")
@click.pass_obj
def command(options: Options, file: Path, force: bool) -> None:
    """Copy the database to FILE, and its raw pages beside it, also while `fetch` or `serve` writes.

    The copies take the place of older ones only after they were checked. The exit status is 3 if the database is
    damaged, or if a file cannot be written; then an older backup is still there.
    """
    database = options.existing_database()
    refusal = unsuitable(database, file, overwrite=force)
    if refusal:
        raise click.UsageError(refusal)
    with progress() as on_progress:
        done = backup(database, file, overwrite=force, on_progress=on_progress)
    for copy in done:
        click.echo(plain(f"{copy.path}: {copy.size / 1e6:,.1f} MB, checked"))
