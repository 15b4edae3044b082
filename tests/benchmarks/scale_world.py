"""One world of a size: `python -m tests.benchmarks.scale_world copies` builds it, then plays a round for each line it reads."""

import json
import os
import sys
import time
from collections.abc import Callable
from typing import Any

from tests.benchmarks.ground import ground
from tests.benchmarks.population import populate
from tests.builders.cases import FakeWorkflow, opened
from tests.builders.grants import again, bound, day, person, unit
from tests.builders.grants import opened as entered
from tests.builders.officials import official
from tests.builders.people import PASSWORD, a_verified_person
from tests.builders.services import registered
from tests.stage import Stage

DUE = 5
IN_QUEUE = 25


def main() -> None:
    """Build, then answer each line on standard input with the milliseconds of every operation."""
    out = sys.stdout
    with ground() as (stage, address):
        played = operations(stage, address, int(sys.argv[1]))
        tell(out, {"ready": True})
        for _ in sys.stdin:
            tell(out, {name: timed(act) for name, act in played.items()})


def operations(stage: Stage, address: str, copies: int) -> dict[str, Callable[[], Any]]:
    """Make the people, unit, grants and cases that are asked about, and a crowd of copies around them."""
    stage.world.workflow = FakeWorkflow()  # type: ignore[assignment]  # only what is started is of no interest here
    employer, agents = entered(stage, unit(stage)), [person(stage, seed) for seed in range(1, DUE + 2)]
    grants = [bound(stage, employer, agent, last_day=day(stage, 364 if agent is agents[0] else 1)).json["id"] for agent in agents]
    stage.clock.advance(days=2)
    employer, system, desk, logging_in = again(stage, employer), registered(stage), official(stage), a_verified_person(stage)
    cases = [opened(stage, subject=f"CASE-SUBJECT-{number}") for number in range(IN_QUEUE)]
    populate(address, [agents[0].id, employer.id, grants[0], cases[0], "CASE-SUBJECT-0"], copies)
    question = {"agent_id": agents[0].id, "unit_id": employer.id, "service": "fepms"}
    mobile = (logging_in.mobile or "")[3:]
    return {
        "authority check": lambda: stage.call("delegation.check_authority", question, token=system.token),
        "log-in": lambda: _logged_in(stage, mobile),
        "agent list": lambda: stage.call("delegation.list_agents", token=employer.token),
        "reviewer queue": lambda: stage.call("review.list_queue", token=desk.token),
        "statistics": lambda: stage.call("review.show_statistics", token=desk.token),
        f"sweep of {DUE}": Sweep(stage, [(f"AGENT#{one.id}", f"UNIT#{employer.id}#SERVICE#fepms") for one in agents[1:]]),
    }


class Sweep:
    """Runs the sweep when a few grants have just ended; to put their rows back is not timed."""

    def __init__(self, stage: Stage, places: list[tuple[str, str]]) -> None:
        """Keep the rows as they are before any sweep."""
        from expertgate.outbound.aws import client  # noqa: PLC0415 -- the tables' names must stand in the environment first

        self._stage, self._rows, self._table = stage, client("dynamodb"), os.environ["GRANTS_TABLE"]
        keys = ({"pk": {"S": pk}, "sk": {"S": sk}} for pk, sk in places)
        self._due = [self._rows.get_item(TableName=self._table, Key=key)["Item"] for key in keys]

    def prepare(self) -> None:
        """Put the rows back."""
        for row in self._due:
            self._rows.put_item(TableName=self._table, Item=row)

    def __call__(self) -> None:
        """Sweep; what was due must be done."""
        done = self._stage.run("delegation.expire_grants")["done"]
        if done != DUE:
            raise RuntimeError(done)


def _logged_in(stage: Stage, mobile: str) -> Any:
    address = f"198.51.{stage.clock.now().microsecond % 250}.7"
    return stage.call("account.log_in", {"kind": "person", "login_name": mobile, "password": PASSWORD}, address=address)


def timed(act: Callable[[], Any]) -> float:
    """Return the milliseconds of one operation that must succeed."""
    if isinstance(act, Sweep):
        act.prepare()
    begun = time.perf_counter()
    answer = act()
    spent = (time.perf_counter() - begun) * 1000
    status = getattr(answer, "status", 200)
    if status >= 300:
        raise RuntimeError(answer.text)
    return spent


def tell(out: Any, told: dict[str, Any]) -> None:
    """Write one line to the parent."""
    out.write(json.dumps(told) + "\n")
    out.flush()


if __name__ == "__main__":
    main()
