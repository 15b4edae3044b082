"""Whoever starts a system for a while ends it, however he ends himself: a kill leaves no server behind."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from infra.checks.trust import Part, _run
from tests.local.running import ROOT

_STARTS = (
    "from infra.local.demo.server import Server; import sys; s = Server(); s.start(); print(s._process.pid, flush=True); sys.stdin.read()"
)
_ENVIRONMENT = {**os.environ, "PYTHONPATH": f"{ROOT}:{ROOT / 'layers/common'}"}


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only Linux tells children that their parent died")
def test_a_killed_demo_leaves_no_server_behind() -> None:
    command = [sys.executable, "-c", _STARTS]
    with subprocess.Popen(command, cwd=ROOT, env=_ENVIRONMENT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as starter:
        assert starter.stdout is not None
        server = int(starter.stdout.readline())
        starter.send_signal(signal.SIGKILL)
    assert _is_gone(server)


def test_a_part_that_takes_too_long_ends_whole(tmp_path: Path) -> None:
    noted = tmp_path / "pid"
    part = Part("slow", ["/bin/sh", "-c", f"sleep 60 & echo $! > {noted}; wait"], 1)
    with pytest.raises(subprocess.TimeoutExpired):
        _run(part, dict(os.environ))
    assert _is_gone(int(noted.read_text()))


def _is_gone(process: int) -> bool:
    """Tell whether a process has ended within some seconds; one that nobody has asked after yet counts as ended."""
    ends = time.monotonic() + 10
    while time.monotonic() < ends:
        status = Path(f"/proc/{process}/status")
        if not status.exists() or "State:\tZ" in status.read_text():
            return True
        time.sleep(0.05)
    return False
