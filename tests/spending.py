"""What each action asks of AWS in any test: calls by what they are for, capacity units by size, and the budget that holds."""

import json
import math
import os
import re
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from expertgate.outbound import aws
from infra.local.template import load
from tests.permissions import SERVICES

ROOT = Path(__file__).resolve().parent.parent
BUDGETS = ROOT / "infra/checks/budgets.json"
FOLDER = "EXPERTGATE_SPENDING"
NOT_COUNTED = ("read repeats", "update sessions ACCOUNT SESSION")
_FAILED = 400
_READ_UNIT, _WRITE_UNIT = 4096, 1024
_VERBS = {"Put": "put", "Update": "update", "Delete": "delete", "ConditionCheck": "check"}
_TABLE = re.compile(r"(?:^|-)([a-z]+)table$")


class OverBudget(AssertionError):
    """An action asked AWS more often than its budget allows."""


@dataclass(frozen=True, slots=True)
class Asked:
    """One call: what it was for, and the units it took."""

    label: str
    read_units: float = 0
    write_units: float = 0


@dataclass
class Spent:
    """The calls of one request; those that failed don't count, a repeat will."""

    status: int = 200
    calls: list[Asked] = field(default_factory=list)


class _Here(threading.local):
    spent: Spent | None = None
    params: dict[str, Any] | None = None


_here = _Here()
_seen: dict[str, Counter[tuple[str, ...]]] = {}
_units: dict[str, tuple[float, float]] = {}


def watch_clients() -> None:
    """Let every client made from now on report its calls and their answers."""
    aws.session().register("before-parameter-build", _before, unique_id="spending-before")
    aws.session().register("after-call", _after, unique_id="spending-after")


@contextmanager
def counted(action: str) -> Iterator[Spent]:
    """Count the calls made inside and hold a request that succeeded to its budget."""
    _here.spent = spent = Spent()
    try:
        yield spent
    finally:
        _here.spent = None
    if spent.status < _FAILED:
        _note(action, spent)
        hold(action, spent)


def hold(action: str, spent: Spent) -> None:
    """Demand that a request kept to the budget of its action.

    Raises OverBudget.
    """
    most, asked = budget_of(action), [one.label for one in spent.calls if one.label not in NOT_COUNTED]
    if most is not None and len(asked) > most:
        message = f"{action} asks {len(asked)} times, its budget is {most} (infra/checks/budgets.json): {asked}"
        raise OverBudget(message)


def budget_of(action: str) -> int | None:
    """Return how many calls an action may make, None where it grows with what is due; infra/checks/budgets.json says why."""
    budgets = _budgets()
    most: int | None = budgets["actions"].get(action, budgets["house"])["most"]
    return most


def write_down() -> None:
    """Write down what was counted, where the environment names a folder for it."""
    folder = os.environ.get(FOLDER)
    if folder:
        Path(folder).mkdir(parents=True, exist_ok=True)
        found = {action: [[list(labels), times] for labels, times in seen.items()] for action, seen in sorted(_seen.items())}
        (Path(folder) / f"{os.getpid()}.json").write_text(json.dumps({"calls": found, "units": _units}, ensure_ascii=False))


@cache
def _budgets() -> dict[str, Any]:
    read: dict[str, Any] = json.loads(BUDGETS.read_text("utf-8"))
    return read


def _note(action: str, spent: Spent) -> None:
    _seen.setdefault(action, Counter())[tuple(one.label for one in spent.calls)] += 1
    units = sum(one.read_units for one in spent.calls), sum(one.write_units for one in spent.calls)
    _units[action] = max(_units.get(action, (0, 0)), units, key=sum)


def _before(model: Any, params: Any, **_: Any) -> None:
    if _here.spent is not None and model.service_model.service_name in {*SERVICES, "kms"}:
        _here.params = params


def _after(model: Any, http_response: Any, parsed: Any, **_: Any) -> None:
    params, _here.params = _here.params, None
    if _here.spent is None or params is None or http_response.status_code >= _FAILED:
        return
    service = model.service_model.service_name
    _here.spent.calls.append(_of_tables(model.name, params, parsed) if service == "dynamodb" else Asked(f"{service} {model.name}"))


def _of_tables(operation: str, params: dict[str, Any], answer: dict[str, Any]) -> Asked:
    if operation == "TransactWriteItems":
        lines = [next(iter(one.items())) for one in params["TransactItems"]]
        said = Counter(f"{_VERBS[verb]} {_thing(request['TableName'], _keys_of(request))}" for verb, request in lines)
        units = sum(2 * _write_units(request.get("Item")) + _index_units(request) for _, request in lines)
        return Asked(f"transaction ({', '.join(_times(one, times) for one, times in sorted(said.items()))})", write_units=units)
    if operation == "BatchGetItem":
        keys = [(name, key) for name, asked in params["RequestItems"].items() for key in asked["Keys"]]
        said = Counter(_thing(name, key) for name, key in keys)
        units = sum(_read_units([item]) for items in answer.get("Responses", {}).values() for item in items)
        return Asked(f"read together ({', '.join(_times(one, times) for one, times in sorted(said.items()))})", max(units, len(keys)))
    if operation == "Query":
        where = f" by {params['IndexName'].removeprefix('by_')}" if "IndexName" in params else ""
        share = 1 if params.get("ConsistentRead") else 0.5
        return Asked(f"query {_thing(params['TableName'], {})}{where}", share * _read_units(answer.get("Items", [])))
    if operation == "GetItem":
        return Asked(f"read {_thing(params['TableName'], params['Key'])}", _read_units([answer.get("Item", {})]))
    units = _write_units(params.get("Item")) + _index_units(params)
    return Asked(f"{operation.removesuffix('Item').lower()} {_thing(params['TableName'], _keys_of(params))}", write_units=units)


def _keys_of(request: dict[str, Any]) -> dict[str, Any]:
    return dict(request.get("Item") or request.get("Key") or {})


def _thing(table: str, key: dict[str, Any]) -> str:
    """Return table and kind of row: the words of the keys that are no ids."""
    found = _TABLE.search(table.lower())
    words = [part for name in ("pk", "sk") for part in str(key.get(name, {}).get("S", "")).split("#") if re.fullmatch(r"[A-Z_]{3,}", part)]
    return " ".join([found[1] if found else table, *dict.fromkeys(words)])


def _times(thing: str, times: int) -> str:
    return thing if times == 1 else f"{times} × {thing}"


def _read_units(items: list[dict[str, Any]]) -> float:
    return max(1, math.ceil(sum(len(json.dumps(item, default=str)) for item in items) / _READ_UNIT))


def _index_units(request: dict[str, Any]) -> float:
    """Return one unit for each index that a whole row is also written to."""
    indexes = _index_keys().get(request["TableName"], [])
    return sum(1 for keys in indexes if request.get("Item") and all(name in request["Item"] for name in keys))


@cache
def _index_keys() -> dict[str, list[list[str]]]:
    tables = load(ROOT / "template.yaml").tables
    return {
        table.name: [[key["AttributeName"] for key in index["KeySchema"]] for index in table.create.get("GlobalSecondaryIndexes", [])]
        for table in tables
    }


def _write_units(item: dict[str, Any] | None) -> float:
    return max(1, math.ceil(len(json.dumps(item, default=str)) / _WRITE_UNIT)) if item else 1
