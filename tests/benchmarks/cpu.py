"""CPU of the running system's whole process per operation, beside a bare Argon2id verify: `python -m tests.benchmarks.cpu`.

Engine and client are not counted, so it holds on a busy machine too, though two processes on one core make each other slower: compare
with the verify of the same run, which is measured in turns with the log-ins and sign-ups. It takes about half a minute.
"""

import itertools
import json
import os
import re
import time
import urllib.request
from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path
from statistics import median
from typing import Any
from urllib.parse import urlencode

from infra.local.aws import SMS_FILE
from infra.local.demo.accounts import log_in, register_everybody
from infra.local.demo.cast import CONSENTS, PASSWORD, Cast
from infra.local.demo.client import Client
from infra.local.demo.delegation import bind_agents
from infra.local.demo.officials import enrol
from infra.local.demo.server import Server
from infra.local.demo.story import Story
from tests.benchmarks.ground import keep, kept, machine, say

SETTLE_SECONDS, IDLE = 90, 0.04
SIGN_UPS = 20  # each from an address of its own: more codes for one would ask for a captcha


def main() -> None:
    """Start the system, measure, put the figures beside those of the load."""
    with Server() as server:
        client, cast = Client(server.url, Story(quiet=True)), Cast("bench")
        register_everybody(client, cast)
        found = measured(client, cast, server)
    for name, one in found.items():
        say(f"{name:<24} {one['median']:6.2f} ms")
    keep("load", {**(kept("load") or {}), "machine": machine(), "cpu": found})


def measured(client: Client, cast: Cast, server: Server) -> dict[str, dict[str, float]]:
    """Return the CPU of one verify and of each operation."""
    process = json.loads((server.state / "running.json").read_text())["pid"]
    service = token_of_service(client, cast, json.loads((server.state / "administrator.json").read_text()))
    settle(process)
    verify = Verify()
    found = cpu(client, cast, process, service, verify) | signed_up(client, cast, process, verify, server.state / SMS_FILE)
    return {"hash": {"median": median(verify.took)}, **found}


def token_of_service(client: Client, cast: Cast, invitation: dict[str, str]) -> str:
    """Bind an agent, register a downstream system, and return its token."""
    bind_agents(client, cast)
    cast.administrator.user_name = invitation["user_name"]
    enrol(client, cast.administrator, invitation["enrolment_code"])
    asked = {"name": "downstream", "services": ["fepms"], "scopes": ["authority:check"]}
    given = client.ask("POST", "/v1/service-clients", asked, token=cast.administrator.token, expect=201)
    form = {"grant_type": "client_credentials", "client_id": given["client_id"], "client_secret": given["client_secret"]}
    with urllib.request.urlopen(f"{client.url}/v1/oauth/token", urlencode(form).encode(), timeout=10) as answered:  # noqa: S310 -- our own address
        return str(json.loads(answered.read())["access_token"])


def settle(process: int) -> None:
    """Wait until the process has done what it does after its start: it imports every function and writes the reference."""
    for _ in range(SETTLE_SECONDS):
        begun = ticks(process)
        time.sleep(1)
        if ticks(process) - begun < IDLE:
            return


class Verify:
    """One bare Argon2id verify of this process, as often as it is called."""

    def __init__(self) -> None:
        """Hash a password, and verify it some times so that its memory is there."""
        from expertgate.outbound.passwords import fits, hash_password  # noqa: PLC0415 -- only here

        self._verify: Callable[[], bool] = partial(fits, PASSWORD, hash_password(PASSWORD))
        self.took: list[float] = []
        for _ in range(3):
            self._verify()

    def __call__(self) -> None:
        """Verify once and keep the milliseconds of CPU it took."""
        begun = time.process_time()
        self._verify()
        self.took.append((time.process_time() - begun) * 1000)


def cpu(client: Client, cast: Cast, process: int, service: str, verify: Verify) -> dict[str, dict[str, float]]:
    """Return the CPU milliseconds of the server's process per operation, engine and client not counted."""
    token = cast.agent.token
    question = {"agent_id": cast.agent.account_id, "unit_id": cast.unit.account_id, "service": "fepms"}
    return {
        "authority check": per_operation(process, 100, lambda: client.ask("POST", "/v1/authority-checks", question, token=service)),
        "session and one row": per_operation(process, 150, lambda: client.send("GET", "/v1/account", token=token)),
        "log-in": per_operation(process, 80, lambda: log_in(client, "person", cast.agent.mobile), verify),
    }


def signed_up(client: Client, cast: Cast, process: int, verify: Verify, inbox: Path) -> dict[str, dict[str, float]]:
    """Return the same of a sign-up."""
    return {"sign-up with its code": per_operation(process, SIGN_UPS, sign_up(client, cast, inbox), verify)}


def per_operation(process: int, times: int, act: Callable[[], Any], in_turns: Callable[[], None] = lambda: None) -> dict[str, float]:
    """Return the CPU milliseconds that one operation takes from the process; another one goes with it in this process."""
    act()
    idle = ticks(process)
    time.sleep(1)
    idle = ticks(process) - idle
    begun, clock = ticks(process), time.monotonic()
    for _ in range(times):
        act()
        in_turns()
    spent = ticks(process) - begun - idle * (time.monotonic() - clock)
    return {"median": spent / times * 1000}


def sign_up(client: Client, cast: Cast, inbox: Path) -> Callable[[], Any]:
    """Return what registers another person, code and form; the code is read where the carrier left it, which costs the server nothing."""
    places = itertools.count(1)

    def act() -> None:
        one, mobile = client.moved(f"127.0.2.{next(places)}"), cast.numbers.mobile("159")
        one.ask("POST", "/v1/sms-codes", {"purpose": "register_person", "mobile": mobile}, expect=201)
        passwords = {"password": PASSWORD, "password_confirmation": PASSWORD, "consents": CONSENTS}
        number = cast.numbers.resident_id(date(1991, 5, 4))
        person = {"document_type": "resident_id", "document_number": number, "name": "张晓敏", "mobile": mobile}
        one.ask("POST", "/v1/persons", {**person, **passwords, "sms_code": code_in(inbox, mobile)}, expect=201)

    return act


def code_in(inbox: Path, mobile: str) -> str:
    """Wait for the code sent to a mobile.

    Raises RuntimeError when none comes.
    """
    for _ in range(500):
        for line in inbox.read_text("utf-8").splitlines() if inbox.exists() else ():
            if mobile in line and (found := re.search(r"(?<!\d)\d{6}(?!\d)", json.loads(line)["text"])):
                return found[0]
        time.sleep(0.02)
    raise RuntimeError(f"no code for {mobile}")


def ticks(process: int) -> float:
    """Return the CPU seconds a process has used."""
    fields = Path(f"/proc/{process}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


if __name__ == "__main__":
    main()
