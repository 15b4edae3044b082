"""The table engine: a dynoxide process of our own, which dies with us and leaves its rows on disk."""

import ctypes
import os
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from contextlib import closing, suppress
from pathlib import Path
from typing import Any, Final

from infra.local.http import HOST
from infra.local.state import State

_PACKAGE: Final = "node_modules/@dynoxide/linux-x64/dynoxide"
_READY_SECONDS: Final = 10.0
_PR_SET_PDEATHSIG: Final = 1
# The engine numbers each change of a stream by looking for the highest number so far, over all changes it ever kept: without an index
# the ten-thousandth costs it twenty times what the first did, the hundred-thousandth two hundred times.
_INDEX: Final = "CREATE INDEX IF NOT EXISTS newest_of_stream ON _stream_records (table_name, CAST(sequence_number AS INTEGER))"


class EngineFailed(RuntimeError):
    """The engine did not start."""


def find(root: Path) -> Path | None:
    """Return the engine's program: DYNOXIDE, then PATH, then the npm package below the project."""
    for named in (os.environ.get("DYNOXIDE"), shutil.which("dynoxide")):
        if named:
            return Path(named)
    packaged = root / _PACKAGE
    return packaged if packaged.is_file() else None


def free_port() -> int:
    """Return a loopback port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        port: int = probe.getsockname()[1]
        return port


class Dynoxide:
    """One engine process with its file."""

    def __init__(self, program: Path, state: State) -> None:
        """Remember what to start and where the rows are."""
        self._program = program
        self._state = state
        self._process: subprocess.Popen[bytes] | None = None
        self.endpoint = ""

    def start(self) -> str:
        """Start the engine and return its endpoint once it answers."""
        self._end_orphan()
        port = free_port()
        file = self._state.path("tables.db")
        log = self._state.path("dynoxide.log").open("ab")
        self._process = subprocess.Popen(
            [str(self._program), "--host", HOST, "--port", str(port), "--db-path", str(file)],
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            preexec_fn=die_with_parent(),  # noqa: PLW1509 -- started before any thread
        )
        log.close()
        self._state.write("dynoxide.json", {"pid": self._process.pid, "file": str(file)})
        self._wait(port)
        _index_streams(file)
        self.endpoint = f"http://{HOST}:{port}"
        return self.endpoint

    def stop(self) -> None:
        """End the engine and wait for it."""
        if self._process:
            self._process.terminate()
            with suppress(subprocess.TimeoutExpired):
                self._process.wait(timeout=3)
            self._process.kill()
            self._process.wait()

    def _wait(self, port: int) -> None:
        deadline = time.monotonic() + _READY_SECONDS
        while time.monotonic() < deadline:
            if self._process is None or self._process.poll() is not None:
                break
            with suppress(OSError), socket.create_connection((HOST, port), timeout=0.2):
                return
            time.sleep(0.005)
        raise EngineFailed(f"dynoxide did not start; see {self._state.path('dynoxide.log')}")

    def _end_orphan(self) -> None:
        """End an engine left by a killed server where the kernel could not do it: two on one file would fight."""
        left: dict[str, Any] = self._state.read("dynoxide.json", {})
        if left and left["file"] in _command_of(left["pid"]):
            with suppress(ProcessLookupError):
                os.kill(left["pid"], signal.SIGKILL)
            while left["file"] in _command_of(left["pid"]):
                time.sleep(0.01)


def _index_streams(file: Path) -> None:
    """Let the engine find the newest change of a stream at once; one that keeps its streams otherwise goes without."""
    with suppress(sqlite3.OperationalError), closing(sqlite3.connect(file, timeout=_READY_SECONDS)) as rows:
        rows.execute(_INDEX)
        rows.commit()


def _command_of(pid: int) -> str:
    listed = Path(f"/proc/{pid}/cmdline")
    if listed.parent.parent.joinpath("self").exists():
        return listed.read_bytes().replace(b"\0", b" ").decode() if listed.exists() else ""
    shown = subprocess.run(["ps", "-o", "command=", "-p", str(pid)], capture_output=True, text=True, check=False)
    return "" if "<defunct>" in shown.stdout else shown.stdout


def die_with_parent(how: signal.Signals = signal.SIGKILL) -> Any:  # noqa: ANN401 -- a callable, or nothing where the kernel has no such service
    """Return what lets a child end with us, however we end; for `preexec_fn`."""
    if not sys.platform.startswith("linux"):
        return None
    libc = ctypes.CDLL(None)
    return lambda: libc.prctl(_PR_SET_PDEATHSIG, how)
