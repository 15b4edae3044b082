"""Merges of accounts under many hands at once: one application, one decision, each project moved once (REC-12)."""

import json
from collections import Counter
from functools import partial
from typing import Any

import pytest

from expertgate.admission.model import Standing
from expertgate.admission.store import standings
from expertgate.admission.store.merges import MergeRow, merge_of
from expertgate.errors.base import Conflict
from expertgate.evidence.model import Purpose
from expertgate.outbound.audit import AuditRow
from expertgate.review.store.runs import case_and_run
from tests.builders.admission import asked, checked_picture, concluded_as_is
from tests.builders.cases import claim, decision
from tests.builders.grants import told
from tests.builders.merges import Firm, firm, lines, merge_form, one_more_user, platform, requested
from tests.races.racing import at_once, needs_engine
from tests.stage import Answered, Stage

_MANY = 8


@pytest.fixture(autouse=True)
def _on_an_engine(engine: str | None) -> None:
    needs_engine(engine)


def test_of_many_applications_one_is_open(stage: Stage) -> None:
    who = firm(stage, _MANY)
    scans = [checked_picture(stage, who.unit.id, Purpose.STAMPED_APPLICATION) for _ in range(_MANY)]
    forms = [
        merge_form(stage, who, lines=lines([number]), attachments={"stamped_application": scan})
        for number, scan in zip(who.projects, scans, strict=True)
    ]
    answers = at_once([partial(asked, stage, "request_account_merge", who.unit, who.unit, form) for form in forms])
    assert [one.status for one in answers].count(201) == 1
    assert {one.code for one in answers if one.status != 201} <= {"case_already_open", "changed_meanwhile", "try_again"}
    assert len(list(MergeRow.query(f"UNIT#{who.unit.id}", MergeRow.sk.startswith("MERGE#"), page_size=100))) == 1


def test_an_approved_merge_moves_each_project_once(stage: Stage) -> None:
    who = firm(stage, 25)
    stage.clock.advance(seconds=1)  # assignments of one instant have no order
    case_id = requested(stage, who)
    answers = _decided_by_many(stage, case_id)
    assert [one.status for one in answers].count(201) >= 1
    assert _audited(f"CASE#{case_id}")["review:case:decided"] == 1
    at_once([partial(_closed, stage, case_id) for _ in range(_MANY)])
    concluded_as_is(stage, case_id)
    moved = [one for row in _rows(who) if row.tag == "admission:projects:moved" for one in json.loads(row.facts)["projects"]]
    assert (len(moved), len(set(moved))) == (25, 25)
    assert _audited(f"UNIT#{who.unit.id}")["admission:member:merged"] == 1
    assert told(stage, who.unit).count("account_merge_approved") == told(stage, who.agent).count("projects_received") == 1
    assert [len(_assignments(stage, who, one)) for one in _projects(stage, who)] == [2] * 25


def test_an_assignment_beside_a_merge_holds(stage: Stage) -> None:
    who = firm(stage, 3)
    other = one_more_user(stage, who)
    case_id = requested(stage, who)
    assert _decided_by_many(stage, case_id, 1)[0].status == 201
    project = _projects(stage, who)[0]
    assign = partial(asked, stage, "assign_project", who.unit, who.unit, {"account_id": other.id}, project_id=project["id"])
    told_at_once: list[Any] = at_once([assign, *[partial(_closed, stage, case_id) for _ in range(_MANY)]])
    concluded_as_is(stage, case_id)
    merge = merge_of(who.unit.id, case_id)
    assert merge is not None
    was_assigned = told_at_once[0].status == 200
    assert told_at_once[0].status in {200, 409, 503}
    assert {one["number"]: one["assigned_to"] for one in _projects(stage, who)} == {
        number: other.id if was_assigned and number == project["number"] else who.agent.id for number in who.projects
    }
    moved = [one for row in _rows(who) if row.tag == "admission:projects:moved" for one in json.loads(row.facts)["projects"]]
    assert (merge.done, len(moved), len(moved) + len(merge.left)) == (3, len(set(moved)), 3)
    (former,) = [row for row in standings.members(who.unit.id, 20, None)[0] if standings.member_id(row).startswith("LEGACY-")]
    assert former.standing == Standing.RETIRED  # nothing is left on its desk either way


def _decided_by_many(stage: Stage, case_id: str, many: int = _MANY) -> list[Answered]:
    desk = platform(stage)
    body = decision(claim(stage, case_id, desk).json)
    send = partial(stage.call, "review.decide_case", body, token=desk.token, path={"case_id": case_id})
    return at_once([send for _ in range(many)])


def _closed(stage: Stage, case_id: str) -> None:
    """Carry the case out, as one of several closing steps that the workflow started; who comes second tries again later."""
    found = case_and_run(stage.world, case_id)
    assert found is not None
    try:
        stage.run("review.close_round", {"case": case_id, "round": found[1].round, "attempt": found[1].attempt})
    except Conflict:
        return


def _rows(who: Firm) -> list[AuditRow]:
    return list(AuditRow.query(f"UNIT#{who.unit.id}", page_size=100))


def _audited(subject: str) -> Counter[str]:
    return Counter(row.tag for row in AuditRow.query(subject, page_size=100))


def _projects(stage: Stage, who: Firm) -> list[dict[str, Any]]:
    call = {"token": who.unit.token, "path": {"unit_id": who.unit.id}, "query": {"size": 100}}
    return list(stage.call("admission.list_projects", **call).json["items"])


def _assignments(stage: Stage, who: Firm, project: dict[str, Any]) -> list[dict[str, Any]]:
    return list(asked(stage, "show_project", who.unit, who.unit, project_id=project["id"]).json["assignments"])
