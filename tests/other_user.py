"""Runs a function as a user for whom permission bits mean something: root may write everywhere."""

from __future__ import annotations

import os
import traceback
from collections.abc import Callable
from pathlib import Path

NOBODY = 65534


def as_nobody(work: Callable[[], str]) -> str:
    """What ``work`` returns, or the traceback of what it raised, in a fork that has no rights of root's.

    A user that is not root runs it as it is. What it imports should be imported already: the interpreter may lie where
    nobody else looks.
    """
    ours, theirs = os.pipe()
    child = os.fork()
    if not child:
        try:
            if os.getuid() == 0:
                os.setgroups([])
                os.setgid(NOBODY)
                os.setuid(NOBODY)
            said = work()
        except BaseException:  # noqa: BLE001 — printed by the test
            said = traceback.format_exc()
        os.write(theirs, said.encode())
        os._exit(0)
    os.close(theirs)
    with os.fdopen(ours) as pipe:
        said = pipe.read()
    os.waitpid(child, 0)
    return said


def let_in(folder: Path) -> None:
    """Lets other users into a test's own folder, which is the tests' user's alone."""
    for above in (folder, *folder.parents):
        if above.stat().st_uid == os.getuid() and not above.stat().st_mode & 0o001 and above != above.parent:
            above.chmod(above.stat().st_mode | 0o005)
        if above.name.startswith("pytest-of-"):
            return
