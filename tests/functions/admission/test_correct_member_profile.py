"""A returned personal form is corrected where the reviewers remarked."""

from expertgate.admission.store import standings
from expertgate.review.model import CaseState
from expertgate.review.store import cases
from tests.builders.admission import admitted, another_agent, asked, member_form, moved, sent, unit_form
from tests.stage import Stage


def test_a_correction_opens_the_next_round(stage: Stage) -> None:
    employer, _ = admitted(stage)
    case_id = sent(stage, employer, employer, member_form(), "member").json["case_id"]
    moved(stage, case_id, state=CaseState.RETURNED, open_fields=frozenset({"discipline"}))
    call = {"token": employer.token, "path": {"unit_id": employer.id}}
    closed = stage.call("admission.correct_member_profile", member_form(name_zh="王小芳"), **call)
    assert closed.code == "fields_not_open"
    answered = stage.call("admission.correct_member_profile", member_form(discipline="110"), **call)
    assert (answered.status, answered.json["outcome"]) == (200, "member_pending")
    assert cases.case(stage.world, case_id).round == 2


def test_nothing_returned_means_nothing_to_correct(stage: Stage) -> None:
    employer, _ = admitted(stage)
    answered = stage.call("admission.correct_member_profile", member_form(), token=employer.token, path={"unit_id": employer.id})
    assert (answered.status, answered.code) == (409, "form_not_expected")


def test_a_correction_that_looks_like_another_waits(stage: Stage) -> None:
    employer, agent = admitted(stage)
    newcomer = another_agent(stage, employer, 7)
    case_id = sent(stage, newcomer, employer, member_form(61), "member").json["case_id"]
    moved(stage, case_id, state=CaseState.RETURNED, open_fields=frozenset({"mobile"}))
    like_the_agent = member_form(61, mobile=unit_form(stage, employer, 51)["account"]["mobile"])
    answered = asked(stage, "correct_member_profile", newcomer, employer, like_the_agent)
    assert (answered.status, answered.json["outcome"]) == (200, "suspended")
    hold = standings.hold(employer.id, newcomer.id)
    assert hold is not None
    assert [one["account_id"] for one in hold.others] == [agent.id]
