"""A list shows only what one may see, page by page."""

from tests.builders.admission import administered, asked, registered
from tests.stage import Stage


def test_a_user_sees_only_assigned_projects(stage: Stage) -> None:
    employer, agent = administered(stage)
    registered(stage, employer)
    mine = registered(stage, employer, "G2026130002", account_id=agent.id)
    assert [one["id"] for one in asked(stage, "list_projects", agent, employer).json["items"]] == [mine["id"]]
    assert len(asked(stage, "list_projects", employer, employer).json["items"]) == 2


def test_pages_follow_each_other(stage: Stage) -> None:
    employer, agent = administered(stage)
    for number in range(3):
        registered(stage, employer, f"G202613000{number}", account_id=agent.id)
        stage.clock.advance(seconds=1)
    for somebody in (employer, agent):
        call = {"token": somebody.token, "path": {"unit_id": employer.id}}
        first = stage.call("admission.list_projects", query={"size": 2}, **call).json
        rest = stage.call("admission.list_projects", query={"size": 2, "cursor": first["next_cursor"]}, **call).json
        assert [one["number"][-1] for one in [*first["items"], *rest["items"]]] == ["0", "1", "2"]
        assert rest["next_cursor"] is None
