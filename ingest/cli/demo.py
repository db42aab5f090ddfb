"""`ingest demo`: fetches the bundled pretend web twice, without a network, and shows what was stored."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from ingest import demo
from ingest.cli.fetch import run
from ingest.cli.logs import log_to_stderr
from ingest.cli.options import log_option
from ingest.cli.terminal import counted, plain
from ingest.sources import Configuration
from ingest.store import Reader

if TYPE_CHECKING:
    from ingest.cli.options import Options
    from ingest.store import ArticleSummary

_DATABASE = Path("db/demo.db")


@click.command("demo")
@click.option("--keep", is_flag=True, help="Go on with the demo's database instead of beginning anew.")
@log_option
@click.pass_obj
def command(options: Options, keep: bool) -> int:
    """Serve a small pretend web on this machine, ingest it twice, and show what landed.

    Writes db/demo.db, or the database named with --db.
    """
    database = options.db if options.db != Path("db/articles.db") else _DATABASE
    if not keep:
        _remove(database)
    # What a run warns of is printed at the end.
    log_to_stderr(options.log, only_errors=True)
    with demo.serve() as web:
        click.echo(f"A pretend web of {len(web.sources)} sites is served on this machine. First run:\n")
        configuration = Configuration(web.settings, tuple(web.sources))
        first = run(configuration, database)
        click.echo("\nOne article is edited at its site, and the courier has a new layout. Second run:\n")
        web.edit()
        second = run(configuration, database)
    with Reader.open(database) as store:
        articles = store.latest(100)
        findings = store.findings()
    click.echo(f"\n{len(articles)} articles in {database}:\n")
    for article in articles:
        click.echo("  " + _line(article))
    click.echo(f"\n{counted(len(findings), 'finding')}; the articles of that source are as they were before:\n")
    for finding in findings:
        click.echo(f"  {plain(finding['message'])}")
    click.echo(_farewell(database))
    return 1 if first.failed or second.failed else 0


def _line(article: ArticleSummary) -> str:
    published = str(article["published"] or "no date").replace("T", " ").removesuffix(":00Z")
    double = f"  (the text of {article['duplicate_of']})" if article["duplicate_of"] else ""
    return f"{article['id']:>3}  {published}  {plain(article['source']):<10}  {plain(article['title'], 70)}{double}"


def _farewell(database: Path) -> str:
    width = max(len(f"ingest --db {database} browse --open"), len("ingest check && ingest fetch"))
    return f"""
What to try next:
  {f"ingest --db {database} search 수달":{width - 2}}  search, in any language
  {f"ingest --db {database} status":{width}}  how each source is doing
  {f"ingest --db {database} findings":{width}}  what is found to be wrong, with three pages to look at
  {f"ingest --db {database} browse --open":{width}}  browse with Datasette
  {"ingest check && ingest fetch":{width}}  the real web: edit sources.yaml first"""


def _remove(database: Path) -> None:
    """Deletes the database of an earlier demo: both files, and what SQLite keeps beside them."""
    for path in (database, database.with_name("demo-pages.db")):
        for suffix in ("", "-wal", "-shm"):
            path.with_name(path.name + suffix).unlink(missing_ok=True)
