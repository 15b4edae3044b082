"""What changes between the look and the grant: nothing is given that could not be given a moment later, nobody is told twice."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial

import pytest

from expertgate.account import store as accounts
from expertgate.account.model import RealPerson
from expertgate.caller import system
from expertgate.outbound.change import Change
from expertgate.outbound.standing import rest_grants
from tests.builders.grants import Somebody, act, again, bound, day, opened, order, person, reason, told, unit
from tests.builders.officials import PLATFORM, official
from tests.races.meanwhile import meanwhile
from tests.stage import Answered, Stage


def _rest(stage: Stage, employer: Somebody) -> None:
    change = Change(stage.world, system("test"))
    rest_grants(change, employer.id, "new_legal_representative")
    change.commit(None)


def _bind(stage: Stage, employer: Somebody, agent: Somebody) -> Answered:
    return stage.call("delegation.bind_agent", order(stage, agent), token=employer.token)


@pytest.mark.parametrize("before", [0, 1])
def test_a_unit_that_changes_meanwhile_binds_nobody(stage: Stage, before: int) -> None:
    employer, agent = opened(stage, unit(stage)), person(stage)
    for _ in range(before):
        _rest(stage, employer)
    with meanwhile(partial(_rest, stage, employer)):
        assert _bind(stage, employer, agent).code == "changed_meanwhile"
    assert reason(stage, employer, agent) == "no_grant"


def test_a_unit_that_changes_meanwhile_confirms_nothing(stage: Stage) -> None:
    employer, agent = opened(stage, unit(stage)), person(stage)
    grant_id = bound(stage, employer, agent).json["id"]
    _rest(stage, employer)
    with meanwhile(partial(_rest, stage, employer)):
        answered = stage.call("delegation.confirm_grants", {"grant_ids": [grant_id]}, token=employer.token)
    assert answered.code == "changed_meanwhile"
    assert reason(stage, employer, agent) == "at_rest"


def test_who_is_suspended_meanwhile_is_not_bound(stage: Stage) -> None:
    employer, agent, operator = opened(stage, unit(stage)), person(stage), official(stage, PLATFORM)
    body = {"reason": "account_at_risk", "statement": "持有人来电"}
    suspend = partial(stage.call, "account.suspend_account", body, token=operator.token, path={"account_id": agent.id})
    with meanwhile(suspend):
        assert _bind(stage, employer, agent).code == "person_not_found"
    assert reason(stage, employer, agent) == "no_grant"


def test_whose_face_is_void_meanwhile_is_not_bound(stage: Stage) -> None:
    employer, agent = opened(stage, unit(stage)), person(stage)

    def recovered() -> None:
        row, change = accounts.row_of(agent.id), Change(stage.world, system("test"))
        assert row is not None
        accounts.save(change, row, replace(accounts.to_account(stage.world, row), real_person=RealPerson.TO_BE_RENEWED))
        change.commit(None)

    with meanwhile(recovered):
        assert _bind(stage, employer, agent).code == "person_not_found"
    assert reason(stage, employer, agent) == "no_grant"


def _revoked(stage: Stage, employer: Somebody, agent: Somebody) -> str:
    grant_id = str(bound(stage, employer, agent).json["id"])
    assert act(stage, employer, "revoke_grant", grant_id).status == 200
    return grant_id


def test_a_grant_given_again_twice_at_once_is_one(stage: Stage) -> None:
    employer, agent = opened(stage, unit(stage)), person(stage)
    ended = _revoked(stage, employer, agent)
    give = partial(act, stage, employer, "grant_again", ended, {"first_day": day(stage), "last_day": day(stage, 30)})
    first: list[Answered] = []
    with meanwhile(lambda: first.append(give())):
        second = give()
    assert (first[0].status, second.code) == (201, "agent_bound_already")
    shown = stage.call("delegation.list_agents", token=employer.token).json["items"]
    assert [one["id"] for one in shown] == [first[0].json["id"], ended]


def test_a_file_sent_twice_at_once_is_done_once(stage: Stage) -> None:
    employer, agent = opened(stage, unit(stage)), person(stage)
    line = ",".join([agent.number, agent.name, "fepms", "unit_applicant", day(stage), day(stage, 90)])
    body = {"deed": "bind", "csv": f"证件号码,姓名,服务事项,角色,开始日期,结束日期\n{line}"}
    send = partial(stage.call, "delegation.apply_grant_file", body, token=employer.token)
    first: list[Answered] = []
    with meanwhile(lambda: first.append(send())):
        second = send()
    assert (second.json["done"], second.json["lines"]) == (1, first[0].json["lines"])


@pytest.mark.parametrize("deed", ["give_back_grant", "ask_extension"])
def test_what_the_agent_does_meanwhile_is_not_undone(stage: Stage, deed: str) -> None:
    employer, agent = opened(stage, unit(stage)), person(stage)
    grant_id = bound(stage, employer, agent).json["id"]
    body = {"last_day": day(stage, 500), "reason": "项目延期"} if deed == "ask_extension" else None
    with meanwhile(partial(act, stage, agent, deed, grant_id, body)):
        assert act(stage, employer, "disable_grant", grant_id).code == "changed_meanwhile"


def _confirm(stage: Stage, employer: Somebody, grant_id: str) -> None:
    answered = stage.call("delegation.confirm_grants", {"grant_ids": [grant_id]}, token=employer.token)
    assert answered.status == 200, answered.text


def _sweep(stage: Stage) -> int:
    return int(stage.run("delegation.expire_grants")["done"])


def test_a_grant_confirmed_meanwhile_is_not_told_as_resting(stage: Stage) -> None:
    employer, agent = opened(stage, unit(stage)), person(stage)
    grant_id = bound(stage, employer, agent).json["id"]
    _rest(stage, employer)
    stage.clock.advance(minutes=2)
    with meanwhile(partial(_confirm, stage, employer, grant_id)):
        assert _sweep(stage) == 0
    assert _sweep(stage) == 1
    assert told(stage, agent) == ["grant_bound", "grant_confirmed"]


@pytest.mark.parametrize("other", [_rest, lambda stage, _: _sweep(stage)])
def test_a_walk_that_is_overtaken_tells_nobody_twice(stage: Stage, other: Callable[[Stage, Somebody], object]) -> None:
    employer, agent = opened(stage, unit(stage)), person(stage)
    bound(stage, employer, agent)
    _rest(stage, employer)
    stage.clock.advance(minutes=2)
    with meanwhile(partial(other, stage, employer)):
        assert _sweep(stage) == 0
    stage.clock.advance(minutes=2)
    _sweep(stage)
    assert (told(stage, agent), told(stage, again(stage, employer))[1:]) == (["grant_bound", "grant_rested"], ["grant_rested_unit"])
