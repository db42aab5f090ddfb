"""Milliseconds of CPU that a page costs in a run under way, by process and thread. Counts no start and no end.

    python benchmarks/cpu.py CORPUS [--sites 20] [--pages 25]

The sites of `throughput.py` on loopback, without a delay; one more is fetched before the count begins, so that all is
imported. Two versions are compared by turns, as in ``PYTHONPATH=/tmp/before python benchmarks/cpu.py CORPUS``: beside
other work figures differ by a fifth from run to run, and the workers' tells how fast the machine was. Linux only.
"""

from __future__ import annotations

import argparse
import asyncio
import multiprocessing
import tempfile
import threading
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from replay_web import filled_sites, serve

import ingest
from ingest.model import Settings, Source
from ingest.run.runtime import open_runtime

PORT = 8097
_NAMES = {
    "MainThread": "event loop",
    "store": "store",
    "task_scheduler_loop": "to workers",
    "message_manager_loop": "from workers",
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--sites", type=int, default=20)
    parser.add_argument("--pages", type=int, default=25, help="pages of each site")
    arguments = parser.parse_args()
    sites = filled_sites(arguments.corpus, arguments.sites + 1, arguments.pages)
    ready = multiprocessing.Event()
    server = multiprocessing.Process(target=serve, args=(sites, PORT, ready), daemon=True)
    server.start()
    if not ready.wait(30):
        raise SystemExit("the server did not start")
    sources = [Source(site.name, f"{site.origin(PORT)}/{site.index}", site.kind) for site in sites]
    landed, spent = asyncio.run(_run(sources, server.pid))
    server.terminate()
    pages = arguments.sites * arguments.pages
    print(f"{Path(ingest.__file__).parent}: {landed} of {pages} pages landed")
    for name, seconds in [*spent.most_common(), ("all", spent.total())]:
        print(f"{name:14}{seconds / pages * 1_000:7.2f} ms")


async def _run(sources: Sequence[Source], server: int | None) -> tuple[int, Counter[str]]:
    settings = Settings(delay=0.0, allow_addresses=("127.0.0.0/8",))
    with tempfile.TemporaryDirectory(prefix="cpu-") as folder:
        async with open_runtime(settings, sources, Path(folder) / "cpu.db") as runtime:
            await runtime.pipeline.run(sources[-1:])
            workers = _children(server)
            before = _spent(workers)
            report = await runtime.pipeline.run(sources[:-1])
            spent = _spent(workers)
    spent.subtract(before)
    return sum(source.landed for source in report.sources), spent


def _children(server: int | None) -> list[int]:
    """Our workers, and whatever watches over their semaphores."""
    found = [Path(task / "children").read_text() for task in Path("/proc/self/task").iterdir()]
    return [int(child) for line in found for child in line.split() if int(child) != server]


def _spent(workers: Sequence[int]) -> Counter[str]:
    """Seconds so far."""
    threads = {thread.native_id: thread.name for thread in threading.enumerate()}
    spent: Counter[str] = Counter()
    for task in Path("/proc/self/task").iterdir():
        # pebble's threads are called as in "Thread-3 (message_manager_loop)".
        name = threads.get(int(task.name), "").rpartition("(")[2].rstrip(")")
        spent[_NAMES.get(name, "other")] += _seconds(task)
    for worker in workers:
        spent["workers"] += sum(map(_seconds, Path(f"/proc/{worker}/task").iterdir()))
    return spent


def _seconds(task: Path) -> float:
    return int((task / "schedstat").read_text().split()[0]) / 1e9


if __name__ == "__main__":
    main()
