"""Disabling without ending (DEL-14)."""

from tests.builders.grants import act, bound, opened, person, reason, told, unit
from tests.stage import Stage


def test_a_disabled_grant_counts_for_nothing(stage: Stage) -> None:
    employer, agent = opened(stage, unit(stage)), person(stage)
    grant_id = bound(stage, employer, agent).json["id"]
    assert act(stage, employer, "disable_grant", grant_id).json["state_name"] == "已停用"
    assert reason(stage, employer, agent) == "disabled"
    assert told(stage, agent)[-1] == "grant_disabled"
    assert act(stage, employer, "disable_grant", grant_id).json["facts"] == {"state": "disabled", "deed": "disable"}


def test_only_the_unit_disables(stage: Stage) -> None:
    employer, agent = opened(stage, unit(stage)), person(stage)
    grant_id = bound(stage, employer, agent).json["id"]
    assert act(stage, agent, "disable_grant", grant_id).code == "caller_kind_refused"
    assert act(stage, unit(stage, 2, "石家庄市另一家公司"), "disable_grant", grant_id).code == "grant_unknown"
