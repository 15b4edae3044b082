"""A machine in a process of its own, playing the sample template, and a client for it."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

from infra.local.dynoxide import free_port

ROOT = Path(__file__).resolve().parents[2]
SAMPLE = Path(__file__).parent / "sample" / "template.yaml"


@dataclass(frozen=True)
class Answer:
    """An HTTP answer."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.body)


@dataclass(frozen=True)
class Running:
    """A machine that serves."""

    process: subprocess.Popen[str]
    port: int
    state: Path

    def call(self, method: str, target: str, body: bytes | object = b"", **headers: str) -> Answer:
        """Send one request; what is not bytes goes as JSON."""
        payload = body if isinstance(body, bytes) else json.dumps(body).encode()
        return send(f"127.0.0.1:{self.port}", method, target, payload, headers)

    def row(self, pk: str) -> dict[str, str]:
        """Return a row by the sample's own door."""
        row: dict[str, str] = self.call("GET", f"/v1/things/{pk}").json["row"]
        return row

    def wait_for(self, question: Callable[[], Any], seconds: float = 8) -> Any:
        """Return the first true answer."""
        ends = time.monotonic() + seconds
        while time.monotonic() < ends:
            if answer := question():
                return answer
            time.sleep(0.02)
        raise AssertionError("it did not happen in time")

    def kill(self) -> None:
        """End the server as a power cut would."""
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()


def send(host: str, method: str, target: str, body: bytes, headers: Mapping[str, str]) -> Answer:
    """Send one request to a host and port."""
    connection = HTTPConnection(host, timeout=20)
    try:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        connection.request(method, target, body or None, named)
        answer = connection.getresponse()
        return Answer(answer.status, {name.lower(): value for name, value in answer.getheaders()}, answer.read())
    finally:
        connection.close()


@contextmanager
def machine(state: Path, *options: str) -> Iterator[Running]:
    """Run a machine until the block ends."""
    port = free_port()
    command = [sys.executable, "-m", "infra.local.run", "--template", str(SAMPLE), "--state", str(state), "--port", str(port), *options]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, env={**os.environ, **clean_environment()})
    try:
        assert process.stdout is not None
        assert "ready" in process.stdout.readline()
        yield Running(process, port, state)
    finally:
        process.terminate()
        try:
            process.wait(timeout=60)
        finally:
            process.kill()
            process.stdout.close()  # type: ignore[union-attr]


def clean_environment() -> dict[str, str]:
    """Return what a shell would not have: the variables that the tests of the product set are blanked out."""
    return {"PYTHONPATH": "", "PYTHONWARNINGS": ""}
