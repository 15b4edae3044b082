"""The system the demo plays against: its own, in a folder of its own, which it may kill and start again."""

import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from http import HTTPStatus
from pathlib import Path
from types import TracebackType
from typing import Self

from infra.local.dynoxide import die_with_parent

ROOT = Path(__file__).resolve().parents[3]
_READY_SECONDS = 60.0


class Server:
    """`make run` as a child, on a free port, its data in a temporary folder."""

    def __init__(self, *, ric: bool = False) -> None:
        """Choose port and folder."""
        self._folder = tempfile.TemporaryDirectory(prefix="expertgate-demo-", ignore_cleanup_errors=True)
        self._ric = ric
        self._process: subprocess.Popen[bytes] | None = None
        self.port = _free_port()
        self.url = f"http://127.0.0.1:{self.port}"

    @property
    def state(self) -> Path:
        """Return the folder of everything the system keeps."""
        return Path(self._folder.name) / "state"

    def start(self) -> float:
        """Start and wait until it answers; return the seconds it took."""
        began = time.monotonic()
        command = [sys.executable, "-m", "infra.local.run", "--port", str(self.port), "--state", str(self.state)]
        environment = {**os.environ, "PYTHONPATH": f"{ROOT}:{ROOT / 'layers/common'}"}
        self._process = subprocess.Popen(
            command + (["--ric"] if self._ric else []),
            cwd=ROOT,
            env=environment,
            stdout=subprocess.DEVNULL,
            preexec_fn=die_with_parent(signal.SIGTERM),  # noqa: PLW1509 -- started before any thread
        )
        while time.monotonic() - began < _READY_SECONDS:
            if self._process.poll() is not None:
                message = f"the system ended at once with {self._process.returncode}"
                raise RuntimeError(message)
            if _answers(f"{self.url}/v1/health"):
                return time.monotonic() - began
            time.sleep(0.05)
        message = f"the system did not answer within {_READY_SECONDS:.0f} s"
        raise RuntimeError(message)

    def kill(self) -> None:
        """End it as a power cut would."""
        if self._process is not None:
            self._process.send_signal(signal.SIGKILL)
            self._process.wait()

    def __enter__(self) -> Self:
        """Start it."""
        self.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None) -> None:
        """End it in peace and remove its data."""
        if self._process is not None and self._process.poll() is None:
            self._process.terminate()
            try:
                self._process.wait(10)
            except subprocess.TimeoutExpired:
                self.kill()
        self._folder.cleanup()


def _answers(url: str) -> bool:
    try:
        with urllib.request.urlopen(url, timeout=5) as answered:  # noqa: S310 -- our own address
            return bool(answered.status == HTTPStatus.OK)
    except (urllib.error.URLError, ConnectionError, TimeoutError):
        return False


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
