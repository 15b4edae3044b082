"""The DynamoDB engine of a test run: dynoxide where it is installed (fast, safe in races), moto in the process elsewhere."""

import os
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_PACKAGED = Path(__file__).resolve().parent.parent / "node_modules/@dynoxide/linux-x64/dynoxide"


def find_dynoxide() -> str | None:
    """Return the path of the engine, None where it is not installed."""
    named = os.environ.get("DYNOXIDE") or shutil.which("dynoxide")
    return named or (str(_PACKAGED) if _PACKAGED.exists() else None)


@contextmanager
def start_engine(wanted: str | None) -> Iterator[str | None]:
    """Start the engine in memory and give its address; None means moto."""
    binary = find_dynoxide()
    if wanted == "moto" or (wanted is None and binary is None):
        yield None
        return
    if binary is None:
        message = "dynoxide is not installed: npm ci"
        raise RuntimeError(message)
    port = free_port()
    process = subprocess.Popen([binary, "--port", str(port)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        wait_for(port)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(5)


def free_port() -> int:
    """Return a loopback port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_for(port: int) -> None:
    """Wait until somebody listens there.

    Raises RuntimeError when nobody does.
    """
    for _ in range(200):
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.02)
        else:
            return
    message = "dynoxide does not answer"
    raise RuntimeError(message)
