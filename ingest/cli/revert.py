"""`ingest revert`: puts a version of an article back in its place."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import click

from ingest.store import Store

if TYPE_CHECKING:
    from ingest.cli.options import Options


@click.command("revert")
@click.argument("article_id", type=int, metavar="ID")
@click.argument("version_id", type=int, metavar="VERSION")
@click.pass_obj
def command(options: Options, article_id: int, version_id: int) -> None:
    """Make a version the article again; what is stored now becomes a version, so that nothing is lost.

    `ingest versions ID` shows the versions with their numbers. When a former text is put back, what the page says
    today is held back from now on; a reading that was held back by mistake is taken as an edit. Works beside a service.
    """
    with Store.open(options.existing_database()) as store:
        if not store.revert(article_id, version_id, datetime.now(UTC)):
            raise click.UsageError(
                f"article {article_id} has no version {version_id}; see `ingest versions {article_id}`"
            )
    click.echo(
        f"article {article_id} is as in version {version_id} again; `ingest versions {article_id}` shows the rest"
    )
