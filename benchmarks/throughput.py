"""Articles a second beside Scrapy and beside a plain httpx loop, both with trafilatura, over one web on loopback.

    python benchmarks/throughput.py CORPUS --peer PYTHON [--sites 100] [--pages 100]
    python benchmarks/throughput.py CORPUS --drip [--pages 100] [--rounds 3]

Sites with an address and a feed or sitemap of their own serve the corpus's articles (again from the first when all were
used) from one process, whose CPU is not counted. The contenders run one after another: `ingest fetch`, with the
default settings but no delay, so with robots.txt, raw pages, full text and everything else; then the peers
(`throughput_peers.py`) in the environment of ``--peer``. An article is a row with a text.

``--drip`` is about fairness: the time until eight sites are done, beside a ninth that is quick and beside one that
drips, in turn; the best of so many rounds. Linux only: it uses the whole of 127.0.0.0/8.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path

from measured import Run, run
from replay_web import Site, filled_sites, serve

PORT = 8089
_OTHERS = 8
_PATIENCE = 600
_PEERS = {"scrapy": "Scrapy + trafilatura", "httpx": "httpx + trafilatura"}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--peer", help="the Python of an environment with scrapy, httpx and trafilatura")
    parser.add_argument("--sites", type=int, default=100)
    parser.add_argument("--pages", type=int, default=100, help="pages of each site")
    parser.add_argument("--drip", action="store_true", help="whether a site that drips slows the others")
    parser.add_argument("--rounds", type=int, default=3, help="of --drip")
    arguments = parser.parse_args()
    if arguments.drip:
        _print_fairness(filled_sites(arguments.corpus, _OTHERS + 1, arguments.pages), arguments.rounds)
    else:
        _print_throughput(filled_sites(arguments.corpus, arguments.sites, arguments.pages), arguments.peer)


def _print_throughput(sites: list[Site], peer: str | None) -> None:
    indexes = [f"{site.origin(PORT)}/{site.index}" for site in sites]
    print(f"{len(sites)} sites, {sum(len(site.pages) for site in sites)} pages\n")
    print("| | articles | seconds | articles/s | CPU seconds | articles/CPU second | peak MB |")
    print("|---|---:|---:|---:|---:|---:|---:|", flush=True)
    with tempfile.TemporaryDirectory(prefix="throughput-") as folder, _served(sites):
        work = Path(folder)
        ours = _row("ingest fetch", run(_fetch(work, sites, "ours"), work / "ours.log"), work / "ours.db")
        theirs = []
        for name, label in _PEERS.items() if peer else ():
            database = work / f"{name}.db"
            script = str(Path(__file__).with_name("throughput_peers.py"))
            done = run([peer, script, name, str(database), *indexes], work / f"{name}.log")
            theirs.append(_row(label, done, database))
    if theirs:
        print(f"\nthe better peer, {max(theirs):.1f} articles/s: {ours / max(theirs):.1f} times as many")


def _row(label: str, done: Run, database: Path) -> float:
    """Prints what a contender did; returns its articles a second."""
    if done.status:
        log = database.with_suffix(".log").read_text(encoding="utf-8")
        raise SystemExit(f"{label}: exit {done.status}\n{done.output[-2000:]}{log[-2000:]}")
    with closing(sqlite3.connect(database)) as db:
        count = db.execute("SELECT count(*) FROM articles WHERE text <> ''").fetchone()[0]
    speed, memory = count / done.seconds, done.peak / 2**20
    figures = f"{count} | {done.seconds:.1f} | {speed:.1f} | {done.cpu:.1f} | {count / done.cpu:.1f} | {memory:.0f}"
    print(f"| {label} | {figures} |", flush=True)
    return float(speed)


def _print_fairness(sites: list[Site], rounds: int) -> None:
    quick, slow = [], []
    dripping = [*sites[:_OTHERS], replace(sites[_OTHERS], drips=True)]
    for _ in range(rounds):
        quick.append(_seconds_of_others(sites))
        slow.append(_seconds_of_others(dripping))
        print(
            f"{_OTHERS} sites beside a quick one {quick[-1]:.2f} s, beside one that drips {slow[-1]:.2f} s", flush=True
        )
    print(f"slower by {min(slow) / min(quick) - 1:+.1%}")


def _seconds_of_others(sites: list[Site]) -> float:
    """From the start of `ingest fetch` until all sites but the last are done. What is still under way is given up."""
    with tempfile.TemporaryDirectory(prefix="throughput-") as folder, _served(sites):
        work = Path(folder)
        began = time.perf_counter()
        process = subprocess.Popen(
            _fetch(work, sites, "drip"), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
        )
        try:
            while _done(work / "drip.db", sites[-1].name) < len(sites) - 1:
                if process.poll() is not None or time.perf_counter() - began > _PATIENCE:
                    raise SystemExit("the run ended before its sites were done")
                time.sleep(0.05)
            return time.perf_counter() - began
        finally:
            process.send_signal(signal.SIGINT)
            process.wait(60)


def _done(database: Path, but: str) -> int:
    """How many sources had their run, one left out."""
    try:
        with closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as db:
            done = db.execute("SELECT count(*) FROM sources WHERE last_run IS NOT NULL AND name <> ?", [but])
            return int(done.fetchone()[0])
    except sqlite3.OperationalError:
        return 0


def _fetch(work: Path, sites: list[Site], name: str) -> list[str]:
    settings = {"delay": 0, "allow_addresses": ["127.0.0.0/8"]}
    sources = [{"name": site.name, "url": f"{site.origin(PORT)}/{site.index}", "kind": site.kind} for site in sites]
    configuration = work / f"{name}.yaml"
    configuration.write_text(json.dumps({"settings": settings, "sources": sources}), encoding="utf-8")
    files = ["--sources", str(configuration), "--db", str(work / f"{name}.db")]
    return [sys.executable, "-m", "ingest", *files, "fetch", "--json"]


@contextmanager
def _served(sites: list[Site]) -> Iterator[None]:
    ready = multiprocessing.Event()
    server = multiprocessing.Process(target=serve, args=(sites, PORT, ready), daemon=True)
    server.start()
    if not ready.wait(30):
        raise SystemExit("the server did not start")
    try:
        yield
    finally:
        server.terminate()
        server.join()


if __name__ == "__main__":
    main()
