"""A world for each cold start, and in it a request that its door answers well.

The request is the one that the fault sweep repeats, or the owner's read of the access tests, or the door's sample. Since each start has
tables of its own, no start spoils another's: a one-use code, a limit that is reached, a session that ends stay where they were made.
"""

import importlib
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from urllib.parse import urlencode

from moto.server import ThreadedMotoServer

from expertgate.account.store import account
from expertgate.review.model import Duty
from tests.access.objects import READS
from tests.benchmarks.ground import sample
from tests.builders.accounts import PASSWORD, a_person
from tests.builders.admission import administered, registered
from tests.builders.grants import Somebody
from tests.builders.officials import PLATFORM, official
from tests.builders.services import registered as a_service
from tests.conftest import TEMPLATE
from tests.faults.scenario import asking
from tests.faults.scenarios.every import scenarios
from tests.faults.scenarios.review import engine_here
from tests.stage import Answered, Stage, event_for, open_stage
from tests.tree.house import Action

type Event = dict[str, Any]
type Prepare = Callable[[Stage], Callable[[], Answered]]


class Caught(Exception):
    """The event of a request that was not sent."""


class Catching(Stage):
    """A stage that catches the request of one door, once it is told to, instead of sending it."""

    catches: str | None = None

    def call(self, action: str, body: object = None, **request: Any) -> Answered:
        """Send, or raise the event."""
        if action != self.catches:
            return super().call(action, body, **request)
        raise Caught(event_for(importlib.import_module(f"functions.{action}").app, body, self.address, request))


def is_good(status: int) -> bool:
    """Tell whether a door did its work: to refuse is none."""
    return 200 <= status < 400


@contextmanager
def services() -> Iterator[str]:
    """Serve what is not a table on a loopback port: the same services that the preparation speaks to in this process."""
    server = ThreadedMotoServer("127.0.0.1", 0)
    server.start()
    host, port = server.get_host_and_port()
    try:
        yield f"http://{host}:{port}"
    finally:
        server.stop()


@contextmanager
def empty_world(tables: str) -> Iterator[Catching]:
    """Make tables and services anew, and lead what is started there, in the stage's time."""
    with open_stage(TEMPLATE, tables) as made, TemporaryDirectory() as folder:
        engine_here()
        file = Path(folder, "clock")
        os.environ["EXPERTGATE_CLOCK_FILE"] = str(file)
        try:
            yield Catching(made.world, made.clock)
        finally:
            del os.environ["EXPERTGATE_CLOCK_FILE"]


def good_request(stage: Catching, action: Action) -> Event:
    """Prepare the world for a door and return the event that it answers well."""
    prepare = prepared().get(str(action))
    if prepare is None:
        return sample(stage, action)
    send = prepare(stage)
    stage.catches = str(action)
    try:
        answered = send()
    except Caught as caught:
        event: Event = caught.args[0]
        return event
    message = f"{action}: another door was asked, which answered {answered.status}"
    raise RuntimeError(message)


def prepared() -> dict[str, Prepare]:
    """Return what prepares a world, by door; the first scenario of a door is the usual one."""
    found: dict[str, Prepare] = {}
    for name, prepare in {**scenarios(), **READS, **MORE}.items():
        found.setdefault(name.partition(":")[0], prepare)
    return found


def _export(stage: Stage) -> Callable[[], Answered]:
    return asking(stage, "account.export_account", {"current_password": PASSWORD}, token=a_person(stage).token)


def _former(stage: Stage) -> Callable[[], Answered]:
    employer, _ = administered(stage)
    found = account(stage.world, employer.id)
    assert found
    assert found.unit
    desk = official(stage, PLATFORM, Duty.SUPPORT)
    return asking(stage, "admission.list_former_administrators", token=desk.token, query={"uscc": found.unit.uscc})


def _inside(name: str) -> Prepare:
    """Return what lets the administrator of an admitted unit read."""
    return lambda stage: _reading(stage, administered(stage)[0], name)


def _project(stage: Stage) -> Callable[[], Answered]:
    employer, _ = administered(stage)
    return _reading(stage, employer, "show_project", project_id=registered(stage, employer)["id"])


def _reading(stage: Stage, who: Somebody, name: str, **path: str) -> Callable[[], Answered]:
    return asking(stage, f"admission.{name}", token=who.token, path={"unit_id": who.id, **path})


def _token(stage: Stage) -> Callable[[], Answered]:
    system = a_service(stage)
    form = urlencode({"grant_type": "client_credentials", "client_id": system.client_id, "client_secret": system.secret})
    headers = {"content-type": "application/x-www-form-urlencoded"}
    return asking(stage, "delegation.issue_service_token", headers=headers, raw=form)


# Reads that need more than somebody who may ask.
MORE: dict[str, Prepare] = {
    "account.export_account": _export,
    "admission.list_former_administrators": _former,
    **{f"admission.{name}": _inside(name) for name in ("list_members", "list_projects", "show_home")},
    "admission.show_project": _project,
    "delegation.issue_service_token": _token,
}
