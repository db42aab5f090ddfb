"""Runs the pipeline over and over in one process, against a small gallery on loopback, and prints what it holds.

    python benchmarks/soak.py [--rounds N] [--seconds S]

Each round asks 10 sources that change, 2 that never do and 8 that misbehave; every page it names is new. After each 50
rounds: resident memory of this process and of its children, what malloc has in use, file descriptors, threads and
children (a worker, the gallery, multiprocessing's tracker). Ends with how each grew for 100 rounds in the second half
(in the first, SQLite fills its page caches: 32 MB of articles, 2 MB of raw pages), and with status 1 if memory grew by
more than 1 MB, or anything else by more than 1. Linux only.
"""

from __future__ import annotations

import argparse
import asyncio
import ctypes
import gc
import itertools
import multiprocessing
import os
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import astuple, dataclass
from multiprocessing.connection import Connection
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "fetch"))

from gallery import Behaviour, Gallery, Visit

from ingest.model import Settings, Source
from ingest.run.runtime import open_runtime

#: For 100 rounds: MB, or a number of things.
_LIMIT = 1.0
_MISBEHAVE = (
    "silence",
    "short-body",
    "gzip-bomb",
    "cut-gzip",
    "302-inside",
    "circle",
    "garbage",
    "500",
)


class _Malloc(ctypes.Structure):
    """``struct mallinfo2`` of glibc; the eighth field is what is in use."""

    _fields_ = (("fields", ctypes.c_size_t * 10),)


@dataclass(frozen=True)
class Held:
    """What the process and its children hold after a round. Sizes in MB."""

    memory: float
    children_memory: float
    in_use: float
    files: float
    threads: float
    children: float

    def described(self, form: str = "+.2f") -> str:
        return (
            f"{self.memory:{form}} MB, children {self.children_memory:{form}} MB, in use {self.in_use:{form}} MB;"
            f" {self.files:{form}} files, {self.threads:{form}} threads, {self.children:{form}} children"
        )


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=300)
    parser.add_argument("--seconds", type=float, default=600, help="stop after so many seconds")
    arguments = parser.parse_args()
    ours, theirs = multiprocessing.Pipe()
    server = multiprocessing.Process(target=_serve, args=(theirs,), daemon=True)
    server.start()
    origin = ours.recv()
    with tempfile.TemporaryDirectory(prefix="soak-") as folder:
        held = asyncio.run(_soak(origin, Path(folder) / "articles.db", arguments.rounds, arguments.seconds))
    server.terminate()
    return _judge(held)


def _serve(ready: Connection) -> None:
    asyncio.run(_serve_gallery(ready))


async def _serve_gallery(ready: Connection) -> None:
    gallery = Gallery(**{f"story-{place}": _story for place in range(10)})
    gallery.rooms |= {f"feed-{place}": _feed(gallery, place, itertools.count()) for place in range(10)}
    gallery.rooms |= {f"still-{place}": _feed(gallery, place, itertools.repeat(0)) for place in range(2)}
    async with gallery:
        ready.send(gallery.origin)
        await asyncio.sleep(3600)


async def _soak(origin: str, database: Path, rounds: int, seconds: float) -> list[tuple[int, Held]]:
    """By round, as often as it was looked at."""
    names = [*(f"feed-{place}" for place in range(10)), "still-0", "still-1", *_MISBEHAVE]
    sources = [Source(name, f"{origin}/{name}", kind="feed", retry_scope="source") for name in names]
    settings = Settings(delay=0, connections_per_host=8, deadline=5, allow_addresses=("127.0.0.0/27",))
    end = time.monotonic() + seconds
    held: list[tuple[int, Held]] = []
    number = 0
    async with open_runtime(settings, sources, database, jobs=1) as runtime:
        while number < rounds and time.monotonic() < end:
            number += 1
            report = await runtime.pipeline.run(sources)
            if number % 10 == 0:
                gc.collect()
                held.append((number, _held()))
            if number % 50 == 0:
                print(f"round {number}: {held[-1][1].described('.4g')}; {report.totals}", flush=True)
    return held


def _feed(gallery: Gallery, place: int, numbers: Iterator[int]) -> Behaviour:
    async def behaviour(visit: Visit) -> None:
        gallery.visits.clear()
        link = f"/story-{place}?{next(numbers)}"
        body = f"<rss version='2.0'><channel><item><title>Story</title><link>{link}</link></item></channel></rss>"
        await visit.answer(body.encode(), "200 OK", "Content-Type: application/rss+xml")

    return behaviour


async def _story(visit: Visit) -> None:
    words = " ".join(f"boat {visit.path} {number} left the pier at noon." for number in range(200))
    body = f"<html><title>Tide {visit.path}</title><article><h1>Tide {visit.path}</h1><p>{words}</p></article></html>"
    await visit.answer(body.encode(), "200 OK", "Content-Type: text/html")


def _held() -> Held:
    libc = ctypes.CDLL(None)
    libc.mallinfo2.restype = _Malloc
    children = [int(pid) for pid in _children(os.getpid())]
    return Held(
        _megabytes(os.getpid()),
        sum(map(_megabytes, children)),
        libc.mallinfo2().fields[7] / 2**20,
        len(list(Path("/proc/self/fd").iterdir())),
        threading.active_count(),
        len(children),
    )


def _children(pid: int) -> list[str]:
    return [child for task in Path(f"/proc/{pid}/task").iterdir() for child in (task / "children").read_text().split()]


def _megabytes(pid: int) -> float:
    status = Path(f"/proc/{pid}/status").read_text()
    return next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmRSS:")) / 1024


def _judge(held: list[tuple[int, Held]]) -> int:
    points = held[len(held) // 2 :]
    if len(points) < 3:
        print("too few rounds to judge")
        return 1
    rounds = [number for number, _ in points]
    columns = zip(*(astuple(seen) for _, seen in points), strict=True)
    growth = Held(*(100 * _slope(rounds, column) for column in columns))
    print(f"growth for 100 rounds, from round {rounds[0]} on: {growth.described()}")
    return 1 if max(astuple(growth)) > _LIMIT else 0


def _slope(xs: Sequence[float], ys: Sequence[float]) -> float:
    """Of the line of least squares."""
    middle, mean = sum(xs) / len(xs), sum(ys) / len(ys)
    return sum((x - middle) * (y - mean) for x, y in zip(xs, ys, strict=True)) / sum((x - middle) ** 2 for x in xs)


if __name__ == "__main__":
    sys.exit(main())
