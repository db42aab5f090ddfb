"""Runs ``ingest`` commands, each in a process of its own, without importing everything anew for each of them.

A server process imports the package once and forks for every command. The fork has its own folder, environment,
streams and exit status, and calls the console script's `main`; only the interpreter's start is missing. Tests of the
start, and of signals, start ``python -m ingest`` themselves.
"""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import tempfile
from pathlib import Path

_SECONDS = 120
_server: Server | None = None


class Server:
    """The side of the tests."""

    def __init__(self) -> None:
        self._socket, other = socket.socketpair()
        self._socket.settimeout(_SECONDS)
        with other:
            command = [sys.executable, __file__, str(other.fileno())]
            self._process = subprocess.Popen(command, pass_fds=[other.fileno()])

    def run(self, words: tuple[str, ...], folder: Path, stdin: bytes) -> subprocess.CompletedProcess[str]:
        with tempfile.TemporaryFile() as given, tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
            given.write(stdin)
            given.seek(0)
            order = json.dumps([words, str(folder), dict(os.environ)]).encode()
            streams = [stream.fileno() for stream in (given, out, err)]
            socket.send_fds(self._socket, [len(order).to_bytes(4)], streams)
            self._socket.sendall(order)
            try:
                status = int.from_bytes(self._socket.recv(4), signed=True)
            except TimeoutError:
                self._process.kill()
                close()  # The next command has a new server.
                raise
            for stream in (out, err):
                stream.seek(0)
            return subprocess.CompletedProcess(words, status, out.read().decode(), err.read().decode())

    def close(self) -> None:
        self._socket.close()
        self._process.wait(_SECONDS)


def run(*words: str, folder: Path | None = None, stdin: bytes = b"") -> subprocess.CompletedProcess[str]:
    """``ingest`` with these words. The server is started for the first of them and serves until `close`."""
    global _server  # noqa: PLW0603 — one for all tests of this process
    _server = _server or Server()
    return _server.run(words, folder or Path.cwd(), stdin)


def close() -> None:
    """Ends the server, if there is one."""
    global _server  # noqa: PLW0603
    if _server:
        _server.close()
        _server = None


def _serve(orders: socket.socket) -> list[str] | None:
    """Forks for every order. Returns in the fork, with the words of its command, and in the server at the end."""
    while True:
        size, streams, _, _ = socket.recv_fds(orders, 4, 3)
        if not size:
            return None
        words, folder, environment = json.loads(orders.recv(int.from_bytes(size), socket.MSG_WAITALL))
        child = os.fork()
        if child:
            for stream in streams:
                os.close(stream)
            _, status = os.waitpid(child, 0)
            orders.sendall(os.waitstatus_to_exitcode(status).to_bytes(4, signed=True))
            continue
        orders.close()
        for number, stream in enumerate(streams):
            os.dup2(stream, number)
            os.close(stream)
        os.chdir(folder)
        os.environ.clear()
        os.environ.update(environment)
        return list(words)


def _main() -> None:
    import ingest.run.runtime  # noqa: PLC0415 — not in the tests' process
    import ingest.sources  # noqa: F401, PLC0415
    from ingest.cli import main  # noqa: PLC0415

    words = _serve(socket.socket(fileno=int(sys.argv[1])))
    if words is not None:
        sys.argv = ["ingest", *words]
        main()


if __name__ == "__main__":
    _main()
