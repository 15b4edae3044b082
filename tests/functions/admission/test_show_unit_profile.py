"""The unit's form is shown to those who act for the unit, numbers only to who sent them."""

from expertgate.admission.store import standings
from expertgate.evidence.model import Purpose
from expertgate.review.model import CaseState, Decision, Outcome, Remark
from expertgate.review.store import cases
from tests.builders.admission import (
    administered,
    another_agent,
    asked,
    checked_picture,
    concluded_as_is,
    employer_and_agent,
    made_administrator,
    moved,
    sent,
    unit_form,
)
from tests.builders.cases import as_system, decide
from tests.builders.grants import Somebody, person
from tests.builders.officials import official
from tests.stage import Answered, Stage


def show(stage: Stage, somebody: Somebody, employer: Somebody) -> Answered:
    """Ask for the unit's form."""
    return stage.call("admission.show_unit_profile", token=somebody.token, path={"unit_id": employer.id})


def test_before_anything_is_sent_nothing_is_shown(stage: Stage) -> None:
    employer, agent = employer_and_agent(stage)
    shown = show(stage, agent, employer).json
    assert (shown["standing"], shown["review"], shown["form"], shown["draft"]) == ("unknown", "none", None, None)


def test_who_sent_it_sees_it_in_full(stage: Stage) -> None:
    employer, agent = employer_and_agent(stage)
    form = unit_form(stage, employer)
    sent(stage, agent, employer, form)
    shown = show(stage, agent, employer).json
    assert (shown["standing"], shown["review"], shown["may_correct"]) == ("submitted", "in_review", False)
    assert shown["form"]["account"]["mobile"] == f"+86{form['account']['mobile']}"
    assert shown["form"]["basic"]["website"] == "http://www.example.cn"


def test_a_colleague_sees_numbers_masked(stage: Stage) -> None:
    employer, agent = employer_and_agent(stage)
    form = unit_form(stage, employer)
    sent(stage, agent, employer, form)
    shown = show(stage, another_agent(stage, employer, 7), employer).json["form"]
    assert shown["basic"]["name_zh"] == employer.name
    assert shown["account"]["document_number"][3:-4] == "*" * 11
    assert shown["account"]["email"] == "l***@example.cn"
    assert shown["basic"]["bank_account"].startswith("****")


def test_the_unit_sees_its_part_in_full(stage: Stage) -> None:
    employer, agent = employer_and_agent(stage)
    form = unit_form(stage, employer)
    sent(stage, agent, employer, form)
    shown = show(stage, employer, employer).json["form"]
    assert shown["basic"]["bank_account"] == form["basic"]["bank_account"]
    assert (shown["account"]["email"], "*" in shown["account"]["name_zh"]) == ("l***@example.cn", True)


def test_what_an_administrator_sees_can_be_sent_again(stage: Stage) -> None:
    employer, agent = administered(stage)
    made_administrator(employer, agent)
    form = standings.unit(employer.id)
    assert form is not None
    form.submitted_by = "somebody who left"
    form.save()
    for somebody in (employer, agent):
        shown = show(stage, somebody, employer).json["form"]
        pictures = {one: checked_picture(stage, somebody.id, Purpose(one)) for one in shown["attachments"]}
        body = {"basic": shown["basic"] | {"staff": 300}, "introduction": shown["introduction"], "attachments": pictures}
        answered = asked(stage, "request_unit_change", somebody, employer, body)
        assert answered.status == 201, answered.text
        ended(stage, answered.json["case_id"], somebody)


def ended(stage: Stage, case_id: str, somebody: Somebody) -> None:
    """Withdraw a change, so that the next one may be sent."""
    assert stage.call("review.withdraw_case", token=somebody.token, path={"case_id": case_id}).status == 200


def test_remarks_name_the_open_fields(stage: Stage) -> None:
    employer, agent = employer_and_agent(stage)
    case_id = sent(stage, agent, employer, unit_form(stage, employer)).json["case_id"]
    change = as_system(stage)
    made = Decision(1, 0, "130400", "O1", Outcome.RETURN, stage.clock.now(), "请补正", (Remark("basic.staff", "请核对人数"),))
    cases.save_decision(change, case_id, made)
    change.commit(None)
    moved(stage, case_id, state=CaseState.RETURNED, open_fields=frozenset({"basic.staff"}))
    shown = show(stage, agent, employer).json
    assert (shown["open_fields"], shown["may_correct"]) == (["basic.staff"], True)
    assert (shown["remarks"], shown["reason"]) == ([{"field": "basic.staff", "text": "请核对人数"}], "请补正")


def test_a_rejected_form_says_why(stage: Stage) -> None:
    employer, agent = employer_and_agent(stage)
    case_id = sent(stage, agent, employer, unit_form(stage, employer)).json["case_id"]
    decide(stage, case_id, official(stage), "reject")
    concluded_as_is(stage, case_id)
    shown = show(stage, agent, employer).json
    assert (shown["standing"], shown["review"], shown["case_id"]) == ("ended", "rejected", case_id)
    assert (shown["reason"], shown["may_correct"]) == ("材料不实", False)


def test_others_do_not_see_the_form(stage: Stage) -> None:
    employer, _ = employer_and_agent(stage)
    assert show(stage, person(stage, 9), employer).code == "no_authority"
