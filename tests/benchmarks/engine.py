"""The engine on a file, so that a world may be larger than memory and can be filled while the engine is away."""

import os
import subprocess
from pathlib import Path

from tests.engines import find_dynoxide, free_port, wait_for


class DiskEngine:
    """A dynoxide with its file, on one port for its whole life; it can be stopped and started again."""

    def __init__(self, file: Path) -> None:
        """Choose the port."""
        self.file, self._port = file, free_port()
        self._process: subprocess.Popen[bytes] | None = None
        self.address = f"http://127.0.0.1:{self._port}"

    def start(self) -> None:
        """Start and wait until it answers."""
        binary = find_dynoxide()
        if binary is None:
            raise RuntimeError("dynoxide is not installed: npm ci")
        command = [binary, "--port", str(self._port), "--db-path", str(self.file)]
        self._process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        wait_for(self._port)

    def stop(self) -> None:
        """End it in peace: what it wrote is in its file."""
        if self._process is not None:
            self._process.terminate()
            self._process.wait(30)
            self._process = None

    def spent(self) -> float:
        """Return the CPU seconds its threads have used so far, to the microsecond."""
        return sum(_on_cpu(task) for task in Path(f"/proc/{self._process.pid}/task").iterdir()) if self._process else 0.0


def _on_cpu(task: Path) -> float:
    try:
        return int((task / "schedstat").read_text().split()[0]) / 1e9
    except OSError:  # the thread has ended, or this system keeps no such figures
        return 0.0


def memory_of(process: int | None = None) -> float:
    """Return the resident megabytes of a process, of this one unless told otherwise."""
    lines = Path(f"/proc/{process or os.getpid()}/status").read_text().splitlines()
    return next(int(line.split()[1]) / 1024 for line in lines if line.startswith("VmRSS"))
