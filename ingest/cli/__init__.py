"""The command line: parses words, calls, prints. Every heavy import waits until a command needs it."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from ingest import __version__
from ingest.cli import add, backfill, browse, check, demo, export, extract, fetch, look, reextract, serve, try_page
from ingest.cli.options import Options
from ingest.errors import SourcesError, StoreError

USAGE, DATABASE, INTERRUPTED = 2, 3, 130


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.option(
    "--sources",
    type=click.Path(path_type=Path, dir_okay=False),
    default=Path("sources.yaml"),
    envvar="INGEST_SOURCES",
    show_default=True,
    help="What to follow.",
)
@click.option(
    "--db",
    type=click.Path(path_type=Path),
    default=Path("db/articles.db"),
    envvar="INGEST_DB",
    show_default=True,
    help="Where the articles go.",
)
@click.version_option(__version__, prog_name="ingest")
@click.pass_context
def cli(context: click.Context, sources: Path, db: Path) -> None:
    """Follow news sites and blogs; keep what they publish as clean, deduplicated, searchable articles in one SQLite
    file.

    Start with `ingest demo`, which needs neither a network nor a configuration.
    """
    context.obj = Options(sources, db)


for _command in (
    demo.command, fetch.command, serve.command, browse.command, extract.command, try_page.command, check.command,
    look.status, look.search, reextract.command, export.command, backfill.command,
    add.command,
):  # fmt: skip
    cli.add_command(_command)


def main() -> None:
    """The console script. Exit status: 0 all well, 1 some sources failed, 2 usage or sources.yaml, 3 the database
    cannot be used, 130 interrupted."""
    try:
        status = cli(standalone_mode=False)
    except SourcesError as error:
        click.echo(str(error), err=True)
        sys.exit(USAGE)
    except StoreError as error:
        click.echo(str(error), err=True)
        sys.exit(DATABASE)
    except ExceptionGroup as group:
        # Several links were under way together when the database failed.
        failure: Exception | None = group.subgroup(StoreError)
        if failure is None:
            raise
        while isinstance(failure, ExceptionGroup):
            failure = failure.exceptions[0]
        click.echo(str(failure), err=True)
        sys.exit(DATABASE)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except (click.Abort, KeyboardInterrupt):
        click.echo("interrupted; nothing is lost: the next run goes on from here", err=True)
        sys.exit(INTERRUPTED)
    except BrokenPipeError:
        # Who read our output has had enough, as `head` does.
        sys.stderr.close()
        sys.exit(0)
    sys.exit(status if isinstance(status, int) else 0)
