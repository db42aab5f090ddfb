"""Kills `ingest` at random moments, over and over, and looks for what was lost, doubled or broken.

    python benchmarks/kills.py [--kills 200] [--seed 1] [KIND…]

The commands run as they are, against a small site on loopback that publishes and edits between the rounds; only pages
are parsed in the process itself, so that a round is short. What the store answers to a command, after its commit, the
command writes to a file at once: that is what was acknowledged. Beside it, another process searches and exports, and
makes backups. After each SIGKILL both files are checked (`ingest db check`), and compared with all that was ever
acknowledged; at the end of a kind its command runs to its end, and every page of the site has to be there. Kinds:
fetch, serve, backfill, reextract, checkpoint (the log is written back every four pages), migration (of a database of
the first five migrations), rebuild (`ingest db rebuild`), backup (over an older one).

Prints a line for each kind; exits with status 1 if anything was lost, twice or broken. Linux only.
"""

from __future__ import annotations

import argparse
import multiprocessing
import random
import shutil
import signal
import sqlite3
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "run"))
sys.path.insert(0, str(Path(__file__).parent))

import kills_old_database as old_database
from kills_processes import keep_company, run_command, stored
from kills_site import EDITS, GROWTH, SOURCES, Site
from kills_tally import HEADER, Tally

from ingest.store.check import check

#: Kinds, and how many of 200 kills each gets.
SHARES = {
    "fetch": 40, "serve": 35, "backfill": 35, "reextract": 25, "checkpoint": 25, "migration": 20, "rebuild": 10,
    "backup": 10,
}  # fmt: skip
#: Kinds that write nothing new: their moments are those of the clock.
_MAINTENANCE = ("migration", "rebuild", "backup")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("kinds", nargs="*", metavar="KIND", help=f"of {', '.join(SHARES)}; all, if none is named")
    parser.add_argument("--kills", type=int, default=200, help="over all kinds")
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    kinds = arguments.kinds or list(SHARES)
    if not set(kinds) <= SHARES.keys():
        parser.error(f"kinds are {', '.join(SHARES)}")
    shares = sum(SHARES[kind] for kind in kinds)
    began, tallies = time.monotonic(), []
    print(HEADER, flush=True)
    for kind in kinds:
        with tempfile.TemporaryDirectory(prefix=f"kills-{kind}-") as folder:
            tallies.append(run(kind, round(arguments.kills * SHARES[kind] / shares), Path(folder), arguments.seed))
        print(tallies[-1].line(), *tallies[-1].said, sep="\n  ", flush=True)
    print(f"{sum(tally.kills for tally in tallies)} kills in {time.monotonic() - began:.0f} s")
    return 0 if all(tally.is_well for tally in tallies) else 1


def run(kind: str, kills: int, folder: Path, seed: int) -> Tally:
    """Kills the command of this kind so many times, in ``folder``."""
    site = Site(seed)
    try:
        return _Kills(kind, kills, folder, site, random.Random(seed)).run()
    finally:
        site.close()


class _Kills:
    """One kind. Each round is a new process over the same database."""

    def __init__(self, kind: str, kills: int, folder: Path, site: Site, chance: random.Random) -> None:
        self._kind = kind
        self._wanted = kills
        self._folder = folder
        self._site = site
        self._random = chance
        self._tally = Tally(kind)
        self._database = folder / "articles.db"
        self._acknowledged, self._told = folder / "acknowledged", folder / "told"
        self._acknowledged.touch()
        self._told.touch()
        self._processes = multiprocessing.get_context("forkserver")
        self._processes.set_forkserver_preload(["ingest.cli", "ingest.run.runtime", "ingest.service", "in_process"])
        self._rule = 0

    def run(self) -> Tally:
        self._site.publish()
        self._write_sources()
        if self._kind in {"reextract", *_MAINTENANCE}:
            self._to_the_end("fetch")
        if self._kind == "migration":
            old_database.make(self._folder, self._acknowledged)
        with self._company():
            while self._tally.kills < self._wanted:
                self._prepare()
                if self._kill():
                    self._tally.kills += 1
                    if self._kind == "migration":
                        self._to_the_end("fetch")
                    self._look()
                    self._look_at_backup()
        if self._kind != "migration":
            # A backfill that was killed is resumed by the first, and by the second one begun anew.
            for _ in range(2):
                self._to_the_end("fetch" if self._kind == "serve" else self._kind)
            self._look()
            self._count_missing()
        return self._tally

    def _write_sources(self) -> None:
        feeds = [f"{{name: s{at}, url: '{self._site.origin}/feed-{at}.xml', kind: feed}}" for at in range(SOURCES)]
        sitemap = f"{{name: all, url: '{self._site.origin}/sitemap.xml', kind: sitemap}}"
        if self._kind == "reextract":
            rule = f", extract: {{body: article, drop: [h1, '.line-{self._rule}']}}}}"
            feeds = [feed.removesuffix("}") + rule for feed in feeds]
        entries = [sitemap] if self._kind == "backfill" else feeds
        settings = "settings: {delay: 0, connections_per_host: 8, allow_addresses: [127.0.0.0/8]}\n"
        lines = "".join(f"  - {entry}\n" for entry in entries)
        (self._folder / "sources.yaml").write_text(f"{settings}sources:\n{lines}")

    def _prepare(self) -> None:
        """Gives the next process something to do."""
        match self._kind:
            case "reextract":
                self._rule += 1
                self._write_sources()
            case "migration":
                for file in self._folder.glob("*.db*"):
                    file.unlink()
                for name in ("articles.db", "pages.db"):
                    shutil.copy(self._folder / "old" / name, self._folder / name)
                return
            case "rebuild" | "backup":
                return
            case "serve":
                if self._database.exists():
                    with closing(sqlite3.connect(self._database)) as db, db:
                        db.execute("UPDATE sources SET next_due = NULL")
        self._site.publish()

    def _kill(self) -> bool:
        """Starts the command and kills it at some moment; False if it had ended before."""
        process = self._start(self._kind)
        before, deadline = self._told.stat().st_size, time.monotonic() + 30
        if self._kind in _MAINTENANCE:
            time.sleep(self._random.uniform(0, 0.6))
        elif self._random.random() < 0.2:
            time.sleep(self._random.uniform(0, 0.5))
        else:
            wanted = before + self._random.randrange(3 * (GROWTH + EDITS) // 2)
            while self._told.stat().st_size < wanted and process.is_alive() and time.monotonic() < deadline:
                time.sleep(0.001)
            time.sleep(self._random.uniform(0, 0.02))
        process.kill()
        process.join()
        return process.exitcode == -signal.SIGKILL

    def _to_the_end(self, command: str) -> None:
        process = self._start(command)
        process.join(120)
        if process.exitcode != 0:
            process.kill()
            self._tally.lost += 1
            self._tally.said.append(
                f"{command} ended with {process.exitcode}: {(self._folder / 'log').read_text()[-500:]}"
            )

    def _start(self, kind: str) -> Any:
        words = {
            "checkpoint": ["fetch"],
            "migration": ["fetch"],
            "backfill": ["backfill", "all"],
            "rebuild": ["db", "rebuild"],
            "backup": ["backup", "--force", "older.db"],
        }.get(kind, [kind])
        process = self._processes.Process(target=run_command, args=(words, self._folder, kind == "checkpoint"))
        process.start()
        return process

    @contextmanager
    def _company(self) -> Iterator[None]:
        """A reader and a backup beside the commands; not for databases that are replaced each time."""
        if self._kind == "migration":
            yield
            return
        ours, theirs = self._processes.Pipe()
        company = self._processes.Process(target=keep_company, args=(self._folder, theirs))
        company.start()
        try:
            yield
        finally:
            ours.send("stop")
            tally = self._tally
            tally.backups, tally.bad_backups, tally.reads, tally.bad_reads, said = ours.recv()
            tally.said += said
            company.join()

    def _look(self) -> None:
        """Checks both files, and compares them with what was acknowledged."""
        if not self._database.exists():
            return
        report = check(self._database)
        self._tally.broken += len(report.damage)
        self._tally.said += [str(damage) for damage in report.damage]
        acknowledged = set(self._acknowledged.read_text().splitlines())
        self._tally.acknowledged = len(acknowledged)
        self._note_lost(sorted(acknowledged - stored(self._database)))
        with closing(sqlite3.connect(self._database)) as db:
            self._tally.stored = _count(db, "SELECT count(*) FROM articles")
            self._tally.versions = _count(db, "SELECT count(*) FROM versions")
            for query in _TWICE:
                self._tally.twice += _count(db, query)
        pages = self._database.with_name("pages.db")
        if pages.exists():
            with closing(sqlite3.connect(pages)) as db:
                self._tally.twice += _count(db, "SELECT count(*) - count(DISTINCT url || content_hash) FROM pages")
                urls = {url for (url,) in db.execute("SELECT url FROM pages")}
            with closing(sqlite3.connect(self._database)) as db:
                held = {url for (url,) in db.execute("SELECT url FROM articles")}
            self._note_lost([f"raw page of {url}" for url in held - urls])

    def _look_at_backup(self) -> None:
        """A backup that was killed has left an older one as it was, or has put a whole one in its place."""
        older = self._folder / "older.db"
        if older.exists():
            self._tally.bad_backups += bool(check(older).damage or stored(self._database) - stored(older))

    def _note_lost(self, lost: list[str]) -> None:
        self._tally.lost += len(lost)
        self._tally.said += [f"lost after kill {self._tally.kills}: {line}" for line in lost[:3]]

    def _count_missing(self) -> None:
        """After a run that was not killed, whatever the site has published is there, and as it is now."""
        if self._kind == "reextract":
            return
        with closing(sqlite3.connect(self._database)) as db:
            held = dict(db.execute("SELECT url, text FROM articles"))
        for number, edition in self._site.editions.items():
            text = held.get(f"{self._site.origin}/story-{number}", "")
            if text.count("\n\n") < 20 + edition:
                self._note_lost([f"story {number}, edition {edition}"])


#: Each counts what is there twice.
_TWICE = (
    "SELECT count(*) - count(DISTINCT key) FROM articles",
    "SELECT count(*) - count(DISTINCT url) FROM articles",
    "SELECT count(*) FROM articles WHERE duplicate_of IS NOT NULL",
    "SELECT count(*) - count(DISTINCT key) FROM links",
    "SELECT count(*) - count(DISTINCT article_id || content_hash) FROM versions",
)


def _count(db: sqlite3.Connection, query: str) -> int:
    return int(db.execute(query).fetchone()[0])


if __name__ == "__main__":
    sys.exit(main())
