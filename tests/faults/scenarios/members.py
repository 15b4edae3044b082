"""Faults while an admitted unit lives on: drafts, changes, projects, holds, members of the old system."""

from collections.abc import Callable
from typing import Any

from expertgate.review.model import CaseState, Duty
from tests.builders.admission import (
    administered,
    admitted,
    concluded_as_is,
    employer_and_agent,
    member_form,
    moved,
    registered,
    unit_form,
    with_workflow,
)
from tests.builders.cases import claim
from tests.builders.grants import Somebody, document_of
from tests.builders.holds import suspended_member
from tests.builders.officials import NATIONAL, PLATFORM, official
from tests.faults.scenario import Asked, Send, asking, running, scenario
from tests.functions.admission.test_import_legacy_members import line
from tests.functions.admission.test_request_unit_change import change_form
from tests.stage import Stage


def _of_unit(stage: Stage, action: str, who: Somebody, employer: Somebody, body: object = None, **path: str) -> Asked:
    return asking(stage, f"admission.{action}", body, token=who.token, path={"unit_id": employer.id, **path})


@scenario("admission.save_unit_draft")
def _save_unit_draft(stage: Stage) -> Send:
    employer, agent = employer_and_agent(stage)
    return _of_unit(stage, "save_unit_draft", agent, employer, {"form": {"basic": {"name_zh": "半"}}})


@scenario("admission.save_member_draft")
def _save_member_draft(stage: Stage) -> Send:
    employer, agent = admitted(stage)
    return _of_unit(stage, "save_member_draft", agent, employer, {"form": {"name_zh": "王"}})


@scenario("admission.request_unit_change")
def _request_unit_change(stage: Stage) -> Send:
    employer, _ = administered(stage)
    return _of_unit(stage, "request_unit_change", employer, employer, change_form(stage, employer, basic__staff=500))


@scenario("admission.correct_unit_change")
def _correct_unit_change(stage: Stage) -> Send:
    employer, _ = administered(stage)
    body = change_form(stage, employer)
    sent = _of_unit(stage, "request_unit_change", employer, employer, body)(key=None)
    moved(stage, sent.json["case_id"], state=CaseState.RETURNED, open_fields=frozenset({"basic.staff"}))
    body["basic"]["staff"] = 300
    return _of_unit(stage, "correct_unit_change", employer, employer, body)


@scenario("admission.register_project")
def _register_project(stage: Stage) -> Send:
    employer, agent = administered(stage)
    body = {"number": "G2026130009", "title": "联合研究", "project_class": "platform", "year": 2026}
    return _of_unit(stage, "register_project", agent, employer, body)


@scenario("admission.change_project")
def _change_project(stage: Stage) -> Send:
    employer, agent = administered(stage)
    made = registered(stage, employer, account_id=agent.id)
    return _of_unit(stage, "change_project", employer, employer, {"state": "pending"}, project_id=made["id"])


@scenario("admission.assign_project")
def _assign_project(stage: Stage) -> Send:
    employer, agent = administered(stage)
    made = registered(stage, employer)
    return _of_unit(stage, "assign_project", employer, employer, {"account_id": agent.id}, project_id=made["id"])


@scenario("admission.take_back_project")
def _take_back_project(stage: Stage) -> Send:
    employer, agent = administered(stage)
    made = registered(stage, employer, account_id=agent.id)
    return _of_unit(stage, "take_back_project", employer, employer, project_id=made["id"])


@scenario("admission.publish_bulletin")
def _publish_bulletin(stage: Stage) -> Send:
    desk = official(stage, NATIONAL, Duty.ADMINISTRATOR, document=document_of(5001))
    body = {"kind": "news", "title": "系统维护", "text": "三月五日夜间维护"}
    return asking(stage, "admission.publish_bulletin", body, token=desk.token)


@scenario("admission.import_legacy_members")
def _import_legacy_members(stage: Stage) -> Send:
    employer, _ = employer_and_agent(stage)
    return running(stage, "admission.import_legacy_members", {"lines": [line(stage, employer), {"user_name": "?"}]})


def resolving(stage: Stage, resolution: str) -> tuple[Asked, str]:
    """Return the decision of a hold at the platform's desk, and its case."""
    *_, case_id = suspended_member(stage)
    desk = official(stage, PLATFORM, Duty.OPERATOR, document=document_of(5002))
    seen = claim(stage, case_id, desk).json
    body = {name: seen[name] for name in ("round", "level", "version")} | {"resolution": resolution, "reason": "已核实"}
    return asking(stage, "admission.resolve_hold", body, token=desk.token, path={"case_id": case_id}), case_id


def _resolving(resolution: str) -> Callable[[Stage], Send]:
    def prepare(stage: Stage) -> Send:
        sent, case_id = resolving(stage, resolution)
        stage.plays["settle"] = lambda: concluded_as_is(stage, case_id)
        return sent

    return prepare


def _closing(resolution: str) -> Callable[[Stage], Send]:
    def prepare(stage: Stage) -> Send:
        sent, case_id = resolving(stage, resolution)
        assert sent(key=None).status == 201
        event: dict[str, Any] = {"case": case_id, "round": 1, "attempt": 1}
        return running(stage, "review.close_round", event)

    return prepare


for _resolution in ("join", "release", "refuse"):
    scenario(f"admission.resolve_hold:{_resolution}")(_resolving(_resolution))
    scenario(f"review.close_round:hold {_resolution}")(_closing(_resolution))


@scenario("review.close_round:unit admitted")
def _close_admission(stage: Stage) -> Send:
    with_workflow(stage)
    employer, agent = employer_and_agent(stage)
    sent = _of_unit(stage, "submit_unit_profile", agent, employer, unit_form(stage, employer))(key=None)
    moved(stage, sent.json["case_id"], state=CaseState.APPROVED)
    return running(stage, "review.close_round", {"case": sent.json["case_id"], "round": 1, "attempt": 1})


@scenario("review.close_round:member admitted")
def _close_member(stage: Stage) -> Send:
    employer, _ = admitted(stage)
    sent = _of_unit(stage, "submit_member_profile", employer, employer, member_form())(key=None)
    moved(stage, sent.json["case_id"], state=CaseState.APPROVED)
    return running(stage, "review.close_round", {"case": sent.json["case_id"], "round": 1, "attempt": 1})
