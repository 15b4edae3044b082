"""One world of a size: `python -m tests.benchmarks.scale_world size due ...` builds it, then plays a round for each line it reads."""

import json
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests import spending
from tests.benchmarks.crowd import Crowd, crowd
from tests.benchmarks.due import Reconciler, Sweep
from tests.benchmarks.engine import DiskEngine
from tests.benchmarks.ground import end_in_peace, quiet, say
from tests.benchmarks.population import populate
from tests.builders.admission import enter
from tests.builders.people import PASSWORD
from tests.conftest import TEMPLATE
from tests.stage import Stage, open_stage

type Act = Callable[[], Any]


def main() -> None:
    """Build, then answer each line on standard input with what every operation took."""
    end_in_peace()
    out = sys.stdout
    with tempfile.TemporaryDirectory(prefix="expertgate-scale-") as folder, quiet():
        engine = DiskEngine(Path(folder) / "tables.db")
        engine.start()
        try:
            with open_stage(TEMPLATE, engine.address) as stage:
                played = built(stage, engine, *map(int, sys.argv[1:]))
                tell(out, {"ready": True, "rows": played.rows, "bytes": engine.file.stat().st_size, "seconds": played.seconds})
                for _ in sys.stdin:
                    tell(out, {name: measured(engine, name, act) for name, act in played.acts.items()})
        finally:
            engine.stop()


class Built:
    """A world that is ready to play."""

    def __init__(self, acts: dict[str, Act], rows: int, seconds: float) -> None:
        """Keep what it plays and what it took."""
        self.acts, self.rows, self.seconds = acts, rows, seconds


def built(stage: Stage, engine: DiskEngine, size: int, *due: int) -> Built:
    """Make those who are asked about and a crowd of this size around them."""
    begun = time.monotonic()
    found = crowd(stage, size, max(due))
    engine.stop()
    rows = populate(engine.file, found.groups)
    engine.start()
    taken = time.monotonic() - begun
    say(f"scale: a world of {size:,}: {rows:,} rows and index rows, {engine.file.stat().st_size / 2**20:,.0f} MB, {taken:.0f} s")
    return Built(operations(stage, found, due), rows, taken)


def operations(stage: Stage, found: Crowd, dues: tuple[int, ...]) -> dict[str, Act]:
    """Return what is played, by its name in the tables."""
    question = {"agent_id": found.agent.id, "unit_id": found.employer.id, "service": "fepms"}
    call = stage.call
    requests: dict[str, Act] = {
        "authority check": lambda: call("delegation.check_authority", question, token=found.system.token),
        "entry to the home page": lambda: entered(stage, found.agent, found.employer, "home"),
        "entry to the member form": lambda: entered(stage, found.newcomer, found.employer, "member_form"),
        "log-in": lambda: logged_in(stage, found.mobile),
        "agent list": lambda: call("delegation.list_agents", token=found.employer.token),
        "queue of a city": lambda: call("review.list_queue", token=found.city.token),
        "queue of the nation": lambda: call("review.list_queue", token=found.nation.token),
        "statistics of a city": lambda: call("review.show_statistics", token=found.city.token),
        "statistics of all": lambda: call("review.show_statistics", token=found.nation.token),
    }
    sweeps: dict[str, Act] = {f"sweep, {due} due": Sweep(stage, found.ending[:due]) for due in dues}
    checks: dict[str, Act] = {f"reconciler, {due} due": Reconciler(stage, found.followed[:due]) for due in dues}
    for task in ("delegation.expire_grants", "review.reconcile_cases"):  # what is due from building must not be found by the first round
        stage.run(task)
    return {**requests, **sweeps, **checks}


def entered(stage: Stage, somebody: Any, employer: Any, outcome: str) -> Any:
    """Enter the service; it must lead where it should."""
    answer = enter(stage, somebody, employer)
    if answer.json["outcome"] != outcome:
        raise RuntimeError(answer.text)
    return answer


def logged_in(stage: Stage, mobile: str) -> Any:
    """Log in from an address of its own."""
    stage.plays["log-ins"] = number = stage.plays.get("log-ins", 0) + 1
    address = f"198.51.{number // 250 % 250}.{number % 250}"
    return stage.call("account.log_in", {"kind": "person", "login_name": mobile, "password": PASSWORD}, address=address)


def measured(engine: DiskEngine, name: str, act: Act) -> dict[str, float]:
    """Return wall and CPU milliseconds of one operation that must succeed, the engine's CPU beside, and its capacity units."""
    if isinstance(act, Sweep | Reconciler):
        act.prepare()
    spending._units.clear()
    engine_spent, spent, begun = engine.spent(), time.process_time(), time.perf_counter()
    answer = act()
    wall, cpu, engine_cpu = time.perf_counter() - begun, time.process_time() - spent, engine.spent() - engine_spent
    if getattr(answer, "status", 200) >= 300:
        message = f"{name}: {answer.text}"
        raise RuntimeError(message)
    ((read, written),) = spending._units.values()
    return {"wall": wall * 1000, "cpu": cpu * 1000, "engine": max(0.0, engine_cpu * 1000), "read": read, "written": written}


def tell(out: Any, told: dict[str, Any]) -> None:
    """Write one line to the parent."""
    out.write(json.dumps(told) + "\n")
    out.flush()


if __name__ == "__main__":
    main()
