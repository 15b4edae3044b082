"""One grant, as each side sees it (DEL-04, DEL-09)."""

from tests.builders.grants import bound, opened, person, unit
from tests.stage import Stage


def test_each_side_sees_the_other(stage: Stage) -> None:
    employer, agent = opened(stage, unit(stage)), person(stage)
    path = {"grant_id": bound(stage, employer, agent).json["id"]}
    of_unit = stage.call("delegation.show_agent_grant", token=employer.token, path=path).json
    of_agent = stage.call("delegation.show_agent_grant", token=agent.token, path=path).json
    assert (of_unit["agent_name"], "unit_name" in of_unit) == ("李*波", False)
    assert (of_agent["unit_name"], "agent_name" in of_agent) == (employer.name, False)


def test_nobody_else_sees_it(stage: Stage) -> None:
    employer, agent = opened(stage, unit(stage)), person(stage)
    path = {"grant_id": bound(stage, employer, agent).json["id"]}
    for stranger in (person(stage, 2, "王小明"), unit(stage, 2, "石家庄市另一家公司")):
        answered = stage.call("delegation.show_agent_grant", token=stranger.token, path=path)
        assert (answered.status, answered.code) == (404, "grant_unknown")
