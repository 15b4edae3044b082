"""A kill in the middle loses nothing; the next start goes on."""

import subprocess
import sys
from pathlib import Path

import pytest

from infra.local.dynoxide import find
from tests.local.running import ROOT, SAMPLE, Running, machine
from tests.local.test_uploads import PICTURE, form_for, posted


def begin(running: Running) -> None:
    posted(form_for(running, "survivor"))
    running.call("POST", "/v1/things", {"rows": [{"pk": "row", "sk": "-"}], "sms": "+8613800138000"})
    running.call("POST", "/v1/reviews/r1")
    running.wait_for(lambda: running.row("TOKEN:r1"))
    # the notice that fails for a long time is still on its way when the power goes
    running.call("POST", "/v1/things", {"rows": [{"pk": "NOTICE:FAIL4", "sk": "-"}]})
    running.wait_for(lambda: running.row("SEEN:FAIL4"))


@pytest.mark.skipif(find(ROOT) is None, reason="without dynoxide rows are in memory only")
def test_everything_goes_on_after_a_kill(tmp_path: Path) -> None:
    with machine(tmp_path) as running:
        begin(running)
        token = running.row("TOKEN:r1")["token"]
        running.kill()
    with machine(tmp_path) as running:
        assert running.row("row")["pk"] == "row"
        assert running.row("OPENED")["value"] == "secret of the first start"
        assert running.call("GET", "/v1/uploads/survivor").json["length"] == len(PICTURE)
        assert [each["to"] for each in running.call("GET", "/_local/sms?format=json&to=13800138000").json] == ["+8613800138000"]
        running.wait_for(lambda: running.row("DELIVERED:FAIL4"))
        running.wait_for(lambda: running.row("TOKEN:r1")["token"] != token)
        executions = running.call("GET", "/_local/executions?format=json").json
        assert [(each["execution"], each["state"]) for each in executions] == [("r1", "Open")]
        running.call("POST", "/v1/reviews/r1/decision")
        running.wait_for(lambda: running.call("GET", "/_local/executions?format=json&status=SUCCEEDED").json)


def test_second_process_on_one_folder_is_refused(running: Running) -> None:
    command = [sys.executable, "-m", "infra.local.run", "--template", str(SAMPLE), "--state", str(running.state), "--port", "0"]
    second = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert second.returncode == 1
    assert "already runs" in second.stderr


def test_secrets_are_for_the_owner_only(running: Running) -> None:
    assert (running.state / "keys.json").stat().st_mode & 0o077 == 0
    assert running.state.stat().st_mode & 0o077 == 0


def test_missing_engine_is_told_on_the_terminal(tmp_path: Path) -> None:
    with machine(tmp_path, "--memory") as running:
        running.call("POST", "/v1/things", {"rows": [{"pk": "NOTICE:memory", "sk": "-"}]})
        running.wait_for(lambda: running.row("DELIVERED:memory"))
        assert b"in memory only" in running.call("GET", "/").body
    assert not (tmp_path / "tables.db").exists()


@pytest.mark.skipif(not Path("/proc/net/tcp").exists(), reason="only Linux tells who listens where")
def test_nothing_listens_beyond_loopback(running: Running) -> None:
    listening = listeners(running.process.pid)
    assert len(listening) >= 3 if find(ROOT) else 2
    assert set(listening) == {"0100007F"}


def listeners(pid: int) -> list[str]:
    """Return the local addresses on which a process and its children listen."""
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    sockets = {
        str(entry.readlink()) for each in (str(pid), *children) for entry in Path(f"/proc/{each}/fd").iterdir() if entry.is_symlink()
    }
    found = []
    for table in ("tcp", "tcp6"):
        for line in Path(f"/proc/net/{table}").read_text().splitlines()[1:]:
            parts = line.split()
            if parts[3] == "0A" and f"socket:[{parts[9]}]" in sockets:
                found.append(parts[1].partition(":")[0])
    return found
