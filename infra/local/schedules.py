"""Calls functions when their schedules are due, by the machine's shiftable clock."""

import json
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from threading import Event, Lock, Thread
from typing import Any, Final
from uuid import uuid4

from infra.local import naming
from infra.local.calendar import next_due
from infra.local.clock import LocalClock
from infra.local.facts import Schedule, Template
from infra.local.functions import FunctionFailed, Functions

_LOOK_EVERY: Final = 0.5


class Scheduler:
    """Looks twice a second which schedules are due."""

    def __init__(self, template: Template, functions: Functions, clock: LocalClock) -> None:
        """Take the enabled schedules."""
        self._schedules = {each.logical_id: each for each in template.schedules if each.enabled}
        self._functions = functions
        self._clock = clock
        self._due: dict[str, datetime | None] = {}
        self._seen = clock.now()
        self._running: set[str] = set()
        self._lock = Lock()
        self._pool = ThreadPoolExecutor(4, "schedule")
        self._stopped = Event()

    def start(self) -> None:
        """Begin to look."""
        self._plan()
        Thread(target=self._run, name="schedules", daemon=True).start()

    def stop(self) -> None:
        """Look no more."""
        self._stopped.set()

    def due(self) -> dict[str, datetime | None]:
        """Return when each schedule is due next."""
        return dict(self._due)

    def names(self) -> dict[str, str]:
        """Return the function that each schedule calls."""
        return {name: schedule.function for name, schedule in self._schedules.items()}

    def fire(self, name: str) -> Any:  # noqa: ANN401 -- whatever the function answers
        """Call a schedule's function now and return its answer; the name may also be the function's where it has one schedule.

        Raises KeyError for an unknown name, FunctionFailed.
        """
        of_function = [each for each in self._schedules.values() if each.function == name]
        schedule = of_function[0] if len(of_function) == 1 else self._schedules[name]
        return self._functions.invoke(schedule.function, _event(schedule, self._clock.now()))

    def _plan(self) -> None:
        now = self._clock.now()
        self._due = {name: next_due(each.expression, each.timezone, now) for name, each in self._schedules.items()}

    def _run(self) -> None:
        while not self._stopped.wait(_LOOK_EVERY):
            now = self._clock.now()
            if now < self._seen:  # someone turned the clock back
                self._plan()
            self._seen = now
            for name, due in list(self._due.items()):
                if due is not None and due <= now:
                    schedule = self._schedules[name]
                    self._due[name] = next_due(schedule.expression, schedule.timezone, now)
                    self._begin(schedule, due)

    def _begin(self, schedule: Schedule, due: datetime) -> None:
        with self._lock:
            if schedule.logical_id in self._running:
                return
            self._running.add(schedule.logical_id)
        self._pool.submit(self._call, schedule, due)

    def _call(self, schedule: Schedule, due: datetime) -> None:
        try:
            self._functions.invoke(schedule.function, _event(schedule, due))
        except FunctionFailed as failed:
            print(f"schedule {schedule.logical_id}: {failed.kind}: {failed.message}", file=sys.stderr)
        finally:
            with self._lock:
                self._running.discard(schedule.logical_id)


def _event(schedule: Schedule, due: datetime) -> Any:  # noqa: ANN401 -- any JSON
    stamp = due.strftime("%Y-%m-%dT%H:%M:%SZ")
    if schedule.payload is not None:
        text = schedule.payload if isinstance(schedule.payload, str) else json.dumps(schedule.payload)
        return json.loads(text.replace("<aws.scheduler.scheduled-time>", stamp))
    return {
        "version": "0",
        "id": str(uuid4()),
        "detail-type": "Scheduled Event",
        "source": "aws.scheduler",
        "account": naming.ACCOUNT,
        "time": stamp,
        "region": naming.REGION,
        "resources": [f"arn:aws:scheduler:{naming.REGION}:{naming.ACCOUNT}:schedule/default/{schedule.logical_id}"],
        "detail": "{}",
    }
