"""The administrator moves projects from desk to desk."""

from tests.builders.admission import administered, another_agent, asked, registered
from tests.stage import Stage


def test_an_assigned_project_is_seen_by_its_user(stage: Stage) -> None:
    employer, agent = administered(stage)
    made = registered(stage, employer)
    answered = asked(stage, "assign_project", employer, employer, {"account_id": agent.id}, project_id=made["id"])
    assert (answered.status, answered.json["assigned_to"]) == (200, agent.id)
    assert asked(stage, "show_project", agent, employer, project_id=made["id"]).status == 200
    assert asked(stage, "show_home", agent, employer).json["projects"]["draft"] == 1


def test_a_moved_project_leaves_the_former_desk(stage: Stage) -> None:
    employer, agent = administered(stage)
    made = registered(stage, employer, account_id=agent.id)
    asked(stage, "assign_project", employer, employer, {"account_id": employer.id}, project_id=made["id"])
    assert asked(stage, "list_projects", agent, employer).json["items"] == []
    assert asked(stage, "show_home", agent, employer).json["projects"]["draft"] == 0


def test_only_the_administrator_assigns(stage: Stage) -> None:
    employer, agent = administered(stage)
    made = registered(stage, employer, account_id=agent.id)
    answered = asked(stage, "assign_project", agent, employer, {"account_id": employer.id}, project_id=made["id"])
    assert (answered.status, answered.code) == (403, "not_the_administrator")


def test_only_users_of_the_unit_get_projects(stage: Stage) -> None:
    employer, _ = administered(stage)
    made = registered(stage, employer)
    outsider = another_agent(stage, employer, 7)
    answered = asked(stage, "assign_project", employer, employer, {"account_id": outsider.id}, project_id=made["id"])
    assert answered.broken == {"account_id": "not_a_member"}
