"""A project taken back is seen by its user no more."""

from tests.builders.admission import administered, asked, registered
from tests.stage import Stage


def test_a_project_taken_back_is_gone_from_the_desk(stage: Stage) -> None:
    employer, agent = administered(stage)
    made = registered(stage, employer, account_id=agent.id)
    assert asked(stage, "take_back_project", employer, employer, project_id=made["id"]).json["assigned_to"] is None
    assert asked(stage, "show_project", agent, employer, project_id=made["id"]).code == "project_unknown"


def test_a_user_takes_nothing_back(stage: Stage) -> None:
    employer, agent = administered(stage)
    made = registered(stage, employer, account_id=agent.id)
    assert asked(stage, "take_back_project", agent, employer, project_id=made["id"]).code == "not_the_administrator"
