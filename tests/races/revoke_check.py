"""After a revoke is answered the next check says no, many at once: `python -m tests.races.revoke_check [pairs] [at once]` (DEL-05, DEL-12).

Binds, checks, revokes and checks over and over in as many threads as are to be at once, through the doors and on the engine of `make run`.
Shows how far it is and ends non-zero when one check did not say what was answered before.
"""

import logging
import os
import sys
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from threading import Lock

from expertgate.settings import LIMITS
from tests.benchmarks.ground import say
from tests.builders.grants import Somebody, opened, order, person, unit
from tests.builders.services import System, registered
from tests.conftest import TEMPLATE
from tests.races.racing import at_once
from tests.scale.engine import local_engine
from tests.scale.progress import Progress
from tests.stage import Stage, open_stage

PAIRS_AT_ONCE = 50
PAIRS = 10_000


class Counter:
    """How many pairs are done, counted by many threads, shown by whoever counts."""

    def __init__(self, see: Callable[[int], None]) -> None:
        """Begin at nothing."""
        self._see, self._done, self._lock = see, 0, Lock()

    def one_more(self) -> None:
        """Count a pair."""
        with self._lock:
            self._done += 1
            self._see(self._done)


@dataclass(frozen=True)
class Sides:
    """The units, the downstream system that asks, and the count."""

    employers: list[Somebody]
    system: System
    counter: Counter


def wrong_answers(stage: Stage, pairs: int, width: int, see: Callable[[int], None] = lambda _: None) -> int:
    """Return how many of so many pairs were answered wrongly, `width` at once; `see` is told how many are done.

    Each unit binds each person as often as a day allows.
    """
    units = -(-pairs // (width * LIMITS.grant_changes_a_day))
    employers = [opened(stage, unit(stage, seed, f"邯郸市第{seed}科技有限公司")) for seed in range(1, units + 1)]
    sides = Sides(employers, registered(stage), Counter(see))
    agents = [person(stage, seed) for seed in range(width)]
    return sum(at_once([partial(_of_one, stage, sides, agent, pairs // (width * units)) for agent in agents], width))


def _of_one(stage: Stage, sides: Sides, agent: Somebody, pairs: int) -> int:
    """Let each unit bind, check, revoke, check, over and over; return how often a check did not say what was just answered."""
    return sum(_pair(stage, sides, agent, employer) for employer in sides.employers for _ in range(pairs))


def _pair(stage: Stage, sides: Sides, agent: Somebody, employer: Somebody) -> bool:
    check = partial(_check, stage, sides.system, {"agent_id": agent.id, "unit_id": employer.id, "service": "fepms"})
    made = stage.call("delegation.bind_agent", order(stage, agent), token=employer.token)
    assert made.status == 201, made.text
    yes = check()
    revoked = stage.call("delegation.revoke_grant", token=employer.token, path={"grant_id": made.json["id"]})
    assert revoked.status == 200, revoked.text
    sides.counter.one_more()
    return (yes, check()) != ("granted", "revoked")


def _check(stage: Stage, system: System, question: dict[str, str]) -> str:
    answered = stage.call("delegation.check_authority", question, token=system.token)
    assert answered.status == 200, answered.text
    return str(answered.json["reason"])


def main() -> None:
    """Play the pairs and say how many were wrong."""
    pairs, width = [*map(int, sys.argv[1:3]), *(PAIRS, PAIRS_AT_ONCE)[len(sys.argv[1:3]) :]]
    logging.disable(logging.CRITICAL)
    with local_engine() as (address, cpu), open_stage(TEMPLATE, address) as stage, Progress("pairs", pairs) as progress:
        wrong, spent, engine = wrong_answers(stage, pairs, width, progress.at), os.times(), cpu()
    say(f"{wrong} wrong answers in {pairs:,} pairs of revoke and check, {width} at once")
    say(f"CPU {spent.user + spent.system:.0f} s, engine {engine:.0f} s; load average {os.getloadavg()[0]:.1f}")
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
