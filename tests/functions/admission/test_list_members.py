"""The administrator sees the users of the unit."""

from collections.abc import Iterator

import pytest

from tests.builders.admission import administered, asked, with_members
from tests.builders.grants import Somebody
from tests.builders.merges import firm
from tests.stage import Stage


def test_users_are_listed_with_their_roles(stage: Stage) -> None:
    employer, agent = administered(stage)
    items = asked(stage, "list_members", employer, employer).json["items"]
    assert {one["account_id"]: one["role"] for one in items} == {employer.id: "unit_administrator", agent.id: "unit_applicant"}
    assert {one["name"] for one in items} == {"李*波", "王*"}


def test_no_user_is_left_off(stage: Stage) -> None:
    employer, _ = administered(stage)
    with_members(stage, employer, 2)
    pages = list(_pages(stage, employer, 2))
    assert [len(one) for one in pages] == [2, 2]
    assert len({account_id for one in pages for account_id in one}) == 4


def test_pages_go_on_behind_an_old_user(stage: Stage) -> None:
    pages = list(_pages(stage, firm(stage).unit, 1))
    assert [one[0][:7] for one in pages][-1] == "LEGACY-"


def test_a_cursor_of_another_list_is_refused(stage: Stage) -> None:
    employer, _ = administered(stage)
    answered = stage.call(
        "admission.list_members", token=employer.token, path={"unit_id": employer.id}, query={"cursor": f"0:{employer.id}"}
    )
    assert (answered.status, answered.broken) == (422, {"cursor": "cursor_form"})


def test_an_applicant_sees_no_list(stage: Stage) -> None:
    employer, agent = administered(stage)
    assert asked(stage, "list_members", agent, employer).code == "not_the_administrator"


def _pages(stage: Stage, employer: Somebody, size: int) -> Iterator[list[str]]:
    cursor: dict[str, str] | None = {}
    while cursor is not None:
        call = {"token": employer.token, "path": {"unit_id": employer.id}, "query": {"size": size, **cursor}}
        page = stage.call("admission.list_members", **call).json
        yield [one["account_id"] for one in page["items"]]
        cursor = {"cursor": page["next_cursor"]} if page["next_cursor"] else None


@pytest.mark.parametrize(
    ("language", "names"),
    [("zh", {"用人单位管理员 已准入", "用人单位申报用户 已准入"}), ("en", {"Unit administrator admitted", "Unit applicant admitted"})],
)
def test_roles_and_standings_have_names(stage: Stage, language: str, names: set[str]) -> None:
    employer, _ = administered(stage)
    items = stage.call("admission.list_members", token=employer.token, path={"unit_id": employer.id}, language=language).json["items"]
    assert {f"{one['role_name']} {one['standing_name']}" for one in items} == names
