"""What the workflow engine would keep for ever: ended executions with their whole histories, and the threads of each turn."""

from functools import cache, lru_cache
from threading import Lock
from typing import Any, Final

from infra.local.messages import Application, Request, Response
from infra.local.naming import ACCOUNT, REGION

_ENDED_KEPT: Final = 100  # of each machine: as many as one list of them shows
_PATHS: Final = 500


class Executions:
    """Stands before the engine and lets it forget."""

    def __init__(self, kept: int = _ENDED_KEPT) -> None:
        """Remember how many ended executions of each machine are kept."""
        self._kept = kept
        self._starting = Lock()

    def serve(self, request: Request, engine: Application) -> Response:
        """Answer one request to the engine."""
        _forget_threads()
        if not request.header("x-amz-target").endswith(".StartExecution"):
            return engine(request)
        # the engine appends to the list that is replaced here: one start at a time, or a fresh execution would be lost with the old list
        with self._starting:
            answer = engine(request)
            self._forget_ended()
        return answer

    def _forget_ended(self) -> None:
        """Keep those that run and the newest of the others; whoever walks through the old list goes on undisturbed."""
        from moto.stepfunctions.parser.models import stepfunctions_parser_backends  # noqa: PLC0415 -- after the configuration of the engine

        for machine in stepfunctions_parser_backends[ACCOUNT][REGION].state_machines:
            ended = sorted((one.stop_date, place) for place, one in enumerate(machine.executions) if one.stop_date)
            gone = {place for _, place in ended[: -self._kept]}
            if gone:
                machine.executions = [one for place, one in enumerate(machine.executions) if place not in gone]


def _forget_threads() -> None:
    """Drop the engine's list of all threads it ever began, which it never reads; those that still run are held by the interpreter."""
    from moto.stepfunctions.parser.utils import TMP_THREADS  # noqa: PLC0415 -- after the configuration of the engine

    TMP_THREADS.clear()


def spare_garbage() -> None:
    """Let tasks share one client and read each path once: made for each call, they leave thousands of objects behind at every decision."""
    from moto.stepfunctions.parser.asl.component.state.exec.state_task import lambda_eval_utils  # noqa: PLC0415 -- as above
    from moto.stepfunctions.parser.asl.utils import json_path  # noqa: PLC0415 -- as above

    tasks: Any = lambda_eval_utils
    paths: Any = json_path
    made = cache(tasks.boto_client_for)

    def shared(region: str, service: str, **_: object) -> Any:  # noqa: ANN401 -- botocore makes its clients at run time
        return made(region, service)

    tasks.boto_client_for = shared
    paths.parse = lru_cache(_PATHS)(paths.parse)
