"""The administrator sees the officials of any bureau, a supervisor those of his own."""

from expertgate.review.model import Duty
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
