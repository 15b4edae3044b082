"""A returned change is corrected where the reviewers remarked."""

from typing import Any

from expertgate.evidence.model import Purpose
from expertgate.review.model import CaseState
from expertgate.review.store import cases
from tests.builders.admission import administered, asked, checked_picture, made_administrator, moved, unit_form
from tests.functions.admission.test_request_unit_change import change_form
from tests.stage import Stage

_PICTURES = ("registration_proof", "bank_page")


def test_a_returned_change_goes_round_again(stage: Stage) -> None:
    employer, _ = administered(stage)
    form: dict[str, Any] = unit_form(stage, employer, 51)
    pictures = {one.value: checked_picture(stage, employer.id, one) for one in (Purpose.REGISTRATION_PROOF, Purpose.BANK_PAGE)}
    body = {"basic": form["basic"], "introduction": form["introduction"], "attachments": pictures}
    case_id = asked(stage, "request_unit_change", employer, employer, body).json["case_id"]
    early = asked(stage, "correct_unit_change", employer, employer, body)
    assert early.code == "change_not_returned"
    moved(stage, case_id, state=CaseState.RETURNED, open_fields=frozenset({"basic.staff"}))
    body["basic"]["staff"] = 300
    answered = asked(stage, "correct_unit_change", employer, employer, body)
    assert (answered.status, cases.case(stage.world, case_id).round) == (200, 2)


def test_the_unit_corrects_what_its_agent_asked_for(stage: Stage) -> None:
    employer, agent = administered(stage)
    made_administrator(employer, agent)
    body = {**change_form(stage, employer), "attachments": {one: checked_picture(stage, agent.id, Purpose(one)) for one in _PICTURES}}
    case_id = asked(stage, "request_unit_change", agent, employer, body).json["case_id"]
    moved(stage, case_id, state=CaseState.RETURNED, open_fields=frozenset({"basic.staff"}))
    body["basic"]["staff"] = 300
    assert asked(stage, "correct_unit_change", employer, employer, body).status == 200


def test_an_agent_who_is_no_administrator_corrects_nothing(stage: Stage) -> None:
    employer, agent = administered(stage)
    form = change_form(stage, employer)
    case_id = asked(stage, "request_unit_change", employer, employer, form).json["case_id"]
    moved(stage, case_id, state=CaseState.RETURNED, open_fields=frozenset({"basic.staff"}))
    assert asked(stage, "correct_unit_change", agent, employer, form).code == "not_the_administrator"
