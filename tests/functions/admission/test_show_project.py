"""A project is shown with its former assignments, to who may see it."""

from tests.builders.admission import administered, asked, registered
from tests.stage import Stage


def test_former_assignments_stay_on_record(stage: Stage) -> None:
    employer, agent = administered(stage)
    made = registered(stage, employer, account_id=agent.id)
    stage.clock.advance(seconds=1)
    asked(stage, "take_back_project", employer, employer, project_id=made["id"])
    shown = asked(stage, "show_project", employer, employer, project_id=made["id"]).json
    assert [one["assigned_to"] for one in shown["assignments"]] == [None, agent.id]
    assert shown["assigned_to"] is None


def test_somebody_elses_project_is_not_there(stage: Stage) -> None:
    employer, agent = administered(stage)
    made = registered(stage, employer)
    answered = asked(stage, "show_project", agent, employer, project_id=made["id"])
    assert (answered.status, answered.code) == (404, "project_unknown")
