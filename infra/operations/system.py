"""Where an operator's command works: on this machine's system, or on a deployed one; both by the environment functions have."""

import json
import os
from pathlib import Path

from infra.local.template import environment, load


class NotRunning(RuntimeError):
    """There is no such system."""


def enter_local(state: Path) -> None:
    """Take the environment of the one-machine system that runs with this folder.

    Raises NotRunning.
    """
    try:
        running = json.loads((state / "running.json").read_text("utf-8"))
        os.kill(running["pid"], 0)
    except (OSError, ValueError) as exc:
        raise NotRunning("the system is not running: make run") from exc
    os.environ |= {**environment(load()), **running["environment"]}


def enter_deployed(function: str) -> None:
    """Take the environment of a deployed function; credentials and region are the operator's own.

    Raises NotRunning.
    """
    from botocore.exceptions import BotoCoreError, ClientError  # noqa: PLC0415 -- not needed on one machine

    from expertgate.outbound.aws import client  # noqa: PLC0415 -- the same

    try:
        found = client("lambda").get_function_configuration(FunctionName=function)
    except (BotoCoreError, ClientError) as exc:
        raise NotRunning(str(exc)) from exc
    variables = found.get("Environment", {}).get("Variables", {})
    if "KEYS_TABLE" not in variables:
        raise NotRunning(f"{function} is no function of ExpertGate")
    os.environ |= variables
