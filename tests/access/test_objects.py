"""Things of others answer like things that are not there: nobody learns from an id what it belongs to."""

import importlib
import json
from typing import Any

import pytest

from expertgate.caller import CallerKind
from expertgate.review.model import Duty
from tests.access.objects import DESKS, PUBLIC, READS
from tests.builders.grants import opened, person, unit
from tests.builders.officials import official
from tests.faults.scenario import Asked, Prepare
from tests.faults.scenarios.every import scenarios
from tests.stage import Answered, Stage
from tests.tree.house import Action, routed

_SHIJIAZHUANG = "130100"
_SOME_TICKET = "A" * 43
_NOBODYS = "01KJP0Y9M0ZZZZZZZZZZZZZZZZ"


def _path(action: Action) -> str:
    app = action.module().app
    (route,) = app._static_routes + app._dynamic_routes
    return str(route.path)


def _takes_an_id(action: Action) -> bool:
    return "<" in _path(action)


def _played() -> dict[str, Prepare]:
    """Return every scenario of a door that takes an id."""
    takers = {str(action) for action in routed() if _takes_an_id(action)} - PUBLIC
    return {name: one for name, one in {**scenarios(), **READS}.items() if name in takers}


def _stranger_of_his_kind(stage: Stage, asked: Asked) -> str | None:
    """Return the token of somebody else of the same kind, None where the owner has none."""
    if not asked.request.get("token"):
        return None
    if asked.action in DESKS:
        return official(stage, _SHIJIAZHUANG, Duty.REVIEWER, Duty.SUPERVISOR).token
    allow = importlib.import_module(f"functions.{asked.action}").app.allow
    other = unit(stage, 77, "石家庄市另一家公司") if allow.admits(CallerKind.UNIT) else person(stage, 77, "王小明")
    return other.token


def _said(answered: Answered) -> dict[str, Any]:
    return {name: value for name, value in (answered.json or {}).items() if name != "request_id"} | {"http": answered.status}


@pytest.mark.parametrize("action", _played())
def test_a_foreign_id_answers_like_none(action: str, stage: Stage) -> None:
    asked = _played()[action](stage)
    assert isinstance(asked, Asked)
    token = _stranger_of_his_kind(stage, asked)
    nowhere = dict.fromkeys(asked.request["path"], _NOBODYS)
    headers = dict.fromkeys(asked.request.get("headers", {}), _SOME_TICKET)
    foreign = asked(token=token, key="foreign-key-1", headers=headers)
    missing = asked(token=token, key="foreign-key-2", headers=headers, path=nowhere)
    assert foreign.status in {401, 403, 404, 409, 410}, foreign.text
    assert _said(foreign) == _said(missing)
    assert asked().status < 300


def _of_units() -> list[Action]:
    """Return the doors about a unit that no scenario plays: their own samples ask."""
    return [action for action in routed() if "<unit_id>" in _path(action) and str(action) not in {*_played(), *PUBLIC}]


@pytest.mark.parametrize("action", _of_units(), ids=str)
def test_a_foreign_unit_answers_like_none(action: Action, stage: Stage) -> None:
    employer, stranger = opened(stage, unit(stage)), person(stage)
    sample = json.loads(action.event.read_text("utf-8"))
    body, query = sample.get("body"), sample.get("queryStringParameters") or {}
    others = dict.fromkeys(sample.get("pathParameters") or {}, _NOBODYS)
    answers = [
        stage.call(str(action), raw=body, query=query, token=stranger.token, path={**others, "unit_id": one})
        for one in (employer.id, _NOBODYS)
    ]
    assert 400 <= answers[0].status < 500, answers[0].text
    assert answers[0].status != 422, answers[0].text
    assert _said(answers[0]) == _said(answers[1])


def test_every_door_with_an_id_is_tried() -> None:
    takers = {str(action) for action in routed() if _takes_an_id(action)} - PUBLIC
    assert sorted(takers - set(_played()) - set(map(str, _of_units()))) == []
