"""A case is shown to officials of its chain, numbers in full only to its holder, every look in the audit."""

import pytest

from expertgate.outbound.audit import AuditRow
from expertgate.review.actions.opening import resubmit
from expertgate.review.store import cases as store
from tests.builders.audits import facts_of
from tests.builders.cases import FORM, as_system, claim, decide, opened
from tests.builders.officials import HEBEI, Desk, official
from tests.stage import Answered, Stage

pytestmark = pytest.mark.usefixtures("workflow")


def _show(stage: Stage, case_id: str, desk: Desk) -> Answered:
    return stage.call("review.show_case", token=desk.token, path={"case_id": case_id})


def test_numbers_are_masked_for_who_does_not_hold_it(stage: Stage) -> None:
    case_id = opened(stage)
    shown = _show(stage, case_id, official(stage)).json
    assert shown["rounds"][0]["form"]["contact"]["mobile"] == "138****8000"
    assert shown["case"]["applicant"] == "李*波"


def test_the_holder_sees_the_form_in_full(stage: Stage) -> None:
    case_id, desk = opened(stage), official(stage)
    claim(stage, case_id, desk)
    assert _show(stage, case_id, desk).json["rounds"][0]["form"] == FORM


def test_a_higher_level_of_the_chain_may_look(stage: Stage) -> None:
    assert _show(stage, opened(stage), official(stage, HEBEI)).status == 200


def test_a_bureau_outside_the_chain_sees_nothing(stage: Stage) -> None:
    answered = _show(stage, opened(stage), official(stage, "370200"))
    assert (answered.status, answered.code) == (404, "case_unknown")


def test_every_look_is_in_the_audit(stage: Stage) -> None:
    case_id, desk = opened(stage), official(stage)
    _show(stage, case_id, desk)
    looks = [row for row in AuditRow.query(f"CASE#{case_id}") if row.tag == "review:case:read"]
    assert [row.actor for row in looks] == [desk.id]


def test_the_audit_tells_whether_numbers_were_seen(stage: Stage) -> None:
    case_id, desk = opened(stage), official(stage)
    _show(stage, case_id, desk)
    stage.clock.advance(minutes=1)
    claim(stage, case_id, desk)
    _show(stage, case_id, desk)
    assert facts_of(f"CASE#{case_id}", "review:case:read") == [{"in_full": False}, {"in_full": True}]


def test_the_reviewer_sees_what_a_correction_changed(stage: Stage) -> None:
    case_id, desk = opened(stage), official(stage)
    decide(stage, case_id, desk, "return")
    change = as_system(stage)
    corrected = {**FORM, "basic": {"name": "青岛海洋研究院", "staff": 120}}
    resubmit(change, store.case(stage.world, case_id), corrected, [])
    change.commit(None)
    rounds = _show(stage, case_id, desk).json["rounds"]
    assert rounds[1]["differences"] == [{"field": "basic.name", "before": "青岛海洋研究所", "after": "青岛海洋研究院"}]
    assert rounds[0]["decisions"][0]["remarks"] == [{"field": "basic.name", "text": "与证照不符"}]


def test_what_was_done_is_told_in_order(stage: Stage) -> None:
    case_id, desk = opened(stage), official(stage)
    stage.clock.advance(minutes=1)
    claim(stage, case_id, desk)
    assert [one["tag"] for one in _show(stage, case_id, desk).json["deeds"]] == ["review:case:opened", "review:case:claimed"]


@pytest.mark.parametrize(
    ("language", "level", "outcome", "deeds"),
    [
        ("zh", "市级外专局", "通过", ["提交申请", "领取办件", "作出审核决定"]),
        ("en", "city bureau", "approved", ["submitted", "taken by an official", "decided at this level"]),
    ],
)
def test_levels_outcomes_and_deeds_have_names(stage: Stage, language: str, level: str, outcome: str, deeds: list[str]) -> None:
    case_id, desk = opened(stage), official(stage)
    decide(stage, case_id, desk)
    told = stage.call("review.show_case", token=official(stage, HEBEI).token, path={"case_id": case_id}, language=language).json
    (decision,) = told["rounds"][0]["decisions"]
    assert (told["case"]["chain"][0]["level_name"], decision["outcome_name"]) == (level, outcome)
    assert {one["tag_name"] for one in told["deeds"]} >= set(deeds)


def test_a_deed_of_a_later_release_keeps_its_tag(stage: Stage) -> None:
    case_id = opened(stage)
    change = as_system(stage)
    change.audit("review:case:weighed", subject=f"CASE#{case_id}")
    change.commit(None)
    assert "review:case:weighed" in {one["tag_name"] for one in _show(stage, case_id, official(stage)).json["deeds"]}
