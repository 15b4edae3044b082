"""What must hold in a state machine's definition and no validator says: architecture, section 3, and what the local interpreter can do."""

import json
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

type State = Mapping[str, Any]
type States = Mapping[str, State]

# What an execution may be told: its history is readable, so ids and the token, never a form or a person.
_TOLD = {"case.$": "$.case", "round.$": "$.round", "attempt.$": "$.attempt", "token.$": "$$.Task.Token"}
_EVERYTHING = "States.ALL"
# What passes by itself, by each name it comes under: a function that runs out of time or memory names an error of the sandbox or the
# runtime, one that names none is unknown, and one that nobody called for weeks is not there for a minute or two.
PASSES = frozenset(
    {
        "Lambda.AWSLambdaException",
        "Lambda.ClientExecutionTimeoutException",
        "Lambda.CodeArtifactUserPendingException",
        "Lambda.SdkClientException",
        "Lambda.ServiceException",
        "Lambda.TooManyRequestsException",
        "Lambda.Unknown",
        "Runtime.ExitError",
        "Sandbox.Timedout",
    },
)
_NOT_LOCAL = ("Assign", "Arguments", "Output", "QueryLanguage")


def complaints(definition: State) -> list[str]:
    """Return what is wrong, by state; an empty list for a good definition."""
    found: list[str] = []
    for scope, start in _scopes(definition):
        found += _of_names(scope, start)
        for name, state in scope.items():
            found += [f"{name}: {wrong}" for wrong in _of_state(state)]
    return found


def _scopes(block: State) -> Iterator[tuple[States, str]]:
    """Yield the states of a block and of every block nested in it, with the name each starts at."""
    yield block["States"], block["StartAt"]
    for state in block["States"].values():
        inner = [*state.get("Branches", ()), state.get("ItemProcessor"), state.get("Iterator")]
        for one in filter(None, inner):
            yield from _scopes(one)


def _of_names(scope: States, start: str) -> Iterator[str]:
    reached, pending = set(), [start]
    while pending:
        name = pending.pop()
        if name not in scope:
            yield f"{name}: somebody goes there and there is no such state"
        elif name not in reached:
            reached.add(name)
            pending += _nexts(scope[name])
    for name in sorted(set(scope) - reached):
        yield f"{name}: nobody goes there"


def _nexts(state: State) -> list[str]:
    ways = [state, *state.get("Choices", ()), *state.get("Catch", ())]
    named = [way["Next"] for way in ways if "Next" in way]
    return [*named, state["Default"]] if "Default" in state else named


def _of_state(state: State) -> Iterator[str]:
    yield from (f"{field} is not understood by the local interpreter: write JSONPath" for field in _NOT_LOCAL if field in state)
    match state["Type"]:
        case "Choice":
            if "Default" not in state:
                yield "a choice without a default ends the execution with an error nobody catches"
            return
        case "Succeed" | "Fail":
            return
        case "Task":
            yield from _of_task(state)
    if ("Next" in state) == bool(state.get("End")):
        yield "needs either Next or End"


def _of_task(state: State) -> Iterator[str]:
    if not {"TimeoutSeconds", "TimeoutSecondsPath"} & set(state):
        yield "a task without a time-out waits for a year"
    if not _names(state, "Catch", _EVERYTHING):
        yield "a task without Catch of States.ALL: a failure nobody named ends the round in silence"
    yield from _of_retry(state)
    if not _is_lambda(str(state["Resource"])):
        yield "tasks are Lambda functions only: another integration would miss the local tables"
    yield from _of_history(state)


def _of_retry(state: State) -> Iterator[str]:
    if not state.get("Retry"):
        yield "a task without Retry"
    if missing := sorted(error for error in PASSES if not _names(state, "Retry", error)):
        yield f"what passes by itself is not tried again: {', '.join(missing)}"
    if _names(state, "Retry", _EVERYTHING):
        yield "a retry of States.ALL: what can't be mended by repeating is repeated too"
    if any(retry.get("JitterStrategy") != "FULL" for retry in state.get("Retry", ())):
        yield "a retry without jitter: all that failed together come back together"


def _names(state: State, field: str, error: str) -> bool:
    return any(error in one["ErrorEquals"] for one in state.get(field, ()))


def _of_history(state: State) -> Iterator[str]:
    """Complain of what would write more than ids into the execution's history, or wait with a token nobody gave away."""
    payload = state.get("Parameters", {}).get("Payload", {})
    if any(_TOLD.get(name) != place for name, place in payload.items()):
        yield "a payload of more than ids: the history is readable"
    if str(state["Resource"]).endswith(".waitForTaskToken") is not ("token.$" in payload):
        yield "the token goes to who waits for the call, and to nobody else"


def _is_lambda(resource: str) -> bool:
    return ":states:::lambda:invoke" in resource or ":lambda:" in resource or resource.startswith("${")


def main() -> int:
    """Print the complaints about the definitions named on the command line."""
    found = [f"{path}: {one}" for path in sys.argv[1:] for one in complaints(json.loads(Path(path).read_text("utf-8")))]
    print("\n".join(found) or "state machines: clean")
    return bool(found)


if __name__ == "__main__":
    sys.exit(main())
