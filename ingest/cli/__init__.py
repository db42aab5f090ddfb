"""The command line: each command parses its arguments, calls the packages below, and prints.

Arguments come in, text and an exit status go out; what a run decides and stores is the business of the packages below.
A command is a module with a click command named ``command``, and a line of `COMMANDS`. It is imported when it is
called, so that ``ingest --help`` and completion stay fast.
"""

from __future__ import annotations

import sys
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import click

from ingest import __version__
from ingest.cli.options import LOG_FORM, LOG_HELP, LogForm, Options
from ingest.errors import SourcesError, StoreError, first_error

if TYPE_CHECKING:
    from collections.abc import Mapping

USAGE, DATABASE, INTERRUPTED = 2, 3, 130

#: Name of a command → its module in this package, and its line in ``ingest --help``.
COMMANDS: Mapping[str, tuple[str, str]] = {
    "add": ("add", "Propose a source for an address, and add it to sources.yaml."),
    "backfill": ("backfill", "The whole history of one source, resumable."),
    "backup": ("backup", "Copy the database while it is written, and check the copy."),
    "browse": ("browse", "Browse and search the articles (Datasette)."),
    "check": ("check", "Check sources.yaml; every mistake at once."),
    "db": ("db", "Check the database for damage, or rebuild what can be made again."),
    "demo": ("demo", "The whole road over a bundled pretend web; no network needed."),
    "export": ("export", "Print the articles as JSON lines or CSV."),
    "extract": ("extract", "The article of one page, or of many; stores nothing."),
    "fetch": ("fetch", "One run over all (or the named) sources."),
    "reextract": ("reextract", "Apply today's extractors to the pages that were kept."),
    "findings": ("findings", "What is not as it used to be."),
    "revert": ("revert", "Put a version of an article back in its place."),
    "search": ("search", "Search titles, authors and texts."),
    "serve": ("serve", "The service, in the foreground."),
    "status": ("status", "How each source is doing."),
    "try": ("try_page", "How a page is read: a preview that stores nothing."),
    "versions": ("versions", "The former and held-back texts of an article, and how they differ."),
}


class LazyCommand(click.Command):
    """A command that is listed by its name and its line of help, and imported when it is called."""

    def __init__(self, name: str, module: str, short_help: str) -> None:
        super().__init__(name, short_help=short_help)
        self._module = module

    def load(self) -> click.Command:
        """Imports the module of the command and returns the command itself."""
        command: click.Command = import_module(f"{__name__}.{self._module}").command
        return command

    def make_context(
        self, info_name: str | None, args: list[str], parent: click.Context | None = None, **extra: Any
    ) -> click.Context:
        # Everything that click does with a command that is called begins here, and goes on with the context's command.
        return self.load().make_context(info_name, args, parent, **extra)


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
@click.option("--log", type=LOG_FORM, default="auto", envvar="INGEST_LOG", show_default=True, help=LOG_HELP)
@click.version_option(__version__, prog_name="ingest")
@click.pass_context
def cli(context: click.Context, sources: Path, db: Path, log: LogForm) -> None:
    """Follow news sites and blogs; keep what they publish as clean, deduplicated, searchable articles in one SQLite
    file.

    Start with `ingest demo`, which needs neither a network nor a configuration.
    """
    context.obj = Options(sources, db, log)


for _name, (_module, _short_help) in COMMANDS.items():
    cli.add_command(LazyCommand(_name, _module, _short_help))


def main() -> None:
    """Runs the console script.

    The exit status is 0 if all is well, 1 if some sources failed, 2 for mistakes in the arguments or in sources.yaml,
    3 if the database cannot be used, and 130 if the command was interrupted.
    """
    try:
        status = cli(standalone_mode=False)
    except SourcesError as error:
        click.echo(str(error), err=True)
        sys.exit(USAGE)
    except StoreError as error:
        click.echo(str(error), err=True)
        sys.exit(DATABASE)
    except ExceptionGroup as group:
        # Several links were under way together when the database failed, or the reader of our output was gone.
        if first_error(group, BrokenPipeError):
            _end_quietly()
        failure = first_error(group, StoreError)
        if failure is None:
            raise
        click.echo(str(failure), err=True)
        sys.exit(DATABASE)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except (click.Abort, KeyboardInterrupt):
        click.echo("interrupted; nothing is lost: the next run goes on from here", err=True)
        sys.exit(INTERRUPTED)
    except BrokenPipeError:
        _end_quietly()
    sys.exit(status if isinstance(status, int) else 0)


def _end_quietly() -> NoReturn:
    """The reader of our output has closed the pipe, as `head` does."""
    sys.stderr.close()
    sys.exit(0)
