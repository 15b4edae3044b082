"""The unit's form is shown to those who act for the unit, numbers only to who sent them."""

from expertgate.review.model import CaseState, Decision, Outcome, Remark
from expertgate.review.store import cases
from tests.builders.admission import another_agent, concluded_as_is, employer_and_agent, moved, sent, unit_form
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
