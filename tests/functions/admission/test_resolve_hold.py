"""An administrator looks at both sides of a suspicion and joins, releases or refuses; the account is told and goes on."""

from expertgate.admission.model import Standing
from expertgate.admission.store import standings
from expertgate.review.model import CaseState
from expertgate.review.store import cases
from tests.builders.admission import (
    admitted,
    another_agent,
    asked,
    concluded,
    concluded_as_is,
    employer_and_agent,
    enter,
    member_form,
    sent,
    unit_form,
)
from tests.builders.audits import facts_of
from tests.builders.grants import mobiles_told, told
from tests.builders.holds import settled, suspended, suspended_correction, suspended_member
from tests.builders.people import with_facts
from tests.stage import Stage


def test_a_released_form_goes_to_the_reviewers(stage: Stage) -> None:
    employer, _, newcomer, case_id = suspended_member(stage)
    settled(stage, case_id, "release")
    row = standings.member(employer.id, newcomer.id)
    assert row is not None
    assert row.standing == Standing.SUBMITTED
    assert enter(stage, newcomer).json["outcome"] == "member_pending"
    assert row.case_id is not None
    concluded(stage, row.case_id)
    assert enter(stage, newcomer).json["outcome"] == "home"


def test_the_message_goes_to_the_mobile_of_the_form(stage: Stage) -> None:
    employer, _, newcomer, case_id = suspended_member(stage)
    settled(stage, case_id, "release")
    assert mobiles_told(stage, newcomer.id, "hold_released") == [f"+86{unit_form(stage, employer, 51)['account']['mobile']}"]


def test_a_released_pair_is_never_suspended_again(stage: Stage) -> None:
    employer, _, newcomer, case_id = suspended_member(stage)
    settled(stage, case_id, "release")
    row = standings.member(employer.id, newcomer.id)
    assert row is not None
    assert row.case_id is not None
    concluded(stage, row.case_id, CaseState.REJECTED)
    mobile = unit_form(stage, employer, 51)["account"]["mobile"]
    again = sent(stage, newcomer, employer, member_form(61, mobile=mobile), "member")
    assert again.json["outcome"] == "member_pending"


def test_a_refused_application_ends_and_may_be_corrected(stage: Stage) -> None:
    employer, _, newcomer, case_id = suspended_member(stage)
    settled(stage, case_id, "refuse")
    assert enter(stage, newcomer).json["outcome"] == "member_form"
    assert told(stage, newcomer)[-1] == "hold_refused"
    assert sent(stage, newcomer, employer, member_form(62), "member").json["outcome"] == "member_pending"


def test_joined_accounts_are_one_member(stage: Stage) -> None:
    employer, agent, newcomer, case_id = suspended_member(stage)
    project = {"number": "G2026130001", "title": "联合研究", "project_class": "person", "year": 2026}
    made = asked(stage, "register_project", agent, employer, project).json
    settled(stage, case_id, "join")
    assert [one["id"] for one in asked(stage, "list_projects", newcomer, employer).json["items"]] == [made["id"]]
    home = enter(stage, newcomer)
    assert (home.json["outcome"], home.json["role"]) == ("home", "unit_applicant")
    old = standings.member(employer.id, agent.id)
    assert old is not None
    assert (old.standing, old.joined_into) == (Standing.RETIRED, newcomer.id)
    retired = enter(stage, agent, employer)
    assert (retired.status, retired.code) == (403, "account_retired")


def test_the_joined_account_keeps_the_marks(stage: Stage) -> None:
    employer, _, newcomer, case_id = suspended_member(stage)
    settled(stage, case_id, "join")
    third = another_agent(stage, employer, 8)
    document = unit_form(stage, employer, 51)["account"]["document_number"]
    hold = suspended(stage, third, employer, member_form(63, document_number=document))
    assert [one["account_id"] for one in hold.others] == [newcomer.id]


def test_a_join_ends_the_old_accounts_application(stage: Stage) -> None:
    employer, _ = admitted(stage)
    first = another_agent(stage, employer, 8)
    running = sent(stage, first, employer, member_form(60), "member").json["case_id"]
    newcomer = another_agent(stage, employer, 7)
    mobile = member_form(60)["mobile"]
    settled(stage, suspended(stage, newcomer, employer, member_form(61, mobile=mobile)).case_id, "join")
    assert cases.case(stage.world, running).state is CaseState.WITHDRAWN
    concluded_as_is(stage, running)
    assert facts_of(f"CASE#{running}", "review:case:concluded") == [{"state": "withdrawn"}]
    assert enter(stage, newcomer).json["outcome"] == "member_pending"


def test_a_released_unit_form_goes_to_its_bureau(stage: Stage) -> None:
    admitted(stage)
    employer, agent = employer_and_agent(stage, 2)
    sent(stage, agent, employer, unit_form(stage, employer, 51, account__user_name="another"))
    hold = standings.hold(employer.id, agent.id)
    assert hold is not None
    settled(stage, hold.case_id, "release")
    row = standings.unit(employer.id)
    assert row is not None
    assert row.case_id is not None
    assert cases.case(stage.world, row.case_id).chain[0].bureau == "130400"
    concluded(stage, row.case_id)
    assert enter(stage, agent).json["outcome"] == "home"


def test_a_released_correction_goes_on_in_its_case(stage: Stage) -> None:
    _, _, case_id, hold_id = suspended_correction(stage)
    settled(stage, hold_id, "release")
    case = cases.case(stage.world, case_id)
    assert (case.round, case.state) == (2, CaseState.IN_REVIEW)


def test_a_released_first_entry_leads_to_the_form(stage: Stage) -> None:
    employer, agent = employer_and_agent(stage)
    newcomer = another_agent(stage, employer, 7)
    form = unit_form(stage, employer, account__document_number=newcomer.number)
    concluded(stage, sent(stage, agent, employer, form).json["case_id"])
    case_id = enter(stage, newcomer).json["case_id"]
    hold = standings.hold(employer.id, newcomer.id)
    assert hold is not None
    assert case_id is None
    with_facts(stage, newcomer.id, mobile="+8613700009999")
    settled(stage, hold.case_id, "release")
    assert mobiles_told(stage, newcomer.id, "hold_released") == ["+8613700009999"]
    assert enter(stage, newcomer).json["outcome"] == "member_form"
    assert sent(stage, newcomer, employer, member_form(61), "member").json["outcome"] == "member_pending"


def test_a_refused_first_entry_stays_out(stage: Stage) -> None:
    employer, agent = employer_and_agent(stage)
    newcomer = another_agent(stage, employer, 7)
    form = unit_form(stage, employer, account__document_number=newcomer.number)
    concluded(stage, sent(stage, agent, employer, form).json["case_id"])
    enter(stage, newcomer)
    hold = standings.hold(employer.id, newcomer.id)
    assert hold is not None
    settled(stage, hold.case_id, "refuse")
    answered = enter(stage, newcomer)
    assert (answered.status, answered.code) == (403, "account_refused")


def test_the_clock_of_the_form_begins_when_released(stage: Stage) -> None:
    employer, _, newcomer, case_id = suspended_member(stage)
    assert [one["kind"] for one in stage.call("review.list_my_cases", token=newcomer.token).json["items"]] == ["duplicate_hold"]
    stage.clock.advance(minutes=20)
    settled(stage, case_id, "release")
    row = standings.member(employer.id, newcomer.id)
    assert row is not None
    assert row.case_id is not None
    assert cases.case(stage.world, row.case_id).at_level_since == stage.clock.now()


def test_lists_name_the_holder_after_a_join(stage: Stage) -> None:
    employer, agent, newcomer, case_id = suspended_member(stage)
    project = {"number": "G2026130001", "title": "联合研究", "project_class": "person", "year": 2026}
    made = asked(stage, "register_project", agent, employer, project).json
    stage.clock.advance(seconds=1)
    settled(stage, case_id, "join")
    concluded(stage, sent(stage, employer, employer, member_form(70), "member").json["case_id"])
    for somebody in (employer, newcomer):
        assert [one["assigned_to"] for one in asked(stage, "list_projects", somebody, employer).json["items"]] == [newcomer.id]
        shown = asked(stage, "show_project", somebody, employer, project_id=made["id"]).json
        assert shown["assigned_to"] == newcomer.id
        assert [(one["assigned_to"], one["by"]) for one in shown["assignments"]] == [(newcomer.id, "joined"), (agent.id, agent.id)]
    again = asked(stage, "assign_project", employer, employer, {"account_id": newcomer.id}, project_id=made["id"])
    assert (again.status, again.json["assigned_to"]) == (200, newcomer.id)
    assert len(asked(stage, "show_project", employer, employer, project_id=made["id"]).json["assignments"]) == 2
    assert asked(stage, "show_home", newcomer, employer).json["projects"]["draft"] == 1


def test_a_project_of_a_joined_account_is_moved_on(stage: Stage) -> None:
    employer, agent, newcomer, case_id = suspended_member(stage)
    project = {"number": "G2026130001", "title": "联合研究", "project_class": "person", "year": 2026}
    made = asked(stage, "register_project", agent, employer, project).json
    settled(stage, case_id, "join")
    concluded(stage, sent(stage, employer, employer, member_form(70), "member").json["case_id"])
    refused = asked(stage, "assign_project", employer, employer, {"account_id": agent.id}, project_id=made["id"])
    assert refused.broken == {"account_id": "not_a_member"}
    assert asked(stage, "take_back_project", employer, employer, project_id=made["id"]).json["assigned_to"] is None
    assert asked(stage, "list_projects", newcomer, employer).json["items"] == []
    assert asked(stage, "show_home", newcomer, employer).json["projects"]["draft"] == 0
