"""Every application about an account goes the same way: due in one working day, decided once, told by SMS, its remarks readable."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest

from expertgate.account.model import RealName
from expertgate.notice.store import NoticeRow
from expertgate.wording import section
from tests.builders.cases import FakeWorkflow, claim, decide, decision
from tests.builders.officials import HANDAN, PLATFORM, official
from tests.builders.people import a_person, a_unit, a_verified_person, token_of
from tests.builders.recoveries import Traveller
from tests.functions.identity.test_submit_real_name_evidence import submitted as real_name_evidence
from tests.functions.recovery import test_submit_added_mobile as added_mobile
from tests.functions.recovery import test_submit_mobile_reset as mobile_reset
from tests.functions.recovery import test_submit_person_appeal as person_appeal
from tests.functions.recovery import test_submit_unit_appeal as unit_appeal
from tests.stage import Answered, Stage


@dataclass(frozen=True)
class Applied:
    """A case, where its applicant hears of it, and how he looks at it."""

    case_id: str
    boxes: tuple[str, ...]
    look: Callable[[], list[dict[str, str]]]


def _by_recovery(stage: Stage, recovery: Traveller, mobile: str, answered: Answered) -> Applied:
    assert answered.status == 202, answered.text
    boxes = (f"ACCOUNT#{recovery.id}", f"MOBILE#{stage.world.keys.index('mobile', mobile)}")
    return Applied(answered.json["case"]["case_id"], boxes, lambda: list(recovery.show().json["case"]["remarks"]))


def _mobile_reset(stage: Stage) -> Applied:
    recovery, case_id, mobile = mobile_reset.submitted(stage, a_unit(stage))
    boxes = (f"ACCOUNT#{recovery.id}", f"MOBILE#{stage.world.keys.index('mobile', mobile)}")
    return Applied(case_id, boxes, lambda: list(recovery.show().json["case"]["remarks"]))


def _person_appeal(stage: Stage) -> Applied:
    person = a_verified_person(stage, user_name="wgzj_appellant")
    recovery, mobile = person_appeal.proven(stage)
    return _by_recovery(stage, recovery, mobile, recovery.call("submit_person_appeal", person_appeal.form(recovery, person)))


def _unit_appeal(stage: Stage) -> Applied:
    unit = a_unit(stage)
    recovery, mobile = unit_appeal.proven(stage)
    return _by_recovery(stage, recovery, mobile, recovery.call("submit_unit_appeal", unit_appeal.form(recovery, unit)))


def _added_mobile(stage: Stage) -> Applied:
    a_person(stage, user_name="WGZJXM_handan01", name=None, document=None, mobile=None)
    recovery, mobile = added_mobile.proven(stage)
    return _by_recovery(stage, recovery, mobile, recovery.call("submit_added_mobile", added_mobile.form(recovery)))


def _real_name_evidence(stage: Stage) -> Applied:
    person = a_person(stage, real_name=RealName.FAILED)
    case_id = real_name_evidence(stage, person)

    def look() -> list[dict[str, str]]:
        shown = stage.call("review.show_my_case", token=token_of(stage, person), path={"case_id": case_id}).json
        return [one for decision in shown["rounds"][0]["decisions"] for one in decision["remarks"]]

    return Applied(case_id, (f"ACCOUNT#{person.id}",), look)


_APPLY: dict[str, Callable[[Stage], Applied]] = {
    "mobile_reset": _mobile_reset,
    "person_appeal": _person_appeal,
    "unit_appeal": _unit_appeal,
    "added_mobile": _added_mobile,
    "real_name_evidence": _real_name_evidence,
}


@pytest.fixture(params=list(_APPLY))
def applied(stage: Stage, request: pytest.FixtureRequest) -> Applied:
    """Hand in one application of each kind."""
    stage.world.__dict__["workflow"] = FakeWorkflow()
    return _APPLY[request.param](stage)


def _by_sms(stage: Stage, applied: Applied) -> list[str]:
    """Return the notices that went to the applicant by short message, the codes he asked for left out."""
    rows = [row for box in applied.boxes for row in NoticeRow.query(box)]
    return [row.template for row in rows if row.delivery == "queued" and row.template != "sms_code"]


def _close(stage: Stage, case_id: str) -> None:
    stage.run("review.close_round", {"case": case_id, "round": 1, "attempt": 1})


def test_the_platform_has_one_working_day(stage: Stage, applied: Applied) -> None:
    (case,) = stage.call("review.list_queue", token=official(stage, PLATFORM).token).json["items"]
    assert (case["id"], case["due"]) == (applied.case_id, "2026-03-03T16:00:00.000Z")  # the end of Tuesday in Shanghai
    assert stage.call("review.list_queue", token=official(stage, HANDAN).token).json["items"] == []


def test_an_application_is_decided_once(stage: Stage, applied: Applied) -> None:
    first, second = official(stage, PLATFORM), official(stage, PLATFORM)
    seen: dict[str, Any] = claim(stage, applied.case_id, first).json
    assert decide(stage, applied.case_id, second).code == "case_claimed"
    path = {"case_id": applied.case_id}
    assert stage.call("review.decide_case", decision(seen), token=first.token, path=path).status < 300
    _close(stage, applied.case_id)
    told = _by_sms(stage, applied)
    again = stage.call("review.decide_case", decision(seen, "reject"), token=first.token, path=path)
    assert again.status in {403, 409}
    _close(stage, applied.case_id)
    assert _by_sms(stage, applied) == told
    assert len(told) == 1


def test_a_rejection_is_told_by_sms_once(stage: Stage, applied: Applied) -> None:
    decide(stage, applied.case_id, official(stage, PLATFORM), "reject")
    for _ in range(2):
        _close(stage, applied.case_id)
    assert len(_by_sms(stage, applied)) == 1


@pytest.mark.parametrize("kind", sorted(_APPLY.keys() - {"real_name_evidence"}))
@pytest.mark.parametrize("outcome", ["return", "reject"])
def test_who_cannot_log_in_is_not_told_to(stage: Stage, kind: str, outcome: str) -> None:
    stage.world.__dict__["workflow"] = FakeWorkflow()
    applied = _APPLY[kind](stage)
    said: dict[str, Any] = {"return": {"remarks": [{"field": "attachments", "text": "照片不清晰"}]}, "reject": {"reason": "照片不清晰"}}
    decide(stage, applied.case_id, official(stage, PLATFORM), outcome, **said[outcome])
    _close(stage, applied.case_id)
    (template,) = _by_sms(stage, applied)
    spoken = section("notices")[template]["zh"]
    assert "登录" not in spoken
    assert ("{reason}" if outcome == "reject" else "请回到找回页面") in spoken


def test_remarks_of_a_return_reach_the_applicant(stage: Stage, applied: Applied) -> None:
    remark = {"field": "attachments", "text": "照片不清晰"}
    assert decide(stage, applied.case_id, official(stage, PLATFORM), "return", remarks=[remark]).status < 300
    _close(stage, applied.case_id)
    looked = applied.look()
    assert {one["text"] for one in looked} == {"照片不清晰"}
    assert {"document_front", "id_portrait"} & {one["field"] for one in looked}
    assert len(_by_sms(stage, applied)) == 1
