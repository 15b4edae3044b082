"""The edge of what nobody clicks: workflow steps, schedules, table streams."""

import time
from collections.abc import Callable
from typing import Any

from expertgate.caller import Caller, system
from expertgate.inbound.observe import log, where
from expertgate.outbound.aws import register
from expertgate.outbound.world import World, the_world

type Act = Callable[[dict[str, Any], Caller, World], dict[str, Any] | None]


register()


def task(act: Act, world: World | None = None) -> Callable[[dict[str, Any], Any], dict[str, Any] | None]:
    """Return a handler that runs the action as the system and logs one line; what fails is raised, so that it is tried again."""

    def handler(event: dict[str, Any], context: Any) -> dict[str, Any] | None:  # noqa: ANN401 -- Lambda's context
        began, name = time.perf_counter(), act.__name__
        caller = system(str(getattr(context, "aws_request_id", "-")))
        try:
            result = act(event, caller, world or the_world())
        except Exception as exc:
            log().error("task failed", extra={"operation": name, "kind": type(exc).__name__, "at": where(exc)})
            raise
        log().info("task", extra={"operation": name, "milliseconds": round((time.perf_counter() - began) * 1000, 1)})
        return result

    return handler
