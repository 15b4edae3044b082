"""What an operator sees of a suspicion, and what its applicant hears of a refusal when he enters again."""

from typing import Any

import pytest

from expertgate.forms.masks import mask_mobile
from expertgate.review.model import CaseState
from tests.builders.admission import asked, concluded_as_is, enter, member_form, moved, sent, unit_form
from tests.builders.cases import claim, decide
from tests.builders.holds import platform, settled, suspended_correction, suspended_member
from tests.builders.officials import official
from tests.stage import Stage

_REFUSED = "您被挂起的账号经核实未予通过，理由：已核实。请使用原有账号，或更正信息后重新提交。"


def test_what_is_alike_is_shown_to_who_judges(stage: Stage) -> None:
    employer, *_, case_id = suspended_member(stage)
    desk, typed = platform(stage), unit_form(stage, employer, 51)["account"]["mobile"]
    asking: dict[str, Any] = {"token": desk.token, "path": {"case_id": case_id}}
    (before,) = stage.call("review.show_case", **asking).json["rounds"][0]["form"]["others"]
    assert before["shared"] == {"mobile": [mask_mobile(f"+86{typed}")]}
    claim(stage, case_id, desk)
    form = stage.call("review.show_case", **asking).json["rounds"][0]["form"]
    (other,) = form["others"]
    assert other["shared"] == {"mobile": [f"+86{typed}"]}
    assert f"+86{typed}" not in {form["held"]["mobile"], other["mobile"]}


@pytest.mark.parametrize("reason", ["已核实", "已核实。"])
def test_a_refused_form_is_called_refused_and_why(stage: Stage, reason: str) -> None:
    employer, _, newcomer, case_id = suspended_member(stage)
    settled(stage, case_id, "refuse", reason=reason)
    answered = enter(stage, newcomer, employer).json
    assert (answered["outcome"], answered["message"], answered["case_id"]) == ("member_form", _REFUSED, case_id)
    assert asked(stage, "show_member_profile", newcomer, employer).json["reason"] == reason


def test_a_refused_correction_is_called_refused_and_why(stage: Stage) -> None:
    employer, agent, case_id, hold_id = suspended_correction(stage)
    settled(stage, hold_id, "refuse")
    answered = enter(stage, agent, employer).json
    assert (answered["message"], answered["case_id"]) == (_REFUSED, case_id)
    stage.clock.advance(seconds=1)
    asked(stage, "correct_unit_profile", agent, employer, unit_form(stage, employer))
    moved(stage, case_id, state=CaseState.RETURNED, open_fields=frozenset({"account.mobile"}))
    assert enter(stage, agent, employer).json["message"] == "单位信息已被退回，请按审核意见修改后重新提交。"


def test_a_rejection_after_a_refusal_says_its_own_reason(stage: Stage) -> None:
    employer, _, newcomer, case_id = suspended_member(stage)
    settled(stage, case_id, "refuse")
    stage.clock.advance(seconds=1)
    rejected = sent(stage, newcomer, employer, member_form(62), "member").json["case_id"]
    decide(stage, rejected, official(stage), "reject")
    concluded_as_is(stage, rejected)
    answered = enter(stage, newcomer, employer).json
    assert (answered["case_id"], "材料不实" in answered["message"]) == (rejected, True)
