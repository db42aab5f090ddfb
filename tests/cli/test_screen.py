"""The table of a run on a terminal."""

from __future__ import annotations

import re
import threading
import time
from collections.abc import Callable
from io import StringIO

from rich.console import Console

from ingest.cli.screen import Screen
from ingest.errors import FetchError
from ingest.run.report import SourceReport

HEIGHT = 15


class Terminal(Console):
    """A terminal of a fixed size that keeps what is written to it."""

    def __init__(self, width: int = 120, height: int = HEIGHT) -> None:
        super().__init__(file=StringIO(), width=width, height=height, force_terminal=True, color_system=None)

    @property
    def written(self) -> str:
        assert isinstance(self.file, StringIO)
        return self.file.getvalue()

    def lines(self) -> list[str]:
        """What stands on it, once the cursor was moved up and lines were erased."""
        lines, row = [""], 0
        for up, erased, control, end, text in re.findall(
            r"\x1b\[(\d*)A|\x1b\[2(K)|(\x1b\[[?\d;]*[a-zA-Z]|\r)|(\n)|([^\x1b\r\n]+)", self.written
        ):
            if erased:
                lines[row] = ""
            elif end:
                row += 1
                lines += [""] * (row == len(lines))
            elif text:
                lines[row] += text
            elif not control:
                row -= int(up or 1)
        return [line.rstrip() for line in lines if line.strip()]


def report(name: str, *, closed: bool = True, **counts: int) -> SourceReport:
    return SourceReport(name, closed=closed, **counts)


def wait_until(true: Callable[[], bool]) -> None:
    end = time.monotonic() + 20
    while not true():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.01)


def test_what_is_left_is_a_line_for_each_source_with_its_counts():
    terminal = Terminal()
    with Screen(3, terminal) as screen:
        screen.show(report("town", found=5, new=2))
        screen.show(report("harbour", closed=False))
    title, names, town, harbour = (line.split() for line in terminal.lines())
    assert title == ["1", "of", "3", "sources"]
    assert names[:4] == ["source", "found", "new", "changed"]
    assert town == ["town", "ok", "5", "2", "·", "·", "·", "·", "·", "·"]
    assert harbour == ["harbour", "…", *"········"]


def test_a_report_that_changes_stays_one_line():
    terminal = Terminal()
    with Screen(1, terminal) as screen:
        town = report("town", closed=False)
        screen.show(town)
        wait_until(lambda: "0 of 1 sources" in terminal.written and "…" in terminal.written)
        town.new = 7
        town.close()
        screen.show(town)
    assert [line.split()[:4] for line in terminal.lines()[2:]] == [["town", "ok", "·", "7"]]


def test_while_it_runs_it_fits_the_terminal_and_shows_what_is_running_first():
    terminal = Terminal()
    with Screen(40, terminal) as screen:
        for number in range(40):
            screen.show(report(f"done-{number}"))
        screen.show(report("running", closed=False))
        wait_until(lambda: "running" in terminal.written)
        shown = terminal.lines()
        assert len(shown) < HEIGHT
        assert shown[0] == "40 of 40 sources"
        assert shown[2].split()[:2] == ["running", "…"]
        assert shown[3].split()[:2] == ["done-0", "ok"]


def test_when_it_is_over_all_sources_are_shown_in_the_order_in_which_they_began():
    terminal = Terminal()
    with Screen(40, terminal) as screen:
        for number in range(40):
            screen.show(report(f"town-{number}", closed=number % 2 == 0))
        wait_until(lambda: "town-1" in terminal.written)
    assert [line.split()[0] for line in terminal.lines()[2:]] == [f"town-{number}" for number in range(40)]


def test_a_terminal_of_few_lines_still_shows_some_sources():
    terminal = Terminal(height=8)
    with Screen(9, terminal) as screen:
        for number in range(9):
            screen.show(report(f"town-{number}"))
        wait_until(lambda: "town-4" in terminal.written)
        assert "town-5" not in terminal.written


def test_a_source_that_failed_says_why():
    terminal = Terminal()
    failed = report("town")
    failed.fail(FetchError("https://town.example/", "connect", "no route to the town"))
    with Screen(1, terminal) as screen:
        screen.show(failed)
    assert "failed" in terminal.lines()[2]
    assert terminal.lines()[2].endswith("connect: no route to the town")


def test_names_and_messages_are_shown_as_they_are_and_cannot_steer_the_terminal():
    terminal = Terminal(width=250)
    failed = report("[red]\x1b]0;mine\x07" + "x" * 40)
    failed.fail(FetchError("https://town.example/", "connect", "[bold]\x1b[2J\x9b2J" + "y" * 200))
    with Screen(1, terminal) as screen:
        screen.show(failed)
    assert not re.search("\x1b]|\x1b\\[2J|[\x07\x9b]", terminal.written)
    said = "".join(line for line in terminal.lines()[2:])
    assert said.startswith("[red] ]0;mine xxx")
    assert "connect: [bold] [2J 2Jyyy" in said
    assert said.count("x") == 15
    assert said.count("y") < 120


def test_a_run_in_which_nothing_began_leaves_no_table():
    terminal = Terminal()
    with Screen(3, terminal):
        wait_until(lambda: "0 of 3 sources" in terminal.written)
    assert terminal.lines() == []


def test_sources_can_begin_while_the_table_is_drawn():
    screen = Screen(1, Terminal())
    done = threading.Event()
    failures: list[RuntimeError] = []

    def draw() -> None:
        while not done.is_set():
            try:
                screen._live_table()
            except RuntimeError as failure:
                failures.append(failure)

    drawing = threading.Thread(target=draw)
    drawing.start()
    for number in range(60_000):
        screen.show(report(f"town-{number}", closed=False))
    done.set()
    drawing.join()
    assert failures == []
