"""Who may ask for a merge of accounts, and which application is refused by which rule (REC-12)."""

from typing import Any

import pytest

from expertgate.admission.model import HoldState
from expertgate.admission.store import standings
from expertgate.evidence.model import Purpose
from expertgate.outbound.clock import stamp
from tests.builders.admission import admitted, asked, checked_picture, employer_and_agent, registered
from tests.builders.cases import as_system
from tests.builders.merges import FORMER, Firm, approved, firm, former, lines, merge_form, one_more_user, request, requested
from tests.stage import Stage


def test_an_agent_names_nobody_but_himself(stage: Stage) -> None:
    who = firm(stage)
    approved(stage, requested(stage, who))
    own = {"agent_name": who.agent.name, "agent_document_number": who.agent.number}
    assert request(stage, who, who.agent, **{**own, "agent_name": "赵小红"}).broken == {"agent_name": "agent_not_caller"}
    other = merge_form(stage, who)["agent_document_number"]
    assert request(stage, who, who.agent, **{**own, "agent_document_number": other}).broken == {
        "agent_document_number": "agent_not_caller",
    }


def test_a_user_of_the_unit_applies_for_nothing(stage: Stage) -> None:
    who = firm(stage)
    answered = request(stage, who, who.agent)
    assert (answered.status, answered.code) == (403, "not_the_administrator")


def test_a_unit_outside_the_system_has_no_merge(stage: Stage) -> None:
    employer, agent = employer_and_agent(stage)
    answered = request(stage, Firm(employer, agent, ["G2019000001"]))
    assert (answered.status, answered.code, answered.json["facts"]["outcome"]) == (403, "not_admitted", "unit_form")


def test_a_suspended_account_asks_for_no_merge(stage: Stage) -> None:
    who, change = firm(stage), as_system(stage)
    row = standings.HoldRow(pk=standings.unit_key(who.unit.id), sk=standings.hold_key(who.unit.id), state=HoldState.OPEN)
    row.waiting, row.others, row.case_id, row.opened_at = "unit", [], "01KJP1056896M152EHAQM124SP", stamp(stage.clock.now())
    change.put(row)
    change.commit(None)
    answered = request(stage, who)
    assert (answered.status, answered.code, answered.json["facts"]["outcome"]) == (403, "not_admitted", "suspended")


def test_projects_of_another_unit_do_not_move(stage: Stage) -> None:
    who = firm(stage)
    other, agent = admitted(stage, 2)
    body = {"number": "G2026990001", "title": "联合研究", "project_class": "person", "year": 2026}
    assert asked(stage, "register_project", agent, other, body).status == 201
    answered = request(stage, who, lines=lines([*who.projects, "G2026990001", "G2026990002"]))
    assert answered.broken == {"lines.2.project_number": "project_not_of_unit", "lines.3.project_number": "project_not_of_unit"}
    assert "项目移送必须同个单位原账号底下的项目编号才可以移送" in answered.text


def test_only_projects_under_the_old_account_move(stage: Stage) -> None:
    who = firm(stage)
    made = registered(stage, who.unit)
    assert request(stage, who, lines=lines([made["number"]])).broken == {"lines.0.project_number": "project_not_of_account"}


@pytest.mark.parametrize(
    ("old", "new", "broken"),
    [
        ("nobody", "user_51", {"old_account": "not_a_member"}),
        (FORMER, "nobody", {"new_account": "not_a_member"}),
        (FORMER, "unit_2", {"new_account": "not_a_member"}),
        (FORMER, f"WGZJXM_{FORMER}", {"new_account": "same_account"}),
    ],
)
def test_an_account_must_be_a_user_here(stage: Stage, old: str, new: str, broken: dict[str, str]) -> None:
    who = firm(stage)
    admitted(stage, 2)
    answered = request(stage, who, lines=lines(who.projects[:1], new=new, old=old))
    assert answered.broken == {f"lines.0.{field}": rule for field, rule in broken.items()}


def test_a_name_of_two_users_is_refused(stage: Stage) -> None:
    who = firm(stage)
    one_more_user(stage, who, user_name=FORMER)
    answered = request(stage, who, lines=lines(who.projects[:1], old=FORMER))
    assert answered.broken == {"lines.0.old_account": "account_ambiguous"}
    assert request(stage, who, lines=lines(who.projects, old=standings.member_id(former(who)))).status == 201


def test_no_account_gives_and_takes(stage: Stage) -> None:
    who = firm(stage)
    one_more_user(stage, who)
    made = registered(stage, who.unit, account_id=who.agent.id)
    second = {**lines([made["number"]], new="user_7", old="user_51")[0], "number": 2}
    answered = request(stage, who, lines=[*lines(who.projects[:1]), second])
    assert answered.broken == {"lines.0.new_account": "account_on_both_sides"}


def test_each_number_and_project_stands_once(stage: Stage) -> None:
    who = firm(stage)
    first, second = lines(who.projects)
    answered = request(stage, who, lines=[first, {**first, "number": 2}, {**second, "number": 1}])
    assert answered.broken == {"lines.1.project_number": "line_twice", "lines.2.number": "line_twice"}


def test_more_accounts_than_allowed_are_refused(stage: Stage) -> None:
    who = firm(stage, 6)
    table = [{**one, "new_account": f"user_{place}"} for place, one in enumerate(lines(who.projects))]
    assert request(stage, who, lines=table).broken == {"lines": "merge_accounts_too_many"}


@pytest.mark.parametrize(
    ("changed", "broken"),
    [
        ({"unit_name": "邯郸市另一家有限公司"}, {"unit_name": "unit_name_not_registered"}),
        ({"uscc": "91130400988HD8G26D"}, {"uscc": "uscc_not_registered"}),
        ({"lines": []}, {"lines": "required"}),
        ({"reason": ""}, {"reason": "required"}),
        ({"agent_mobile": "12"}, {"agent_mobile": "mobile_form"}),
    ],
)
def test_a_field_is_refused_by_its_rule(stage: Stage, changed: dict[str, Any], broken: dict[str, str]) -> None:
    assert request(stage, firm(stage), **changed).broken == broken


def test_somebody_elses_scan_is_no_evidence(stage: Stage) -> None:
    who = firm(stage)
    scan = checked_picture(stage, who.agent.id, Purpose.STAMPED_APPLICATION)
    answered = request(stage, who, attachments={"stamped_application": scan})
    assert (answered.status, answered.code) == (422, "evidence_missing")
    assert list(answered.broken.values()) == ["evidence_missing"]


def test_one_merge_at_a_time(stage: Stage) -> None:
    who = firm(stage)
    requested(stage, who)
    fresh = {"stamped_application": checked_picture(stage, who.unit.id, Purpose.STAMPED_APPLICATION)}
    again = request(stage, who, attachments=fresh)
    assert (again.status, again.code) == (409, "case_already_open")
