"""Every function under the real awslambdaric in a process of its own: the closest thing to Lambda without AWS."""

import os
import subprocess
import sys
import time
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from threading import Event, Lock, Thread
from typing import Any, Final

from infra.local import naming
from infra.local.facts import Function, Template
from infra.local.functions import FunctionFailed
from infra.local.runtime_api import Invocation, RuntimeApi
from infra.local.state import State

_IDLE_SECONDS: Final = 120.0
_START_SECONDS: Final = 30.0
# Lambda itself starts another environment for each call that finds the others busy; a machine has its limits
_MOST_AT_ONCE: Final = 4
# a demo calls some sixty functions; together their processes would fill a small machine
_MOST_WAITING: Final = 24


class Environment:
    """One process of one function with its own Runtime API; it takes one call at a time."""

    def __init__(self, function: Function, root: Path, variables: Mapping[str, str], log: Path) -> None:
        """Start the process."""
        self.function = function
        self.last_used = time.monotonic()
        self._api = RuntimeApi()
        folder = root / function.code_uri
        own = {
            **os.environ,
            **variables,
            **function.environment,
            "AWS_LAMBDA_RUNTIME_API": self._api.address,
            "AWS_LAMBDA_FUNCTION_NAME": function.name,
            "AWS_LAMBDA_FUNCTION_VERSION": "$LATEST",
            "AWS_LAMBDA_FUNCTION_MEMORY_SIZE": "1024",
            "AWS_LAMBDA_LOG_GROUP_NAME": "local",
            "AWS_LAMBDA_LOG_STREAM_NAME": "local",
            "LAMBDA_TASK_ROOT": str(folder),
            # the layer is searched before the function's own folder would be, as /opt/python is
            "PYTHONPATH": os.pathsep.join([str(folder), str(root / "layers" / "common")]),
        }
        # when we end, its Runtime API is gone and it ends too
        with log.open("ab") as output:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "awslambdaric", function.handler],
                cwd=folder,
                env=own,
                stdout=output,
                stderr=output,
            )

    @property
    def is_alive(self) -> bool:
        """Tell whether the process still takes calls."""
        return self._process.poll() is None

    def invoke(self, event: Any) -> Any:  # noqa: ANN401 -- any JSON
        """Hand one event to the process and wait for its answer.

        Raises FunctionFailed.
        """
        self.last_used = time.monotonic()
        call = Invocation(event, naming.arn("AWS::Serverless::Function", self.function.name), self.function.timeout)
        self._api.offer(call)
        ends = time.monotonic() + self.function.timeout + _START_SECONDS
        while not call.done.wait(0.2):
            if not self.is_alive:
                raise FunctionFailed("Runtime.ExitError", "the process ended before it answered")
            if time.monotonic() > ends or call.is_over():
                self.stop()
                raise FunctionFailed("Sandbox.Timedout", f"Task timed out after {self.function.timeout} seconds")
        self.last_used = time.monotonic()
        if call.error is not None:
            raise FunctionFailed(call.error["errorType"], call.error["errorMessage"], tuple(call.error.get("stackTrace", ())))
        return call.answer

    def stop(self) -> None:
        """End the process."""
        self._process.kill()
        with suppress(subprocess.TimeoutExpired):
            self._process.wait(timeout=2)
        self._api.stop()


class Processes:
    """Starts a process when a function is called and none is free; ends the ones nobody uses."""

    def __init__(self, template: Template, root: Path, variables: Mapping[str, str], state: State) -> None:
        """Remember what processes need."""
        self._template = template
        self._root = root
        self._variables = variables
        self._log = state.path("functions.log")
        self._free: dict[str, list[Environment]] = {}
        self._busy: dict[str, int] = {}
        self._changed = Event()
        self._lock = Lock()
        self._stopped = Event()
        Thread(target=self._reap, name="reap", daemon=True).start()

    def invoke(self, logical_id: str, event: Any) -> Any:  # noqa: ANN401 -- any JSON
        """Run one function and return its answer.

        Raises FunctionFailed.
        """
        environment = self._take(logical_id)
        try:
            return environment.invoke(event)
        finally:
            self._give_back(logical_id, environment)

    def stop(self) -> None:
        """End all processes that wait."""
        self._stopped.set()
        with self._lock:
            waiting = [each for free in self._free.values() for each in free]
            self._free.clear()
        for each in waiting:
            each.stop()

    def _take(self, logical_id: str) -> Environment:
        while True:
            with self._lock:
                free = [each for each in self._free.pop(logical_id, []) if each.is_alive]
                busy = self._busy.get(logical_id, 0)
                if free or busy < _MOST_AT_ONCE:
                    self._busy[logical_id] = busy + 1
                    self._free[logical_id] = free[:-1]
                    break
                self._changed.clear()
            self._changed.wait(1)
        return free[-1] if free else Environment(self._template.functions[logical_id], self._root, self._variables, self._log)

    def _give_back(self, logical_id: str, environment: Environment) -> None:
        surplus: Environment | None = environment
        with self._lock:
            self._busy[logical_id] -= 1
            if environment.is_alive and not self._stopped.is_set():
                self._free.setdefault(logical_id, []).append(environment)
                surplus = self._oldest_of_too_many()
            self._changed.set()
        if surplus:
            surplus.stop()

    def _oldest_of_too_many(self) -> Environment | None:
        waiting = [each for free in self._free.values() for each in free]
        if len(waiting) <= _MOST_WAITING:
            return None
        oldest = min(waiting, key=lambda each: each.last_used)
        for free in self._free.values():
            free[:] = [each for each in free if each is not oldest]
        return oldest

    def _reap(self) -> None:
        while not self._stopped.wait(_IDLE_SECONDS / 4):
            before = time.monotonic() - _IDLE_SECONDS
            with self._lock:
                idle = [each for free in self._free.values() for each in free if each.last_used < before]
                for free in self._free.values():
                    free[:] = [each for each in free if each not in idle]
            for each in idle:
                each.stop()
