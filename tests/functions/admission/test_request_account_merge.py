"""A unit asks that a former user's projects go to another account; an operator decides, then they are there once (REC-12)."""

import json
from typing import Any

import pytest

from expertgate.account.store import Claimed, account
from expertgate.account.store import claim as claim_name
from expertgate.admission.model import Standing
from expertgate.admission.store import standings
from expertgate.admission.store.merges import merge_of
from expertgate.caller import system
from expertgate.errors.edge import ChangedMeanwhile
from expertgate.evidence.model import Purpose
from expertgate.notice.store import NoticeRow
from expertgate.outbound.audit import AuditRow
from expertgate.outbound.change import Change
from expertgate.outbound.clock import stamp
from expertgate.review.model import CaseState, Duty
from expertgate.review.store import cases
from expertgate.review.store.runs import case_and_run
from expertgate.settings import LIMITS
from tests.builders.admission import asked, checked_picture, concluded_as_is, enter, registered
from tests.builders.cases import claim, decide, decision
from tests.builders.grants import Somebody, told
from tests.builders.merges import FORMER, Firm, approved, firm, former, lines, merge_form, one_more_user, platform, request, requested
from tests.builders.officials import official
from tests.faults.harness import Faults, injected
from tests.stage import Stage


def numbers_of(stage: Stage, who: Firm, somebody: Somebody) -> list[str]:
    """Return the numbers of the projects somebody sees, in order."""
    call = {"token": somebody.token, "path": {"unit_id": who.unit.id}, "query": {"size": 100}}
    return sorted(one["number"] for one in stage.call("admission.list_projects", **call).json["items"])


def facts_of(stage: Stage, somebody: Somebody, template: str) -> dict[str, Any]:
    """Return what a notice of an account says."""
    rows = [row for row in NoticeRow.query(f"ACCOUNT#{somebody.id}", page_size=100) if row.template == template]
    return dict(rows[-1].unseal(stage.world.keys)["facts"])


def test_approved_projects_move_to_the_new_account(stage: Stage) -> None:
    who = firm(stage)
    answered = request(stage, who)
    assert (answered.status, answered.json["message"]) == (201, "账号合并申请已经提交，请等待审核，审核结果将发送到经办人手机。")
    assert numbers_of(stage, who, who.agent) == []
    approved(stage, answered.json["case_id"])
    assert numbers_of(stage, who, who.agent) == who.projects
    assert asked(stage, "show_home", who.agent, who.unit).json["projects"] == {"draft": 2, "pending": 0, "established": 0}
    assert asked(stage, "show_home", who.unit, who.unit).json["projects"] == {"draft": 2, "pending": 0, "established": 0}


def test_the_case_is_the_platforms_and_due_next_day(stage: Stage) -> None:
    case = cases.case(stage.world, requested(stage, firm(stage)))
    assert (case.kind, [(one.bureau, one.working_days) for one in case.chain]) == ("account_merge", [("platform", 1)])
    assert stamp(case.due) == "2026-03-03T16:00:00.000Z"  # Tuesday 24:00 in Shanghai


def test_an_account_without_projects_left_is_retired(stage: Stage) -> None:
    who = firm(stage)
    approved(stage, requested(stage, who))
    old = former(who)
    assert (old.standing, old.joined_into) == (Standing.RETIRED, who.agent.id)
    new = standings.member(who.unit.id, who.agent.id)
    assert new is not None
    assert new.role == "unit_administrator"
    assert enter(stage, who.agent).json["role"] == "unit_administrator"


def test_who_left_meanwhile_gets_no_projects(stage: Stage) -> None:
    who = firm(stage)
    case_id = requested(stage, who)
    heir, change = standings.member(who.unit.id, who.agent.id), Change(stage.world, system("test"))
    assert heir is not None
    heir.standing = Standing.RETIRED
    change.replace(heir)
    change.commit(None)
    approved(stage, case_id)
    assert facts_of(stage, who.unit, "account_merge_approved") == {"case": case_id, "moved": 0, "left": 2}
    assert former(who).standing == Standing.ADMITTED


def test_an_account_with_projects_left_stays(stage: Stage) -> None:
    who = firm(stage)
    approved(stage, requested(stage, who, lines=lines(who.projects[:1])))
    assert (former(who).standing, numbers_of(stage, who, who.agent)) == (Standing.ADMITTED, who.projects[:1])
    new = standings.member(who.unit.id, who.agent.id)
    assert new is not None
    assert new.role == "unit_applicant"


def test_former_assignments_stay_on_record(stage: Stage) -> None:
    who = firm(stage, 1)
    stage.clock.advance(seconds=1)
    approved(stage, requested(stage, who))
    (item,) = asked(stage, "list_projects", who.agent, who.unit).json["items"]
    shown = asked(stage, "show_project", who.agent, who.unit, project_id=item["id"]).json
    old = standings.member_id(former(who))
    assert [(one["assigned_to"], one["by"]) for one in shown["assignments"]] == [(who.agent.id, who.unit.id), (old, "legacy")]
    assert shown["assigned_to"] == who.agent.id


def test_the_retired_user_enters_no_more(stage: Stage) -> None:
    who = firm(stage)
    leaver = one_more_user(stage, who)
    made = registered(stage, who.unit, account_id=leaver.id)
    approved(stage, requested(stage, who, lines=lines([made["number"]], old="user_7")))
    answered = enter(stage, leaver, who.unit)
    assert (answered.status, answered.code) == (403, "account_retired")
    assert "本人" in answered.json["title"]  # nobody is told to use a colleague's account
    assert "联系单位" in answered.json["title"]
    assert "projects_moved_away" in told(stage, leaver)


def test_the_units_own_account_is_never_retired(stage: Stage) -> None:
    who = firm(stage)
    made = registered(stage, who.unit, account_id=who.unit.id)
    approved(stage, requested(stage, who, lines=lines([made["number"]], old=who.unit.id)))
    assert enter(stage, who.unit).json["outcome"] == "home"
    assert made["number"] in numbers_of(stage, who, who.agent)


def test_projects_come_to_the_units_own_account(stage: Stage) -> None:
    who = firm(stage)
    change = Change(stage.world, system("test"))
    claim_name(change, who.unit.id, Claimed("user_name", "unit_1", ChangedMeanwhile()))
    change.commit(None)
    approved(stage, requested(stage, who, lines=lines(who.projects, new="UNIT_1")))
    items = asked(stage, "list_projects", who.unit, who.unit).json["items"]
    assert {one["assigned_to"] for one in items} == {who.unit.id}


def test_an_administrator_by_grant_applies_for_himself(stage: Stage) -> None:
    who = firm(stage)
    approved(stage, requested(stage, who))
    heir = one_more_user(stage, who)
    scan = {"stamped_application": checked_picture(stage, who.agent.id, Purpose.STAMPED_APPLICATION)}
    own = {"agent_name": who.agent.name, "agent_document_number": who.agent.number, "attachments": scan}
    body = {"lines": lines(who.projects, new="user_7", old="user_51"), **own}
    answered = request(stage, who, who.agent, **body)
    assert answered.status == 201, answered.text
    approved(stage, answered.json["case_id"])
    assert numbers_of(stage, who, heir) == who.projects


@pytest.mark.parametrize("outcome", ["reject", "withdraw"])
def test_what_is_not_approved_moves_nothing(stage: Stage, outcome: str) -> None:
    who = firm(stage)
    case_id = requested(stage, who)
    if outcome == "reject":
        assert decide(stage, case_id, platform(stage), "reject").status == 201
    else:
        assert stage.call("review.withdraw_case", token=who.unit.token, path={"case_id": case_id}).status == 200
    concluded_as_is(stage, case_id)
    assert (numbers_of(stage, who, who.agent), former(who).standing) == ([], Standing.ADMITTED)
    assert requested(stage, who, attachments={"stamped_application": checked_picture(stage, who.unit.id, Purpose.STAMPED_APPLICATION)})


def test_a_decision_sent_twice_moves_once(stage: Stage) -> None:
    who = firm(stage)
    case_id, desk = requested(stage, who), platform(stage)
    body = decision(claim(stage, case_id, desk).json)
    for _ in range(2):
        assert stage.call("review.decide_case", body, token=desk.token, path={"case_id": case_id}).status == 201
    other = {**body, "outcome": "reject", "reason": "材料不实"}
    assert stage.call("review.decide_case", other, token=desk.token, path={"case_id": case_id}).code == "case_moved"
    concluded_as_is(stage, case_id)
    found = case_and_run(stage.world, case_id)
    assert found is not None
    stage.run("review.close_round", {"case": case_id, "round": found[1].round, "attempt": found[1].attempt})
    assert numbers_of(stage, who, who.agent) == who.projects
    assert told(stage, who.unit).count("account_merge_approved") == 1


def test_who_gets_projects_does_not_decide(stage: Stage) -> None:
    who = firm(stage)
    case_id = requested(stage, who)
    heir = account(stage.world, who.agent.id)
    assert heir is not None
    assert heir.mobile is not None
    relative = official(stage, "platform", Duty.OPERATOR, mobile=heir.mobile.removeprefix("+86"))
    assert claim(stage, case_id, relative).code == "own_case"


def test_what_moved_elsewhere_meanwhile_stays_there(stage: Stage) -> None:
    who = firm(stage)
    other = one_more_user(stage, who)
    case_id = requested(stage, who)
    first = asked(stage, "list_projects", who.unit, who.unit).json["items"][0]
    asked(stage, "assign_project", who.unit, who.unit, {"account_id": other.id}, project_id=first["id"])
    approved(stage, case_id)
    items = asked(stage, "list_projects", who.unit, who.unit).json["items"]
    assert {one["number"]: one["assigned_to"] for one in items} == {
        one: other.id if one == first["number"] else who.agent.id for one in who.projects
    }
    merge = merge_of(who.unit.id, case_id)
    assert merge is not None
    assert (merge.done, merge.left) == (2, [first["number"][-1]])
    assert facts_of(stage, who.unit, "account_merge_approved") == {"case": case_id, "moved": 1, "left": 1}


def test_the_result_goes_to_the_agents_mobile(stage: Stage) -> None:
    who = firm(stage)
    case_id = requested(stage, who)
    approved(stage, case_id)
    rows = [row for row in NoticeRow.query(f"ACCOUNT#{who.unit.id}", page_size=100) if row.template == "account_merge_approved"]
    assert [row.unseal(stage.world.keys)["mobile"] for row in rows] == [f"+86{merge_form(stage, who)['agent_mobile']}"]
    assert "projects_received" in told(stage, who.agent)
    assert "已移送项目2个，因情况变化未移送0个" in stage.call("notice.list_messages", token=who.unit.token).text


def test_it_stands_among_my_cases(stage: Stage) -> None:
    who = firm(stage)
    case_id = requested(stage, who)
    mine = stage.call("review.list_my_cases", token=who.unit.token).json["items"]
    assert [one["state"] for one in mine if (one["id"], one["kind"]) == (case_id, "account_merge")] == ["in_review"]
    shown = stage.call("review.show_my_case", token=who.unit.token, path={"case_id": case_id}).json
    assert shown["rounds"][0]["form"]["lines"]["1"] == {
        "project_number": who.projects[0],
        "old_account": f"WGZJXM_{FORMER}",
        "new_account": "user_51",
    }


def test_a_looking_operator_sees_no_full_numbers(stage: Stage) -> None:
    who = firm(stage)
    case_id = requested(stage, who)
    seen = stage.call("review.show_case", token=platform(stage).token, path={"case_id": case_id}).text
    form = merge_form(stage, who)
    assert form["agent_document_number"] not in seen
    assert form["agent_mobile"] not in seen
    assert who.projects[0] in seen


def test_a_long_table_moves_part_by_part(stage: Stage) -> None:
    who = firm(stage, 25)
    case_id = requested(stage, who)
    approved(stage, case_id)
    assert numbers_of(stage, who, who.agent) == who.projects
    assert asked(stage, "show_home", who.unit, who.unit).json["projects"]["draft"] == 25
    merge = merge_of(who.unit.id, case_id)
    assert merge is not None
    assert (merge.done, merge.left, former(who).standing) == (25, [], Standing.RETIRED)
    assert cases.case(stage.world, case_id).state is CaseState.APPROVED
    parts = [json.loads(row.facts) for row in AuditRow.query(f"UNIT#{who.unit.id}", page_size=100) if row.tag == "admission:projects:moved"]
    assert sorted(len(one["projects"]) for one in parts) == [5, 10, 10]


def test_the_widest_table_fits_one_transaction(stage: Stage) -> None:
    who = firm(stage, 0)
    olds = [one_more_user(stage, who, seed) for seed in (7, 8, 9)]
    news = [one_more_user(stage, who, seed) for seed in (10, 11, 12)]
    table = []
    for place in range(LIMITS.merge_part_lines):
        made = registered(stage, who.unit, f"G2026{place:06}", account_id=olds[place % 3].id)
        table += lines([made["number"]], old=olds[place % 3].id, new=news[place % 3].id)
    case_id = requested(stage, who, lines=[{**one, "number": place} for place, one in enumerate(table, 1)])
    with injected(Faults()) as seen:
        approved(stage, case_id)
    assert [member.standing for one in olds if (member := standings.member(who.unit.id, one.id))] == [Standing.RETIRED] * 3
    sizes = [len(json.loads(one["body"])["TransactItems"]) for one in seen.requests if b"TransactItems" in one["body"]]
    assert max(sizes) <= 90
