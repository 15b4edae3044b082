"""Everybody sees one's own personal form."""

from tests.builders.admission import admitted, asked, member_form, sent
from tests.builders.cases import decide
from tests.builders.grants import person
from tests.builders.officials import official
from tests.stage import Stage


def test_the_own_form_is_shown_in_full(stage: Stage) -> None:
    employer, _ = admitted(stage)
    form = member_form()
    sent(stage, employer, employer, form, "member")
    shown = stage.call("admission.show_member_profile", token=employer.token, path={"unit_id": employer.id}).json
    assert (shown["standing"], shown["review"]) == ("submitted", "in_review")
    assert shown["form"]["document_number"] == form["document_number"]


def test_the_contact_of_the_unit_is_the_own_form(stage: Stage) -> None:
    employer, agent = admitted(stage)
    shown = stage.call("admission.show_member_profile", token=agent.token, path={"unit_id": employer.id}).json
    assert (shown["standing"], shown["form"]["user_name"]) == ("admitted", "user_51")


def test_a_withdrawn_form_is_called_withdrawn(stage: Stage) -> None:
    employer, _ = admitted(stage)
    case_id = sent(stage, employer, employer, member_form(), "member").json["case_id"]
    asked(stage, "withdraw_member_profile", employer, employer)
    shown = stage.call("admission.show_member_profile", token=employer.token, path={"unit_id": employer.id}).json
    assert (shown["standing"], shown["review"], shown["case_id"], shown["reason"]) == ("ended", "withdrawn", case_id, None)


def test_strangers_see_nothing(stage: Stage) -> None:
    employer, _ = admitted(stage)
    answered = stage.call("admission.show_member_profile", token=person(stage, 9).token, path={"unit_id": employer.id})
    assert answered.code == "no_authority"


def test_a_returned_form_shows_what_was_said(stage: Stage) -> None:
    employer, _ = admitted(stage)
    case_id = sent(stage, employer, employer, member_form(), "member").json["case_id"]
    remarks = [{"field": "name_zh", "text": "与证件不符"}]
    assert decide(stage, case_id, official(stage), "return", remarks=remarks).status == 201
    shown = stage.call("admission.show_member_profile", token=employer.token, path={"unit_id": employer.id}).json
    assert (shown["review"], shown["open_fields"], shown["may_correct"]) == ("returned", ["name_zh"], True)
    assert [(one["field"], one["text"]) for one in shown["remarks"]] == [("name_zh", "与证件不符")]
