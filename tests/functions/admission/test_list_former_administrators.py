"""Support looks up who administers or administered a unit."""

import pytest

from expertgate.account.store import account
from expertgate.admission.store import standings
from expertgate.review.model import Duty
from expertgate.settings import LIMITS
from tests.builders.admission import administered, with_members
from tests.builders.merges import FORMER, approved, firm, merge_form, requested
from tests.builders.officials import official
from tests.stage import Stage


def test_support_sees_administrators_masked(stage: Stage) -> None:
    employer, _ = administered(stage)
    unit = account(stage.world, employer.id)
    assert unit is not None
    assert unit.unit is not None
    desk = official(stage, "platform", Duty.SUPPORT)
    answered = stage.call("admission.list_former_administrators", token=desk.token, query={"uscc": unit.unit.uscc})
    assert answered.status == 200
    assert [(one["account_id"], one["name"], one["standing"]) for one in answered.json["items"]] == [(employer.id, "王*", "admitted")]
    assert "****" in answered.json["items"][0]["mobile"]


def test_an_administrator_behind_a_hundred_users_is_found(stage: Stage) -> None:
    employer, _ = administered(stage)
    unit = account(stage.world, employer.id)
    assert unit is not None
    assert unit.unit is not None
    with_members(stage, employer, LIMITS.page_size_most)
    desk = official(stage, "platform", Duty.SUPPORT)
    found = stage.call("admission.list_former_administrators", token=desk.token, query={"uscc": unit.unit.uscc}).json
    assert ([one["account_id"] for one in found["items"]], found["complete"]) == ([employer.id], True)


@pytest.mark.parametrize(("users", "complete"), [(1, True), (2, False)])
def test_only_what_was_not_looked_at_is_missing(stage: Stage, monkeypatch: pytest.MonkeyPatch, users: int, complete: bool) -> None:
    employer, _ = administered(stage)
    unit = account(stage.world, employer.id)
    assert unit is not None
    assert unit.unit is not None
    with_members(stage, employer, users - 1)
    monkeypatch.setattr(standings, "LIMITS", LIMITS._replace(page_size_most=2, members_looked_at=2))
    desk = official(stage, "platform", Duty.SUPPORT)
    found = stage.call("admission.list_former_administrators", token=desk.token, query={"uscc": unit.unit.uscc}).json
    assert found["complete"] is complete


def test_support_sees_who_followed_whom(stage: Stage) -> None:
    who = firm(stage)
    approved(stage, requested(stage, who))
    desk = official(stage, "platform", Duty.SUPPORT)
    answered = stage.call("admission.list_former_administrators", token=desk.token, query={"uscc": merge_form(stage, who)["uscc"]})
    seen = {one["user_name"]: (one["standing"], one["successor"], one["until"] is None) for one in answered.json["items"]}
    assert seen == {
        FORMER: ("retired", who.agent.id, False),
        "user_51": ("admitted", None, True),
        "user_60": ("admitted", None, True),
    }


def test_others_may_not_look(stage: Stage) -> None:
    desk = official(stage, "100000", Duty.REVIEWER)
    answered = stage.call("admission.list_former_administrators", token=desk.token, query={"uscc": "91130400MA00000000"})
    assert (answered.status, answered.code) == (403, "duty_missing")


def test_a_mistyped_credit_code_is_named(stage: Stage) -> None:
    desk = official(stage, "platform", Duty.SUPPORT)
    answered = stage.call("admission.list_former_administrators", token=desk.token, query={"uscc": "91130400MA00000001"})
    assert (answered.status, answered.broken) == (422, {"uscc": "uscc_checksum"})
