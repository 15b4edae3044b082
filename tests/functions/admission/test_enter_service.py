"""Entering leads to the form, the page or the home that the manual names."""

from dataclasses import replace

import jwt
import pytest

from expertgate.account.model import RealPerson
from expertgate.caller import CallerKind
from expertgate.delegation.store import GrantRow, live_key
from expertgate.review.model import CaseState
from tests.builders.admission import (
    admitted,
    another_agent,
    asked,
    concluded,
    concluded_as_is,
    employer_and_agent,
    enter,
    member_form,
    moved,
    sent,
    unit_form,
    with_workflow,
)
from tests.builders.cases import decide
from tests.builders.grants import act, bound, document_of, opened, person, unit
from tests.builders.numbers import Numbers
from tests.builders.officials import official
from tests.builders.people import with_facts
from tests.stage import Answered, Stage, session_for

PENDING_UNIT = "该单位注册信息已经提交，请等待归口管理单位审核。"
PENDING_USER = "该用户注册信息已经提交，请等待归口管理单位审核。"
SUSPENDED = "该用户账号疑似重复被挂起，请等待管理员处理，处理完成后用户手机号码会收到短信提醒，无需重复提交。"


def next_of(answered: Answered) -> list[tuple[str, str]]:
    """Return the requests that an entry names as next."""
    return [(one["method"], one["path"]) for one in answered.json["next"]]


def test_an_unknown_unit_is_sent_to_its_form(stage: Stage) -> None:
    employer, agent = employer_and_agent(stage)
    answered = enter(stage, agent)
    assert (answered.status, answered.json["outcome"]) == (200, "unit_form")
    assert [one["path"] for one in answered.json["next"]] == [f"/v1/units/{employer.id}/profile"] * 2
    assert answered.json["account"] is None


def test_a_sent_unit_form_leads_to_the_pending_page(stage: Stage) -> None:
    employer, agent = employer_and_agent(stage)
    sent(stage, agent, employer, unit_form(stage, employer))
    answered = enter(stage, agent)
    assert (answered.json["outcome"], answered.json["message"]) == ("unit_pending", PENDING_UNIT)
    block = answered.json["account"]
    assert block["user_id"] == agent.id
    assert block["user_type"] == "自然人"
    assert (block["name"], block["unit_name"]) == ("李*波", employer.name)
    assert block["document_number"].count("*") == 11
    assert block["mobile"].count("*") == 4
    assert "*" in block["uscc"]


def test_a_waiting_person_sees_eight_masked_facts(stage: Stage) -> None:
    employer, agent = employer_and_agent(stage)
    form = unit_form(stage, employer)
    sent(stage, agent, employer, form)
    mobile, uscc = Numbers(101).mobile(), form["basic"]["uscc"]
    answered = enter(stage, agent)
    assert answered.json["account"] == {
        "user_id": agent.id,
        "user_type": "自然人",
        "name": "李*波",
        "document_number": f"{agent.number[:3]}***********{agent.number[-4:]}",
        "mobile": f"{mobile[:3]}****{mobile[-4:]}",
        "account": f"{mobile[:3]}****{mobile[-4:]}",
        "unit_name": employer.name,
        "uscc": f"{uscc[:3]}***********{uscc[-4:]}",
    }
    path = f"/v1/units/{employer.id}/profile"
    assert next_of(answered) == [("GET", path), ("POST", f"{path}/withdrawals")]


def test_a_waiting_unit_sees_its_main_agents_facts(stage: Stage) -> None:
    employer, agent = employer_and_agent(stage)
    sent(stage, agent, employer, unit_form(stage, employer))
    block, number = enter(stage, employer).json["account"], document_of(20_001).number
    told = (block["user_type"], block["name"], block["mobile"], block["account"])
    assert told == ("法人用户", "赵*红", "139****0000", "u***_1")
    assert block["document_number"] == f"{number[:3]}***********{number[-4:]}"


def test_a_returned_unit_form_is_opened_again(stage: Stage) -> None:
    employer, agent = employer_and_agent(stage)
    case_id = sent(stage, agent, employer, unit_form(stage, employer)).json["case_id"]
    moved(stage, case_id, state=CaseState.RETURNED, open_fields=frozenset({"basic.staff"}))
    answered = enter(stage, agent)
    assert (answered.json["outcome"], answered.json["case_id"]) == ("unit_form", case_id)
    assert answered.json["next"][1]["path"].endswith("/profile/corrections")


def test_what_comes_next_is_what_one_may_do(stage: Stage) -> None:
    employer, agent = employer_and_agent(stage)
    case_id = sent(stage, agent, employer, unit_form(stage, employer)).json["case_id"]
    path, colleague = f"/v1/units/{employer.id}/profile", another_agent(stage, employer, 7)
    see, correct, withdraw = ("GET", path), ("POST", f"{path}/corrections"), ("POST", f"{path}/withdrawals")
    assert [next_of(enter(stage, one)) for one in (agent, employer, colleague)] == [[see, withdraw], [see, withdraw], [see]]
    moved(stage, case_id, state=CaseState.RETURNED, open_fields=frozenset({"basic.staff"}))
    assert [next_of(enter(stage, one)) for one in (agent, employer, colleague)] == [[see, correct, withdraw], [see, withdraw], [see]]
    told = "单位信息已被退回，请由提交人按审核意见修改后重新提交；单位账号可以撤回。"
    assert [enter(stage, one).json["message"] for one in (employer, colleague)] == [told, told]


def test_a_waiting_user_may_withdraw(stage: Stage) -> None:
    employer, _ = admitted(stage)
    sent(stage, employer, employer, member_form(), "member")
    path = f"/v1/units/{employer.id}/member"
    assert next_of(enter(stage, employer)) == [("GET", path), ("POST", f"{path}/withdrawals")]


def test_a_rejected_unit_form_says_why(stage: Stage) -> None:
    employer, agent = employer_and_agent(stage)
    case_id = sent(stage, agent, employer, unit_form(stage, employer)).json["case_id"]
    decide(stage, case_id, official(stage), "reject")
    concluded_as_is(stage, case_id)
    answered = enter(stage, agent).json
    assert (answered["outcome"], answered["case_id"]) == ("unit_form", case_id)
    assert answered["message"] == "单位信息未通过审核，理由：材料不实。请完善单位信息后重新提交。"
    assert answered["next"][1]["path"].endswith("/profile")


def test_a_rejected_member_form_says_why(stage: Stage) -> None:
    employer, _ = admitted(stage)
    case_id = sent(stage, employer, employer, member_form(), "member").json["case_id"]
    decide(stage, case_id, official(stage), "reject")
    concluded_as_is(stage, case_id)
    answered = enter(stage, employer).json
    assert (answered["outcome"], answered["case_id"]) == ("member_form", case_id)
    assert "材料不实" in answered["message"]


def test_a_withdrawn_form_is_called_withdrawn(stage: Stage) -> None:
    employer, agent = employer_and_agent(stage)
    case_id = sent(stage, agent, employer, unit_form(stage, employer)).json["case_id"]
    asked(stage, "withdraw_unit_profile", agent, employer)
    answered = enter(stage, agent).json
    assert (answered["message"], answered["case_id"]) == ("单位信息已撤回，请完善单位信息后重新提交。", case_id)


def test_the_sender_of_an_approved_form_is_home(stage: Stage) -> None:
    employer, agent = admitted(stage)
    answered = enter(stage, agent)
    assert (answered.json["outcome"], answered.json["role"], answered.json["role_name"]) == ("home", "unit_applicant", "用人单位申报用户")
    assert answered.json["next"][0]["path"] == f"/v1/units/{employer.id}/home"
    assert enter(stage, agent, language="en").json["role_name"] == "Unit applicant"


def test_the_units_own_account_gives_personal_information_next(stage: Stage) -> None:
    employer, _ = admitted(stage)
    assert enter(stage, employer).json["outcome"] == "member_form"
    answered = sent(stage, employer, employer, member_form(), "member")
    pending = enter(stage, employer)
    assert (pending.json["outcome"], pending.json["message"]) == ("member_pending", PENDING_USER)
    assert pending.json["account"]["user_type"] == "法人用户"
    concluded(stage, answered.json["case_id"])
    assert enter(stage, employer).json["role_name"] == "用人单位管理员"


def test_a_first_entry_that_looks_like_another_is_suspended(stage: Stage) -> None:
    employer, agent = employer_and_agent(stage)
    newcomer = another_agent(stage, employer, 7)
    form = unit_form(stage, employer, account__document_number=newcomer.number)
    case_id = sent(stage, agent, employer, form).json["case_id"]
    concluded(stage, case_id)
    answered = enter(stage, newcomer)
    assert (answered.json["outcome"], answered.json["message"]) == ("suspended", SUSPENDED)
    assert answered.json["account"]["name"] == "王*"
    assert len(answered.json["account"]) == 8
    assert next_of(answered) == [("GET", "/v1/messages")]
    started = len(with_workflow(stage).started)
    assert enter(stage, newcomer).json["outcome"] == "suspended"
    assert len(with_workflow(stage).started) == started


def test_who_acts_for_several_chooses_first(stage: Stage) -> None:
    employer, agent = employer_and_agent(stage)
    second = opened(stage, unit(stage, 2, name="石家庄市某某大学"))
    bound(stage, second, agent)
    answered = enter(stage, agent)
    assert answered.json["outcome"] == "choose_unit"
    assert {one["unit_name"] for one in answered.json["units"]} == {employer.name, second.name}
    assert enter(stage, agent, second).json["unit_id"] == second.id


def test_a_long_past_hides_no_unit(stage: Stage) -> None:
    employer, agent = employer_and_agent(stage)
    kept = GrantRow.find(*live_key(agent.id, employer.id, "fepms")[1:])
    assert kept is not None
    for number in range(100):  # a hundred ended grants of the first unit lie before what the second one gave
        aside = GrantRow(pk=kept.pk, sk=f"{kept.sk}#GRANT#{number}", sealed=kept.sealed, grant_id=str(number), facts=kept.facts)
        aside.unit, aside.unit_sort = "UNIT#PAST", str(number)
        aside.save()
    second = opened(stage, unit(stage, 2, name="石家庄市某某大学"))
    bound(stage, second, agent)
    assert {one["unit_name"] for one in enter(stage, agent).json["units"]} == {employer.name, second.name}


def test_without_a_grant_nobody_enters(stage: Stage) -> None:
    employer, _ = employer_and_agent(stage)
    stranger = person(stage, 9)
    for answered in (enter(stage, stranger), enter(stage, stranger, employer)):
        assert (answered.status, answered.code) == (403, "no_authority")


@pytest.mark.parametrize(
    ("action", "reason", "title"),
    [
        ("disable_grant", "disabled", "没有权限办理该事项：授权已停用，请联系单位。"),
        ("revoke_grant", "revoked", "没有权限办理该事项：授权已解除，请联系单位重新授权。"),
    ],
)
def test_the_only_grant_says_why_it_does_not_hold(stage: Stage, action: str, reason: str, title: str) -> None:
    with_workflow(stage)
    employer, agent = opened(stage, unit(stage)), person(stage)
    act(stage, employer, action, bound(stage, employer, agent).json["id"])
    for answered in (enter(stage, agent), enter(stage, agent, employer)):
        assert (answered.status, answered.json["facts"], answered.json["title"]) == (403, {"reason": reason}, title)


def test_of_several_grants_none_is_told(stage: Stage) -> None:
    employer, agent = employer_and_agent(stage)
    second = opened(stage, unit(stage, 2, name="石家庄市某某大学"))
    bound(stage, second, agent)
    stage.clock.advance(days=366)
    agent = replace(agent, token=session_for(stage, CallerKind.PERSON, agent.id))
    refused = enter(stage, agent)
    assert (refused.json["facts"], refused.json["title"]) == ({"reason": "no_grant"}, "没有权限办理该事项，请联系单位授权。")
    assert (
        enter(stage, agent, employer, language="en").json["title"]
        == "You have no authority for this: the grant has expired; ask the unit to grant it again."
    )


def test_a_unit_enters_for_itself_only(stage: Stage) -> None:
    employer, _ = employer_and_agent(stage)
    other = opened(stage, unit(stage, 2, name="石家庄市某某大学"))
    assert enter(stage, other, employer).code == "no_authority"


def test_a_grant_that_ended_lets_nobody_in(stage: Stage) -> None:
    employer, agent = admitted(stage)
    stage.clock.advance(days=366)
    token = session_for(stage, CallerKind.PERSON, agent.id)
    assert enter(stage, replace(agent, token=token), employer).code == "no_authority"


def test_an_outdated_face_check_comes_first(stage: Stage) -> None:
    employer, _ = employer_and_agent(stage)
    someone = person(stage, 9, real_person=RealPerson.PASSED)
    bound(stage, employer, someone)
    with_facts(stage, someone.id, real_person=RealPerson.TO_BE_RENEWED)
    answered = enter(stage, someone, employer)
    assert (answered.status, answered.code) == (403, "real_person_check_first")


def test_an_unknown_service_is_not_there(stage: Stage) -> None:
    _, agent = employer_and_agent(stage)
    assert enter(stage, agent, service="visa").code == "service_unknown"


def test_a_unit_enters_work_permits_for_itself(stage: Stage) -> None:
    employer, _ = employer_and_agent(stage)
    answered = enter(stage, employer, service="work_permit")
    assert (answered.json["outcome"], answered.json["role"], answered.json["next"]) == ("home", "unit_administrator", [])
    claims = jwt.decode(answered.json["ticket"], options={"verify_signature": False})
    assert (claims["aud"], claims["sub"], "act" in claims) == ("work_permit", employer.id, False)


def test_work_permits_need_no_admission_but_a_grant(stage: Stage) -> None:
    employer, agent = employer_and_agent(stage)
    assert enter(stage, agent, employer, service="work_permit").code == "no_authority"
    opened(stage, employer, "work_permit")
    bound(stage, employer, agent, service="work_permit")
    answered = enter(stage, agent, employer, service="work_permit")
    assert (answered.json["outcome"], answered.json["role"]) == ("home", "unit_applicant")
    claims = jwt.decode(answered.json["ticket"], options={"verify_signature": False})
    assert (claims["aud"], claims["sub"], claims["act"]) == ("work_permit", employer.id, {"sub": agent.id})


def test_a_units_first_entry_opens_the_service(stage: Stage) -> None:
    with_workflow(stage)
    employer, agent = unit(stage), person(stage)
    assert enter(stage, employer).json["outcome"] == "unit_form"
    bound(stage, employer, agent)
