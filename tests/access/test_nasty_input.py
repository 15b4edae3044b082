"""Whatever is typed into any field of any door, the answer is a refusal that names it or an acceptance, never a breakdown."""

import copy
import json
from collections.abc import Iterator
from typing import Any

import pytest

from expertgate.caller import Allow, CallerKind
from tests.stage import Stage, session_for
from tests.tree.house import Action, routed

_VALUES: list[Any] = [
    None,
    "",
    0,
    -1,
    1.5,
    True,
    [],
    {},
    [1],
    {"a": 1},
    "x" * 300,
    "x" * 5000,
    "\u202e陈",
    "①",
    "٣" * 11,
    "１３９１２３４５６７８",
    "𠮷𠮷",
    "\x00a",
    "a\nb",
    "2026-13-45",
    "9999-12-31",
    "0001-01-01",
    "1e309",
    " \t ",
    "1" * 400,
    "13912345678 ext 5",
    "+852 61234567",
    "../../etc",
]
_RAW = ["{", "[]", "1", '"x"', "null", "", '{"a": "\\ud800"}', "[" * 500, '{"a": NaN}', '{"a": 1e400}']
_KINDS = {
    Allow.PERSON: CallerKind.PERSON,
    Allow.UNIT: CallerKind.UNIT,
    Allow.OFFICIAL: CallerKind.OFFICIAL,
    Allow.SERVICE: CallerKind.SERVICE,
}


def _fields(value: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    if isinstance(value, dict):
        for name, inner in value.items():
            yield (*path, name)
            yield from _fields(inner, (*path, name))


def _with(body: dict[str, Any], path: tuple[str, ...], value: Any) -> dict[str, Any]:
    changed = inner = copy.deepcopy(body)
    for name in path[:-1]:
        inner = inner[name]
    inner[path[-1]] = value
    return changed


def _token(stage: Stage, allow: Allow) -> str | None:
    if Allow.STRANGER in allow:
        return None
    kind = next(kind for one, kind in _KINDS.items() if one in allow)
    return session_for(stage, kind, f"NASTY{kind}", duties=frozenset({"reviewer", "administrator", "operator"}))


@pytest.mark.parametrize("step", [pytest.param(3, id="a third"), pytest.param(1, id="all", marks=pytest.mark.slow)])
@pytest.mark.parametrize("action", routed(), ids=str)
def test_no_input_breaks_a_door(action: Action, step: int, stage: Stage) -> None:
    sample = json.loads(action.event.read_text("utf-8"))
    is_json = "json" in sample["headers"].get("content-type", "")
    body = json.loads(sample.get("body") or "{}") if is_json else {}
    request = {"path": sample.get("pathParameters") or {}, "query": sample.get("queryStringParameters") or {}}
    token = _token(stage, action.module().app.allow)
    # A third of the values for each field, each time others, so that every field and every value is there.
    bodies = [_with(body, path, value) for place, path in enumerate(_fields(body)) for value in _VALUES[place % step :: step]]
    broken = []
    for number, one in enumerate([*bodies, *_VALUES]):
        answered = stage.call(str(action), one, token=token, address=f"198.51.{number // 250 % 250}.{number % 250}", **request)
        broken += [(one, answered.text)] if answered.status >= 500 else []
    for raw in _RAW:
        answered = stage.call(str(action), raw=raw, token=token, **request)
        broken += [(raw, answered.text)] if answered.status >= 500 else []
    for name in request["query"]:
        for value in ("", "x" * 3000, "-1", "999999999999", "①"):
            answered = stage.call(str(action), body or None, token=token, path=request["path"], query={name: value})
            broken += [(name, value)] if answered.status >= 500 else []
    for name in request["path"]:
        for value in ("-", "x" * 3000, "①", "%00", "A#B"):
            answered = stage.call(str(action), body or None, token=token, path={**request["path"], name: value})
            broken += [(name, value)] if answered.status >= 500 else []
    assert broken == []


@pytest.mark.parametrize("token", ["x" * 3000, f"{'x' * 3000}~b.c", f"a~{'x' * 3000}.c", "a~b.", "~.", "①~②.③", "a b"])
def test_no_token_breaks_the_edge(token: str, stage: Stage) -> None:
    answered = stage.call("account.show_account", token=token)
    assert (answered.status, answered.code) == (401, "login_required")
