"""The administrator sees the officials of any bureau, a supervisor those of his own."""

import pytest

from expertgate.outbound.audit import AuditRow
from expertgate.review.model import Duty
from expertgate.settings import LIMITS
from tests.builders.officials import HANDAN, HEBEI, NATIONAL, official
from tests.stage import Stage


def test_an_administrator_names_any_bureau(stage: Stage) -> None:
    desk, administrator = official(stage), official(stage, NATIONAL, Duty.ADMINISTRATOR)
    answered = stage.call("review.list_officials", token=administrator.token, query={"bureau": HANDAN})
    assert [(one["id"], one["status"], one["duties"]) for one in answered.json["items"]] == [(desk.id, "active", ["reviewer"])]


def test_a_supervisor_sees_his_own_bureau_only(stage: Stage) -> None:
    official(stage)
    supervisor = official(stage, HEBEI, Duty.SUPERVISOR)
    answered = stage.call("review.list_officials", token=supervisor.token, query={"bureau": HANDAN})
    assert [one["id"] for one in answered.json["items"]] == [supervisor.id]


def test_a_reviewer_sees_no_list(stage: Stage) -> None:
    assert stage.call("review.list_officials", token=official(stage).token).code == "duty_missing"


def test_the_roster_is_read_page_by_page(stage: Stage) -> None:
    known = sorted(official(stage).id for _ in range(3))
    supervisor = official(stage, HANDAN, Duty.SUPERVISOR)
    first = stage.call("review.list_officials", token=supervisor.token, query={"size": "2"}).json
    second = stage.call("review.list_officials", token=supervisor.token, query={"size": "3", "cursor": first["next_cursor"]}).json
    assert [one["id"] for one in first["items"] + second["items"]] == sorted([*known, supervisor.id])
    assert second["next_cursor"] is None


def test_a_full_last_page_of_officials_is_the_last(stage: Stage) -> None:
    supervisor = official(stage, HANDAN, Duty.SUPERVISOR)
    official(stage)
    page = stage.call("review.list_officials", token=supervisor.token, query={"size": "2"}).json
    assert (len(page["items"]), page["next_cursor"]) == (2, None)


@pytest.mark.parametrize("more", [0, 1])
def test_the_longest_roster_page_is_shown(stage: Stage, more: int) -> None:
    supervisor = official(stage, HANDAN, Duty.SUPERVISOR)
    for _ in range(LIMITS.page_size_most - 1 + more):
        official(stage)
    page = stage.call("review.list_officials", token=supervisor.token, query={"size": LIMITS.page_size_most}).json
    assert (len(page["items"]), page["next_cursor"] is not None) == (LIMITS.page_size_most, bool(more))


def test_a_look_at_the_roster_is_on_record(stage: Stage) -> None:
    supervisor = official(stage, HANDAN, Duty.SUPERVISOR)
    stage.call("review.list_officials", token=supervisor.token)
    looks = [(row.tag, row.actor) for row in AuditRow.query(f"BUREAU#{HANDAN}")]
    assert ("review:roster:seen", supervisor.id) in looks


@pytest.mark.parametrize(
    ("language", "names"),
    [("zh", ("邯郸市外国专家局", ["审核人员", "督办人员"], "在岗")), ("en", ("邯郸市外国专家局", ["reviewer", "supervisor"], "active"))],
)
def test_duties_and_status_have_names(stage: Stage, language: str, names: tuple[str, list[str], str]) -> None:
    supervisor = official(stage, HANDAN, Duty.SUPERVISOR, Duty.REVIEWER)
    (one,) = stage.call("review.list_officials", token=supervisor.token, language=language).json["items"]
    assert (one["bureau_name"], one["duty_names"], one["status_name"]) == names
