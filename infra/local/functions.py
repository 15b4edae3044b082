"""Runs the template's functions inside this process, as Lambda would: event and context in, JSON out."""

import importlib
import json
import os
import sys
import time
import traceback
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock
from typing import Any, Final, Protocol
from uuid import uuid4

from infra.local import naming
from infra.local.facts import Function, Template

# between two imports, so that requests go first
_BREATH: Final = 0.02


@dataclass(eq=False)
class FunctionFailed(Exception):
    """A handler raised: what Lambda tells its caller about it."""

    kind: str
    message: str
    trace: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """Return the error as Lambda writes it."""
        return {"errorType": self.kind, "errorMessage": self.message, "stackTrace": list(self.trace)}


class Functions(Protocol):
    """Something that runs functions by logical id."""

    def invoke(self, logical_id: str, event: Any) -> Any:  # noqa: ANN401 -- any JSON
        """Run one function and return its answer; the event is given away and used for this call only.

        Raises FunctionFailed.
        """

    def stop(self) -> None:
        """End what runs them."""


@dataclass
class Context:
    """What Lambda tells a handler about its own call."""

    function: Function
    aws_request_id: str = field(default_factory=lambda: str(uuid4()))
    begun: float = field(default_factory=time.monotonic)
    memory_limit_in_mb: int = 512
    function_version: str = "$LATEST"
    log_group_name: str = "local"
    log_stream_name: str = "local"
    identity: None = None
    client_context: None = None

    @property
    def function_name(self) -> str:
        """Return the function's name."""
        return self.function.name

    @property
    def invoked_function_arn(self) -> str:
        """Return the function's ARN."""
        return naming.arn("AWS::Serverless::Function", self.function.name)

    def get_remaining_time_in_millis(self) -> int:
        """Return what is left of the function's time."""
        left = self.function.timeout - (time.monotonic() - self.begun)
        return max(0, int(left * 1000))


class InProcess:
    """All functions in this process; the threads of the server run them side by side."""

    def __init__(self, template: Template, root: Path) -> None:
        """Remember where the code is; it is imported when it is first called."""
        self._template = template
        self._handlers: dict[str, Callable[[Any, Any], Any]] = {}
        self._lock = Lock()
        find_code_in(root)

    def invoke(self, logical_id: str, event: Any) -> Any:  # noqa: ANN401 -- any JSON
        """Run one function and return its answer.

        Raises FunctionFailed.
        """
        handler = self._handlers.get(logical_id) or self._import(logical_id)
        try:
            answer = handler(event, Context(self._template.functions[logical_id]))
            return answer if _is_of_a_door(answer) else json.loads(json.dumps(answer))
        except Exception as exc:
            raise _failure(exc) from exc

    def stop(self) -> None:
        """Nothing runs beside the server."""

    def import_all(self) -> None:
        """Import every function, so that the first person does not wait; what cannot be imported fails when it is called."""
        for logical_id in self._template.functions:
            with suppress(FunctionFailed):
                self._import(logical_id)
            time.sleep(_BREATH)

    def _import(self, logical_id: str) -> Callable[[Any, Any], Any]:
        function = self._template.functions[logical_id]
        with self._lock:
            if logical_id not in self._handlers:
                try:
                    module = importlib.import_module(function.module)
                except Exception as exc:
                    raise _failure(exc) from exc
                self._handlers[logical_id] = getattr(module, function.callable_name)
            return self._handlers[logical_id]


def _is_of_a_door(answer: Any) -> bool:  # noqa: ANN401 -- whatever the handler returned
    """Tell whether JSON would give back the same: a status, a text and headers of text, as nearly all answers are."""
    if not isinstance(answer, dict) or answer.keys() != {"statusCode", "headers", "body"}:
        return False
    headers = answer["headers"]
    return type(answer["statusCode"]) is int and isinstance(answer["body"], str) and all(type(one) is str for one in headers.values())


def find_code_in(root: Path) -> None:
    """Let this process import the layer and the functions."""
    for folder in (root / "layers" / "common", root):
        if str(folder) not in sys.path:
            sys.path.insert(0, str(folder))


def _failure(exc: Exception) -> FunctionFailed:
    return FunctionFailed(type(exc).__name__, str(exc), tuple(traceback.format_exception(exc)))


class VariablesDiffer(RuntimeError):
    """Two functions want different values of one variable, which one process cannot give."""


def shared_environment(template: Template) -> dict[str, str]:
    """Return the variables of all functions together, as one process sees them."""
    together: dict[str, str] = {}
    for function in template.functions.values():
        for name, value in function.environment.items():
            if together.setdefault(name, value) != value:
                raise VariablesDiffer(f"{function.logical_id} and others differ in {name}: run with --ric")
    return together


def set_environment(values: dict[str, str]) -> None:
    """Put variables into this process."""
    os.environ.update(values)
