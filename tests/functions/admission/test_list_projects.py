"""A list shows only what one may see, page by page."""

from tests.builders.admission import administered, asked, registered
from tests.builders.grants import again
from tests.builders.merges import approved, firm, requested
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


def test_a_full_last_page_of_projects_is_the_last(stage: Stage) -> None:
    employer, agent = administered(stage)
    for number in range(2):
        registered(stage, employer, f"G202613000{number}", account_id=agent.id)
    for somebody in (employer, agent):
        call = {"token": somebody.token, "path": {"unit_id": employer.id}, "query": {"size": 2}}
        page = stage.call("admission.list_projects", **call).json
        assert (len(page["items"]), page["next_cursor"]) == (2, None)


def test_pages_lead_from_desk_to_desk(stage: Stage) -> None:
    who = firm(stage, projects=2)
    own = registered(stage, who.unit, "G2026139999", account_id=who.agent.id)["number"]
    approved(stage, requested(stage, who))
    pages, query = [], {"size": 1}
    while True:
        call = {"token": again(stage, who.agent).token, "path": {"unit_id": who.unit.id}, "query": query}
        page = stage.call("admission.list_projects", **call).json
        pages.append([one["number"] for one in page["items"]])
        if page["next_cursor"] is None:
            break
        query = {"size": 1, "cursor": page["next_cursor"]}
    assert [len(one) for one in pages] == [1, 1, 1]
    assert {one for page in pages for one in page} == {own, *who.projects}
