"""The running system: CPU of its process per operation, then a mixed load at a fixed rate.

`python -m tests.benchmarks.load [seconds] [requests a second]`. The load is open-loop: a request is due at its time whether or not the
one before was answered, and its latency counts from then; the loop is bounded by its seconds.
"""

import json
import os
import random
import sys
import time
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from statistics import median, quantiles
from threading import Lock
from typing import Any

from infra.local.demo.accounts import log_in, register_everybody
from infra.local.demo.cast import CONSENTS, PASSWORD, Cast
from infra.local.demo.client import Client
from infra.local.demo.server import Server
from infra.local.demo.story import Story
from tests.benchmarks.ground import keep, machine, say

WORKERS = 24
SIGN_UPS = 4  # more codes for one address would ask for a captcha


@dataclass
class Seen:
    """What the load saw, by operation."""

    latencies: dict[str, list[float]] = field(default_factory=dict)
    statuses: Counter[int] = field(default_factory=Counter)
    lock: Lock = field(default_factory=Lock)

    def note(self, name: str, status: int, milliseconds: float) -> None:
        """Keep one answer."""
        with self.lock:
            self.latencies.setdefault(name, []).append(milliseconds)
            self.statuses[status] += 1


def main() -> None:
    """Start the system, measure, keep."""
    seconds = float(sys.argv[1]) if len(sys.argv) > 1 else 60
    rate = float(sys.argv[2]) if len(sys.argv) > 2 else 20
    with Server() as server:
        client, cast = Client(server.url, Story(quiet=True)), Cast("bench")
        register_everybody(client, cast)
        process = json.loads((server.state / "running.json").read_text())["pid"]
        say("load: everybody is registered")
        operations = {"hash": verify_cost(), **cpu(client, cast, process)}
        say("load: CPU per operation is measured")
        before, seen = memory(process), Seen()
        begun = time.monotonic()
        pour(mix(client, cast), seen, seconds, rate)
        took, after = time.monotonic() - begun, memory(process)
    figures = {name: percentiles(one) for name, one in sorted(seen.latencies.items())}
    statuses = {str(status): times for status, times in sorted(seen.statuses.items())}
    load = {"seconds": took, "rate": rate, "statuses": statuses, "latency": figures, "memory_mb": [before, after]}
    keep("load", {"machine": machine(), "cpu": operations, "load": load})


def verify_cost() -> dict[str, float]:
    """Return the CPU of one bare Argon2id verify in this run."""
    from expertgate.outbound.passwords import fits, hash_password  # noqa: PLC0415 -- only here

    stored, found = hash_password(PASSWORD), []
    for _ in range(15):
        begun = time.process_time()
        fits(PASSWORD, stored)
        found.append((time.process_time() - begun) * 1000)
    return {"median": median(found)}


def cpu(client: Client, cast: Cast, process: int) -> dict[str, dict[str, float]]:
    """Return the CPU milliseconds of the server's process per operation, engine and client not counted."""
    token = cast.agent.token
    return {
        "session and one row": per_operation(process, 150, lambda: client.send("GET", "/v1/account", token=token)),
        "log-in": per_operation(process, 40, lambda: log_in(client, "person", cast.agent.mobile)),
        "sign-up with its code": per_operation(process, SIGN_UPS, sign_up(client, cast)),
    }


def per_operation(process: int, times: int, act: Callable[[], Any]) -> dict[str, float]:
    """Return the CPU milliseconds that one operation takes from the process."""
    act()
    idle = ticks(process)
    time.sleep(1)
    idle = ticks(process) - idle
    begun, clock = ticks(process), time.monotonic()
    for _ in range(times):
        act()
    spent = ticks(process) - begun - idle * (time.monotonic() - clock)
    return {"median": spent / times * 1000}


def sign_up(client: Client, cast: Cast) -> Callable[[], Any]:
    """Return what registers another person, code and form."""

    def act() -> None:
        mobile, number = cast.numbers.mobile("159"), cast.numbers.resident_id(date(1991, 5, 4))
        client.ask("POST", "/v1/sms-codes", {"purpose": "register_person", "mobile": mobile}, expect=201)
        passwords = {"password": PASSWORD, "password_confirmation": PASSWORD, "consents": CONSENTS}
        person = {"document_type": "resident_id", "document_number": number, "name": "张晓敏", "mobile": mobile}
        client.ask("POST", "/v1/persons", {**person, **passwords, "sms_code": client.sms_code(mobile)}, expect=201)

    return act


def mix(client: Client, cast: Cast) -> list[tuple[str, float, Callable[[], int]]]:
    """Return the operations of the load with their weights."""
    unit, agent = cast.unit.token, cast.agent.token
    person = {"kind": "person", "login_name": cast.agent.mobile, "password": PASSWORD}
    return [
        ("log-in", 0.15, lambda: client.send("POST", "/v1/sessions", person).status),
        ("own page", 0.35, lambda: client.send("GET", "/v1/account", token=agent).status),
        ("agent list", 0.2, lambda: client.send("GET", "/v1/agent-grants", token=unit).status),
        ("messages", 0.2, lambda: client.send("GET", "/v1/messages", token=agent).status),
        ("catalogue", 0.1, lambda: client.send("GET", "/v1/catalogues/unit_types").status),
    ]


def pour(played: list[tuple[str, float, Callable[[], int]]], seen: Seen, seconds: float, rate: float) -> None:
    """Send at the rate for the seconds."""
    draw, begun = random.Random(7), time.monotonic()  # noqa: S311 -- which operation is next
    weights = [weight for _, weight, _ in played]
    with ThreadPoolExecutor(WORKERS) as workers:
        for number in range(int(seconds * rate)):
            due = begun + number / rate
            time.sleep(max(0.0, due - time.monotonic()))
            name, _, act = draw.choices(played, weights)[0]
            workers.submit(timed, name, act, due, seen)


def timed(name: str, act: Callable[[], int], due: float, seen: Seen) -> None:
    """Send one request and note how long after its due time it was answered."""
    try:
        status = act()
    except OSError:
        status = 0
    seen.note(name, status, (time.monotonic() - due) * 1000)


def percentiles(found: list[float]) -> dict[str, float]:
    """Return how many, the median, the 95th and the 99th percentile."""
    cuts = quantiles(found, n=100) if len(found) > 1 else found * 99
    return {"times": len(found), "p50": cuts[49], "p95": cuts[94], "p99": cuts[98]}


def ticks(process: int) -> float:
    """Return the CPU seconds a process has used."""
    fields = Path(f"/proc/{process}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def memory(process: int) -> float:
    """Return the resident megabytes of a process."""
    lines = Path(f"/proc/{process}/status").read_text().splitlines()
    return next(int(line.split()[1]) / 1024 for line in lines if line.startswith("VmRSS"))


if __name__ == "__main__":
    main()
