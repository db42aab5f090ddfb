"""Serves the pages of a corpus as sites on loopback addresses, ingests them all, and prints what came of it.

    python benchmarks/replay.py CORPUS_DIR [--limit N] [--kill SECONDS]

Every domain becomes a site on an address of its own, with an RSS feed or a sitemap (in turn), over real HTTP. Three
runs of `ingest fetch` at most: one killed with SIGKILL after --kill seconds, one that ingests, one that must find
nothing new. Linux only: it uses the whole of 127.0.0.0/8.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from measured import run
from replay_web import Site, load_sites, serve

PORT = 8087


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--limit", type=int, help="only the first N pages")
    parser.add_argument("--kill", type=float, help="first kill a run with SIGKILL after so many seconds")
    parser.add_argument("--keep", type=Path, help="leave the database in this folder")
    arguments = parser.parse_args()
    sites = load_sites(arguments.corpus, arguments.limit)
    work = arguments.keep or Path(tempfile.mkdtemp(prefix="replay-"))
    work.mkdir(parents=True, exist_ok=True)
    (work / "sources.yaml").write_text(_sources_yaml(sites), encoding="utf-8")
    ready = multiprocessing.Event()
    server = multiprocessing.Process(target=serve, args=(sites, PORT, ready), daemon=True)
    server.start()
    ready.wait(30)
    try:
        return _measure(work, sites, arguments.kill)
    finally:
        server.terminate()
        if not arguments.keep:
            shutil.rmtree(work)


def _sources_yaml(sites: list[Site]) -> str:
    settings = {"delay": 0, "connections_per_host": 4, "allow_addresses": ["127.0.0.0/8"]}
    sources = [{"name": site.name, "url": f"{site.origin(PORT)}/{site.index}", "kind": site.kind} for site in sites]
    return json.dumps({"settings": settings, "sources": sources})


def _measure(work: Path, sites: list[Site], kill: float | None) -> int:
    pages = sum(len(site.pages) for site in sites)
    print(f"{pages} pages of {len(sites)} sites")
    if kill:
        _killed_run(work, kill)
    first = _run(work, "first run" if not kill else "run after the kill")
    articles = _print_database(work)
    again = _run(work, "second run")
    wrong = _check_second_run(again, articles, work)
    for line in wrong:
        print("WRONG:", line)
    return 1 if wrong or first["status"] == 3 else 0


def _command(work: Path) -> list[str]:
    files = ["--sources", str(work / "sources.yaml"), "--db", str(work / "articles.db")]
    return [sys.executable, "-m", "ingest", *files, "fetch", "--json"]


def _killed_run(work: Path, seconds: float) -> None:
    process = subprocess.Popen(
        _command(work), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
    )
    time.sleep(seconds)
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    with sqlite3.connect(work / "articles.db") as db:
        held = db.execute("SELECT count(*) FROM articles").fetchone()[0]
    print(f"killed with SIGKILL after {seconds:g} s: {held} articles held")


def _run(work: Path, name: str) -> dict:
    done = run(_command(work), work / f"{name}.log")
    report = json.loads(done.output)
    totals = report["totals"]
    landed = sum(totals[name] for name in ("new", "changed", "unchanged", "duplicate"))
    failed = [source for source in report["sources"] if source["outcome"] == "failed"]
    print(f"\n{name}: exit {done.status}, {done.seconds:.1f} s, {landed / done.seconds:.1f} articles/s")
    print("  " + ", ".join(f"{count} {what}" for what, count in totals.items()))
    print(f"  {len(failed)} sources failed: {dict(Counter(source['error'] for source in failed))}")
    print(f"  peak memory of all its processes {done.peak / 2**20:.0f} MB; CPU {done.cpu:.1f} s")
    return {"status": done.status, **totals}


def _print_database(work: Path) -> list[tuple]:
    with sqlite3.connect(work / "articles.db") as db:
        articles = db.execute("SELECT id, key, content_hash FROM articles ORDER BY id").fetchall()
        duplicates = db.execute("SELECT count(*) FROM articles WHERE duplicate_of IS NOT NULL").fetchone()[0]
        states = dict(db.execute("SELECT state, count(*) FROM links GROUP BY state").fetchall())
        errors = db.execute(
            "SELECT state, error, count(*) FROM links WHERE error IS NOT NULL GROUP BY 1, 2 ORDER BY 3 DESC"
        ).fetchall()
        fetched = db.execute("SELECT count(*) FROM fetches").fetchone()[0]
    print(f"  {len(articles)} articles stored, {duplicates} of them duplicates; {fetched} fetches; links {states}")
    for state, error, count in errors:
        print(f"    {count:5} {state}: {error}")
    for path in ("articles.db", "pages.db"):
        print(f"  {path} {(work / path).stat().st_size / 2**20:.1f} MB")
    return articles


def _check_second_run(again: dict, articles: list[tuple], work: Path) -> list[str]:
    """Nothing fetched anew, nothing changed, nothing twice, and a file that SQLite finds sound."""
    wrong = [f"{again[name]} {name} in the second run" for name in ("new", "changed", "duplicate") if again[name]]
    with sqlite3.connect(work / "articles.db") as db:
        if db.execute("SELECT id, key, content_hash FROM articles ORDER BY id").fetchall() != articles:
            wrong.append("the second run changed articles")
        twice = db.execute("SELECT count(*) - count(DISTINCT key) FROM articles").fetchone()[0]
        if twice:
            wrong.append(f"{twice} articles are there twice")
        sound = db.execute("PRAGMA integrity_check").fetchone()[0]
        lost = db.execute("SELECT count(*) FROM links WHERE state = 'queued'").fetchone()[0]
    if lost:
        wrong.append(f"{lost} links are still queued")
    print(f"  integrity_check: {sound}")
    return wrong if sound == "ok" else [*wrong, "the database is damaged"]


if __name__ == "__main__":
    sys.exit(main())
