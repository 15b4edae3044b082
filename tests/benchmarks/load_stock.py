"""Who and what the load needs, put into the running system: `python -m tests.benchmarks.load_stock STATE cases` tells it as JSON.

People, units, grants, officials and cases are made by the builders of the tests, with the running system's own tables, keys and workflow.
"""

import json
import sys
from datetime import datetime
from pathlib import Path
from typing import Any

from infra.operations.system import enter_local

PEOPLE = 40
UNITS = 10
AGENTS_A_UNIT = 5
DESKS = 4


class _Clock:
    """The running system's clock; nobody sets it here."""

    def __init__(self, world: Any) -> None:
        self._world = world

    def now(self) -> datetime:
        """Return the system's time."""
        now: datetime = self._world.clock.now()
        return now

    def advance(self, **by: float) -> None:
        """Let time pass by itself."""


def main() -> None:
    """Make everything and tell it."""
    enter_local(Path(sys.argv[1]))
    from expertgate.outbound.world import World  # noqa: PLC0415 -- rows name their tables when they are imported
    from tests.stage import Stage  # noqa: PLC0415 -- the same

    World.current = world = World()
    made = stock(Stage(world, _Clock(world)), int(sys.argv[2]))  # type: ignore[arg-type]  # a clock that can't be set
    sys.stdout.write(json.dumps(made))


def stock(stage: Any, cases: int) -> dict[str, Any]:
    """Return tokens and ids of what was made."""
    from tests.builders.cases import applicant, opened  # noqa: PLC0415 -- as above
    from tests.builders.officials import official  # noqa: PLC0415 -- as above
    from tests.builders.people import PASSWORD, a_verified_person  # noqa: PLC0415 -- as above
    from tests.builders.services import registered  # noqa: PLC0415 -- as above

    subjects = [stage.world.codes.ulid(stage.clock.now()) for _ in range(cases)]
    return {
        "password": PASSWORD,
        "people": [str(a_verified_person(stage).mobile)[3:] for _ in range(PEOPLE)],
        "units": [_unit(stage, number) for number in range(UNITS)],
        "service": registered(stage).token,
        "desks": [official(stage).token for _ in range(DESKS)],
        "cases": [opened(stage, subject=one, applicant=applicant(one)) for one in subjects],
    }


def _unit(stage: Any, number: int) -> dict[str, Any]:
    from tests.builders.grants import bound, opened, person, unit  # noqa: PLC0415 -- as above

    employer = opened(stage, unit(stage, 900 + number, name=f"邯郸市负载第{number}科技有限公司"))
    agents = [person(stage, 1000 + AGENTS_A_UNIT * number + one) for one in range(AGENTS_A_UNIT)]
    for one in agents:
        bound(stage, employer, one)
    return {"id": employer.id, "token": employer.token, "agents": [{"id": one.id, "token": one.token} for one in agents]}


if __name__ == "__main__":
    main()
