"""The administrator sees the users of the unit."""

from tests.builders.admission import administered, asked
from tests.stage import Stage


def test_users_are_listed_with_their_roles(stage: Stage) -> None:
    employer, agent = administered(stage)
    items = asked(stage, "list_members", employer, employer).json["items"]
    assert {one["account_id"]: one["role"] for one in items} == {employer.id: "unit_administrator", agent.id: "unit_applicant"}
    assert {one["name"] for one in items} == {"李*波", "王*"}


def test_an_applicant_sees_no_list(stage: Stage) -> None:
    employer, agent = administered(stage)
    assert asked(stage, "list_members", agent, employer).code == "not_the_administrator"
