"""CPU of the running system's whole process per operation, beside a bare Argon2id verify: `python -m tests.benchmarks.cpu`.

Engine and client are not counted, so it holds on a busy machine too, though two processes on one core make each other slower: compare
with the verifies measured right before and after each log-in and sign-up. Who asks keeps his connection, as browsers and downstream
systems do. Log-in and sign-up are played plainly and with an `Idempotency-Key` on each request, for which the answer is sealed and kept.
It takes about three minutes.
"""

import itertools
import json
import re
import time
import urllib.request
from collections.abc import Callable, Iterator
from datetime import date
from functools import partial
from pathlib import Path
from statistics import median, quantiles
from typing import Any, NamedTuple
from urllib.parse import urlencode

from infra.local.aws import SMS_FILE
from infra.local.demo.accounts import log_in, register_everybody
from infra.local.demo.cast import CONSENTS, PASSWORD, Cast
from infra.local.demo.client import Client
from infra.local.demo.delegation import bind_agents
from infra.local.demo.officials import enrol
from infra.local.demo.server import Server
from infra.local.demo.story import Story
from tests.benchmarks.browser import Browser
from tests.benchmarks.ground import keep, kept, machine, say

# The clock of another process as Linux numbers it (clock_getcpuclockid(3)): its id inverted, and which of its clocks.
_SCHEDULED = 2
SETTLE_SECONDS, IDLE = 90, 0.04
ROUNDS = 5
CHECKS, READS, LOG_INS = 40, 60, 60  # the hash jumps by ten milliseconds from one to the next: twenty told little
SIGN_UPS = 20  # each from an address of its own: more codes for one would ask for a captcha


class Play(NamedTuple):
    """An operation, how often it is done in a round, and the hash in turns with it."""

    act: Callable[[], Any]
    times: int
    verify: "Verify | None" = None


class Took(NamedTuple):
    """CPU milliseconds of an operation and of the hash around it."""

    spent: float
    hash: float

    @property
    def beyond(self) -> float:
        """Return what it took beyond the hash."""
        return self.spent - self.hash


def main() -> None:
    """Start the system, measure, put the figures beside those of the load."""
    with Server() as server:
        client, cast = Client(server.url, Story(quiet=True)), Cast("bench")
        register_everybody(client, cast)
        found = measured(client, cast, server)
    for name, one in found.items():
        say(f"{name:<32} {one['spent']:6.2f} ms, {one['beyond']:6.2f} ({one['low']:.2f} to {one['high']:.2f}) beyond {one['hash']:.2f}")
    keep("load", {**(kept("load") or {}), "cpu_machine": machine(), "cpu": found})


def measured(client: Client, cast: Cast, server: Server) -> dict[str, dict[str, float]]:
    """Return the CPU of each operation, and of the verifies beside it."""
    process = json.loads((server.state / "running.json").read_text())["pid"]
    service = token_of_service(client, cast, json.loads((server.state / "administrator.json").read_text()))
    settle(process)
    plays = operations(Browser(client.url, client.story), cast, service, server.state / SMS_FILE)
    for play in plays.values():
        play.act()
    took: dict[str, list[Took]] = {name: [] for name in plays}
    for _ in range(ROUNDS):
        for name, play in plays.items():
            took[name] += each_time(process, play)
    return {name: middle(found) for name, found in took.items()}


def middle(took: list[Took]) -> dict[str, float]:
    """Return medians, and the quartiles of the difference.

    The hash changes by half within a second, by what the neighbours leave of the memory's pace: only the hash next to an operation tells
    what its own takes, and only the middle of some hundred such pairs tells the difference.
    """
    low, beyond, high = quantiles([one.beyond for one in took], n=4)
    return {
        "spent": median(one.spent for one in took),
        "hash": median(one.hash for one in took),
        "beyond": beyond,
        "low": low,
        "high": high,
    }


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
        for _ in range(3):
            self._verify()

    def __call__(self) -> float:
        """Verify once and return the milliseconds of CPU it took."""
        begun = time.process_time()
        self._verify()
        return (time.process_time() - begun) * 1000


def operations(client: Browser, cast: Cast, service: str, inbox: Path) -> dict[str, Play]:
    """Return the operations by name."""
    token, verify = cast.agent.token, Verify()
    question = {"agent_id": cast.agent.account_id, "unit_id": cast.unit.account_id, "service": "fepms"}
    plain, places = client.without_keys(), itertools.count(1)
    return {
        "authority check": Play(lambda: client.ask("POST", "/v1/authority-checks", question, token=service), CHECKS),
        "session and one row": Play(lambda: client.send("GET", "/v1/account", token=token), READS),
        "log-in": Play(lambda: log_in(plain, "person", cast.agent.mobile), LOG_INS, verify),
        "log-in with a key": Play(lambda: log_in(client, "person", cast.agent.mobile), LOG_INS, verify),
        "sign-up with its code": Play(sign_up(plain, cast, inbox, places), SIGN_UPS, verify),
        "sign-up with its code and keys": Play(sign_up(client, cast, inbox, places), SIGN_UPS, verify),
    }


def each_time(process: int, play: Play) -> list[Took]:
    """Return the CPU milliseconds of each time from the server's process, with what it does after its answer, and of the hash around it."""
    idle = ticks(process)
    time.sleep(1)
    idle = ticks(process) - idle
    took, before = list[Took](), play.verify() if play.verify else 0.0
    for _ in range(play.times):
        begun, clock = ticks(process), time.monotonic()
        play.act()
        after = play.verify() if play.verify else 0.0
        spent = ticks(process) - begun - idle * (time.monotonic() - clock)
        took.append(Took(spent * 1000, (before + after) / 2))
        before = after
    return took


def sign_up(client: Browser, cast: Cast, inbox: Path, places: Iterator[int]) -> Callable[[], Any]:
    """Return what registers another person, code and form; the code is read where the carrier left it, which costs the server nothing."""

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
    """Return the CPU seconds a process has used, to the nanosecond: /proc tells them by hundredths, a sixth of a request."""
    return time.clock_gettime(~process << 3 | _SCHEDULED)


if __name__ == "__main__":
    main()
