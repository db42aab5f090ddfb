"""`ingest add`: surveys a site, shows how it can be followed, and adds it to sources.yaml."""

from __future__ import annotations

import json
import os
import shutil
import sys
import tempfile
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click
from rich.console import Console
from rich.text import Text

from ingest.article.fulltext import word_count
from ingest.cli.configuration import load_if_present
from ingest.cli.fetching import page_client
from ingest.cli.interrupts import until_interrupted
from ingest.cli.tables import print_table
from ingest.cli.terminal import counted, plain
from ingest.dedup.urls import BadURL, canonical, key
from ingest.errors import Mistake, PageError, SourcesError
from ingest.run.survey import address, survey
from ingest.run.workers import Workers
from ingest.sources import parse
from ingest.sources.append import append
from ingest.sources.validation import free_name

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from ingest.cli.options import Options
    from ingest.model import Article, Settings, Source
    from ingest.run.survey import Survey, Trial


@click.command("add")
@click.argument("url")
@click.option("--name", default="", help="Its name; made of the address if left out.")
@click.option("--yes", is_flag=True, help="Add it without asking.")
@click.option("--dry-run", is_flag=True, help="Only show what would be added.")
@click.pass_obj
def command(options: Options, url: str, name: str, yes: bool, dry_run: bool) -> int:
    """See how the site at URL can be followed, look at some of its articles, and add it to sources.yaml.

    Comments and layout of the file stay as they are; a missing file is made.
    """
    configuration = load_if_present(options.sources)
    known = configuration.sources
    name = _name(url, name, known)
    try:
        survey = until_interrupted(_survey(url, name, configuration.settings))
    except PageError as error:
        click.echo(plain(f"{url}: {error}"), err=True)
        return 1
    _show(survey)
    if survey.source is None:
        click.echo("nothing here can be followed", err=True)
        return 1
    _refuse_known(survey.source.url, known)
    entry = {"name": survey.source.name, "url": survey.source.url, "kind": survey.source.kind}
    text = with_source(options.sources, entry)
    click.echo("\nFor sources.yaml:\n" + "".join(f"  {key}: {plain(value)}\n" for key, value in entry.items()))
    if dry_run or not (yes or _confirmed(options.sources)):
        click.echo("nothing was added")
        return 0
    replace_file(options.sources, text)
    click.echo(f"added to {options.sources}; `ingest fetch {name}` reads it")
    return 0


def _name(url: str, name: str, known: tuple[Source, ...]) -> str:
    """Returns the name of the new source: ``name``, or one that is made of the address.

    Raises `click.UsageError` if it is taken, or if the address is followed already or cannot be fetched.
    """
    try:
        canonical(url)
    except BadURL as error:
        raise click.UsageError(f"{plain(url)}: not an address that can be fetched ({error})") from error
    _refuse_known(url, known)
    names = {source.name for source in known}
    if name in names:
        raise click.UsageError(f"{name}: sources.yaml has a source of this name; choose another one with --name")
    return name or free_name(url, names)


def _refuse_known(url: str, known: tuple[Source, ...]) -> None:
    for source in known:
        if key(source.url) == key(url):
            raise click.UsageError(f"{plain(url)}: sources.yaml follows it already, as {source.name}")


async def _survey(url: str, name: str, settings: Settings) -> Survey:
    with _requests_shown() as on_request:
        async with page_client(settings) as client:
            with Workers(1) as workers:
                return await survey(url, name, client.fetcher, workers, on_request)


@contextmanager
def _requests_shown() -> Iterator[Callable[[str], None]]:
    """Gives a callback that shows on a terminal which URL is asked for: at a request a second, a survey takes long."""
    if not sys.stderr.isatty():
        yield lambda _: None
        return
    console = Console(stderr=True)
    with console.status("") as status:
        yield lambda url: status.update(Text(plain(url, max(console.width - 4, 20))))


def _show(survey: Survey) -> None:
    click.echo("")
    print_table(("", "kind", "address", "why", "what it gives"), map(_row, survey.trials), no_wrap=("",))
    for sample in survey.samples:
        click.echo("")
        if isinstance(sample, Exception):
            click.echo(plain(sample))
            continue
        _show_article(sample)


def _row(trial: Trial) -> tuple[str, ...]:
    gives = trial.error or ("not tried" if trial.links is None else counted(trial.links, "link"))
    return ("*" if trial.links else "", trial.proposal.kind, address(trial.proposal), trial.proposal.why, gives)


def _show_article(article: Article) -> None:
    day = article.published.isoformat(" ", "minutes") if article.published else "no date"
    width = shutil.get_terminal_size().columns - 2 if sys.stdout.isatty() else 160
    click.echo(click.style(plain(article.title or "(no title)", width), bold=True))
    authors = ", ".join(article.authors) or "no authors"
    for line in (f"{day}; {authors}; {word_count(article.text)} words", article.url, article.text):
        click.echo("  " + plain(line, width))


def with_source(path: Path, entry: dict[str, str]) -> str:
    """Returns the text of sources.yaml with one more source, ``entry``, at the end of its list; nothing is written yet.

    Raises `SourcesError` if the file has mistakes, or if it is laid out so that the entry would not be read as written.
    """
    text = path.read_bytes().decode("utf-8-sig") if path.exists() else ""
    before = parse(text, none_yet=True).sources if path.exists() else ()
    written = append(text, entry, file=str(path))
    after = parse(written, file=str(path)).sources
    if after[:-1] != before or (after[-1].name, after[-1].url, after[-1].kind) != tuple(entry.values()):
        raise SourcesError([Mistake(str(path), 0, "sources", f"write it in yourself: {json.dumps(entry)}")])
    return written


def _confirmed(path: Path) -> bool:
    try:
        return click.confirm(f"Add it to {path}?")
    except click.Abort:
        if sys.stdin.isatty():
            raise
        raise click.UsageError("nobody answered; --yes adds without asking") from None


def replace_file(path: Path, text: str) -> None:
    """Writes the file in one step, so that no reader sees half of it, and keeps its permissions.

    The target of a symbolic link is replaced, not the link; missing folders are made.
    """
    path = path.resolve()
    path.parent.mkdir(parents=True, exist_ok=True)
    mode = path.stat().st_mode if path.exists() else 0o644
    with tempfile.NamedTemporaryFile("wb", dir=path.parent, prefix=f".{path.name}.", delete=False) as file:
        file.write(text.encode())
    os.chmod(file.name, mode & 0o777)  # noqa: PTH101 - the name of a file that is closed
    os.replace(file.name, path)  # noqa: PTH105
