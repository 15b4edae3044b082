"""The administrator keeps up where a project stands, and the home page counts it there."""

import pytest

from tests.builders.admission import administered, another_agent, asked, member_form, registered, sent
from tests.builders.grants import Somebody
from tests.stage import Answered, Stage


def change(stage: Stage, somebody: Somebody, employer: Somebody, project_id: str, state: str) -> Answered:
    """Say where a project stands."""
    return asked(stage, "change_project", somebody, employer, {"state": state}, project_id=project_id)


def counts(stage: Stage, somebody: Somebody, employer: Somebody) -> list[int]:
    """Return what the home page counts: draft, pending, established."""
    found = asked(stage, "show_home", somebody, employer).json["projects"]
    return [found[one] for one in ("draft", "pending", "established")]


def test_the_home_page_counts_the_new_state(stage: Stage) -> None:
    employer, agent = administered(stage)
    made = registered(stage, employer, account_id=agent.id)
    registered(stage, employer, "G2026130002")
    answered = change(stage, employer, employer, made["id"], "pending")
    assert (answered.status, answered.json["state_name"], answered.json["assigned_to"]) == (200, "待审", agent.id)
    assert (counts(stage, employer, employer), counts(stage, agent, employer)) == ([1, 1, 0], [0, 1, 0])
    change(stage, employer, employer, made["id"], "established")
    assert (counts(stage, employer, employer), counts(stage, agent, employer)) == ([1, 0, 1], [0, 0, 1])


def test_the_same_state_again_changes_nothing(stage: Stage) -> None:
    employer, _ = administered(stage)
    made = registered(stage, employer)
    assert change(stage, employer, employer, made["id"], "draft").json == made
    assert counts(stage, employer, employer) == [1, 0, 0]


def test_what_was_typed_wrongly_is_set_right(stage: Stage) -> None:
    employer, agent = administered(stage)
    made = registered(stage, employer, account_id=agent.id, state="established")
    right = {"title": "高性能合金材料联合研究（二期）", "project_class": "platform", "year": 2025}
    answered = asked(stage, "change_project", employer, employer, right, project_id=made["id"])
    assert answered.json == {**made, **right, "class_name": "平台类"}
    assert asked(stage, "show_project", agent, employer, project_id=made["id"]).json["title"] == right["title"]
    assert (counts(stage, employer, employer), counts(stage, agent, employer)) == ([0, 0, 1], [0, 0, 1])


def test_a_forbidden_step_changes_nothing_else(stage: Stage) -> None:
    employer, _ = administered(stage)
    made = registered(stage, employer)
    body = {"title": "另一个题目", "state": "established"}
    assert asked(stage, "change_project", employer, employer, body, project_id=made["id"]).code == "project_state_forbids"
    assert asked(stage, "show_project", employer, employer, project_id=made["id"]).json["title"] == made["title"]


@pytest.mark.parametrize(("now", "wanted"), [("draft", "established"), ("established", "draft")])
def test_a_state_is_not_skipped(stage: Stage, now: str, wanted: str) -> None:
    employer, _ = administered(stage)
    made = registered(stage, employer, state=now)
    answered = change(stage, employer, employer, made["id"], wanted)
    assert (answered.status, answered.code, answered.json["facts"]) == (409, "project_state_forbids", {"now": now})


@pytest.mark.parametrize(("now", "wanted"), [("pending", "draft"), ("established", "pending")])
def test_a_step_back_may_be_taken(stage: Stage, now: str, wanted: str) -> None:
    employer, _ = administered(stage)
    made = registered(stage, employer, state=now)
    assert change(stage, employer, employer, made["id"], wanted).json["state"] == wanted


def test_only_the_administrator_changes_it(stage: Stage) -> None:
    employer, agent = administered(stage)
    made = registered(stage, employer, account_id=agent.id)
    assert change(stage, agent, employer, made["id"], "pending").code == "not_the_administrator"


def test_who_is_not_admitted_changes_nothing(stage: Stage) -> None:
    employer, _ = administered(stage)
    made, newcomer = registered(stage, employer), another_agent(stage, employer, 7)
    sent(stage, newcomer, employer, member_form(61), "member")
    assert change(stage, newcomer, employer, made["id"], "pending").code == "not_admitted"


def test_an_unknown_project_is_not_there(stage: Stage) -> None:
    employer, _ = administered(stage)
    assert change(stage, employer, employer, "01KJPZ5B80000000000000000U", "pending").code == "project_unknown"


def test_a_state_there_is_not_is_refused(stage: Stage) -> None:
    employer, _ = administered(stage)
    made = registered(stage, employer)
    assert change(stage, employer, employer, made["id"], "done").broken == {"state": "not_in_list"}
