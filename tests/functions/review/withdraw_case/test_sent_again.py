"""What was withdrawn may be asked for again at once, before the workflow has heard of it (ADM-09, D-14)."""

from expertgate.account.model import RealName
from expertgate.admission.store import standings
from tests.builders.admission import (
    admitted,
    another_agent,
    concluded,
    employer_and_agent,
    enter,
    member_form,
    pictures,
    sent,
    unit_form,
    with_workflow,
)
from tests.builders.evidence import a_checked_file
from tests.builders.grants import mobiles_told
from tests.builders.holds import suspended_member
from tests.builders.people import a_person, again, token_of, with_facts
from tests.stage import Stage


def _ended(stage: Stage, case_id: str, token: str) -> None:
    assert stage.call("review.withdraw_case", token=token, path={"case_id": case_id}).status == 200


def test_a_withdrawn_unit_form_is_sent_again(stage: Stage) -> None:
    employer, agent = employer_and_agent(stage)
    _ended(stage, sent(stage, agent, employer, unit_form(stage, employer)).json["case_id"], agent.token)
    pictures(stage, employer, fresh=True)
    assert sent(stage, agent, employer, unit_form(stage, employer)).status == 201


def test_a_withdrawn_member_form_is_sent_again(stage: Stage) -> None:
    employer, _ = admitted(stage)
    newcomer = another_agent(stage, employer, 7)
    _ended(stage, sent(stage, newcomer, employer, member_form(), "member").json["case_id"], newcomer.token)
    assert sent(stage, newcomer, employer, member_form(), "member").status == 201


def test_a_withdrawn_suspension_suspends_no_longer(stage: Stage) -> None:
    employer, _, newcomer, case_id = suspended_member(stage)
    _ended(stage, case_id, newcomer.token)
    assert enter(stage, newcomer, employer).json["outcome"] == "member_form"


def test_withdrawn_documents_are_handed_in_anew(stage: Stage) -> None:
    with_workflow(stage)
    me = a_person(stage, real_name=RealName.FAILED)
    files = [{"document_front": a_checked_file(stage, me.id, "document_front")} for _ in range(2)]
    case_id = stage.call("identity.submit_real_name_evidence", files[0], token=token_of(stage, me)).json["case_id"]
    _ended(stage, case_id, token_of(stage, me))
    assert again(stage, me).real_name is RealName.FAILED
    assert stage.call("identity.submit_real_name_evidence", files[1], token=token_of(stage, me)).status == 202


def test_who_withdraws_at_entry_hears_where_he_is(stage: Stage) -> None:
    employer, agent = employer_and_agent(stage)
    newcomer = another_agent(stage, employer, 7)
    concluded(stage, sent(stage, agent, employer, unit_form(stage, employer, account__document_number=newcomer.number)).json["case_id"])
    enter(stage, newcomer)
    hold = standings.hold(employer.id, newcomer.id)
    assert hold is not None
    with_facts(stage, newcomer.id, mobile="+8613700009999")
    _ended(stage, hold.case_id, newcomer.token)
    assert mobiles_told(stage, newcomer.id, "hold_withdrawn") == ["+8613700009999"]
