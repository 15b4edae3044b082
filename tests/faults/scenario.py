"""A scenario of the fault sweep: the world before an action, and the request that is repeated until it is answered."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from tests.stage import Answered, Stage

KEY = "sweep-key-0001"

type Send = Callable[[], Answered] | Asked
type Prepare = Callable[[Stage], Send]

SCENARIOS: dict[str, Prepare] = {}


def scenario(action: str) -> Callable[[Prepare], Prepare]:
    """Note what prepares the world for an action; a word after a colon tells two scenarios of one action apart."""

    def noted(prepare: Prepare) -> Prepare:
        assert action not in SCENARIOS, action
        SCENARIOS[action] = prepare
        return prepare

    return noted


@dataclass(frozen=True)
class Asked:
    """A request of a door; other tests send it as somebody else or for something else."""

    stage: Stage
    action: str
    body: object
    request: dict[str, Any]

    def __call__(self, **other: Any) -> Answered:
        """Send it, changed where told."""
        return self.stage.call(self.action, self.body, **{**self.request, **other})


def asking(stage: Stage, action: str, body: object = None, **request: Any) -> Asked:
    """Return the request of a door, with the Idempotency-Key that its repeats carry."""
    return Asked(stage, action, body, {"key": KEY, **request})


def running(stage: Stage, action: str, event: dict[str, Any] | None = None) -> Send:
    """Return the run of a task; one that fails is tried again by what called it, as a client tries again after 503."""

    def run() -> Answered:
        try:
            done = stage.run(action, event)
        except Exception as exc:  # noqa: BLE001 -- whatever stops a task, its caller tries it again
            return Answered(503, None, {}, f"{type(exc).__name__}: {exc}")
        failed = (done or {}).get("batchItemFailures")
        return Answered(503 if failed else 200, done, {}, str(done))

    return run
