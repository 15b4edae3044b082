"""A join that is wider than a transaction is carried out unit by unit, and one that could never be concluded is refused in time."""

import json

import pytest

from expertgate.admission.model import HoldState, Mark, MemberRole, Standing
from expertgate.admission.store import standings
from expertgate.admission.store.marks import MarkRow, PairRow, place_of
from expertgate.admission.store.standings import MemberRow
from expertgate.review.model import CaseState
from expertgate.review.store import cases
from expertgate.settings import LIMITS
from tests.builders.admission import admitted, another_agent, concluded_as_is, member_form, with_workflow
from tests.builders.cases import as_system
from tests.builders.holds import platform, resolve, suspended, suspended_member
from tests.faults.harness import Faults, Killed, injected, killed
from tests.stage import Stage

_UNITS = [f"01KJPZ5B8{number:017d}" for number in range(30)]


def _everywhere(stage: Stage, account_id: str, units: list[str], *, marks: int = 3) -> None:
    """Let an account be a member of more units, each row with marks of its own."""
    for unit_id in units:
        change = as_system(stage)
        row = MemberRow(pk=standings.unit_key(unit_id), sk=standings.member_key(account_id), marks=[])
        row.marks = [f"MARK#{unit_id}#{account_id}#{number}" for number in range(marks)]
        row.standing, row.role, row.submitted_at = Standing.ADMITTED, MemberRole.UNIT_APPLICANT, "2026-01-05T01:00:00.000Z"
        for place in row.marks:
            change.put(MarkRow(pk=place, accounts=[account_id]))
        change.put(row)
        standings.add_membership(change, account_id, unit_id)
        change.commit(None)


def _holders(unit_id: str, account_id: str) -> list[list[str]]:
    rows = (MarkRow.find(f"MARK#{unit_id}#{account_id}#{number}") for number in range(3))
    return [list(row.accounts) for row in rows if row is not None]


def _state(unit_id: str, account_id: str) -> str | None:
    row = standings.member(unit_id, account_id)
    return row.standing if row else None


def test_a_join_of_many_units_goes_part_by_part(stage: Stage) -> None:
    employer, agent, newcomer, case_id = suspended_member(stage)
    _everywhere(stage, agent.id, _UNITS)
    assert resolve(stage, case_id, platform(stage), "join").status == 201
    with injected(Faults()) as seen:
        concluded_as_is(stage, case_id)
    sizes = [len(json.loads(one["body"])["TransactItems"]) for one in seen.requests if b"TransactItems" in one["body"]]
    assert max(sizes) <= 90
    assert {(_state(one, agent.id), _state(one, newcomer.id)) for one in [*_UNITS, employer.id]} == {(Standing.RETIRED, Standing.ADMITTED)}
    assert [_holders(one, agent.id) for one in _UNITS] == [[[newcomer.id]] * 3] * len(_UNITS)
    hold = standings.hold(employer.id, newcomer.id)
    assert hold is not None
    assert hold.state == HoldState.JOINED


def test_a_join_leaves_no_unit_behind(stage: Stage) -> None:
    _, agent, newcomer, case_id = suspended_member(stage)
    units = [f"01KJPZ5B9{number:017d}" for number in range(105)]
    _everywhere(stage, agent.id, units, marks=0)
    assert resolve(stage, case_id, platform(stage), "join").status == 201
    concluded_as_is(stage, case_id)
    assert {(_state(one, agent.id), _state(one, newcomer.id)) for one in units} == {(Standing.RETIRED, Standing.ADMITTED)}


def test_who_looks_like_very_many_is_suspended(stage: Stage) -> None:
    employer, _ = admitted(stage)
    newcomer, mobile = another_agent(stage, employer, 7), "+8613912345678"
    change = as_system(stage)
    place = place_of(stage.world, Mark("mobile", mobile))  # the telephone of an office, given by everybody there
    change.put(MarkRow(pk=place, accounts=[f"01KJPZ5B9{number:017d}" for number in range(105)]))
    change.commit(None)
    assert len(suspended(stage, newcomer, employer, member_form(61, mobile=mobile)).others) == 105


def test_a_join_that_stopped_half_way_goes_on(stage: Stage) -> None:
    employer, agent, newcomer, case_id = suspended_member(stage)
    _everywhere(stage, agent.id, _UNITS)
    resolve(stage, case_id, platform(stage), "join")
    with injected(Faults(fail_at=60, error=killed)), pytest.raises(Killed):
        concluded_as_is(stage, case_id)
    done = [_state(one, newcomer.id) for one in _UNITS].count(Standing.ADMITTED)
    assert 0 < done < len(_UNITS)
    concluded_as_is(stage, case_id)
    assert {_state(one, newcomer.id) for one in [*_UNITS, employer.id]} == {Standing.ADMITTED}
    assert cases.case(stage.world, case_id).state is CaseState.APPROVED


def test_a_join_no_transaction_holds_is_refused(stage: Stage) -> None:
    _, agent, _, case_id = suspended_member(stage)
    _everywhere(stage, agent.id, _UNITS[:1], marks=LIMITS.join_part)
    desk = platform(stage)
    assert resolve(stage, case_id, desk, "join").code == "join_too_crowded"
    assert cases.case(stage.world, case_id).state is CaseState.IN_REVIEW
    assert resolve(stage, case_id, desk, "release").status == 201
    assert with_workflow(stage).answered == []


def test_many_who_are_others_are_released(stage: Stage) -> None:
    employer, _, newcomer, case_id = suspended_member(stage)
    hold = standings.hold(employer.id, newcomer.id)
    assert hold is not None
    hold.others = [*hold.others, *({"account_id": one, "same": ["mobile"]} for one in _UNITS)]
    change = as_system(stage)
    change.replace(hold)
    change.commit(None)
    assert resolve(stage, case_id, platform(stage), "release").status == 201
    concluded_as_is(stage, case_id)
    pairs = ["PAIR#" + "#".join(sorted({newcomer.id, one["account_id"]})) for one in hold.others]
    assert all(PairRow.find(one) for one in pairs)
