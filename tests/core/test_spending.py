"""The budgets hold: a request that asks AWS too often fails its test, and each budget belongs to a door."""

import json

import pytest

from tests.spending import BUDGETS, NOT_COUNTED, Asked, OverBudget, Spent, budget_of, counted, hold
from tests.stage import Stage
from tests.tree.house import doors


def test_one_call_too_many_breaks_the_budget() -> None:
    most = budget_of("account.log_out")
    assert most is not None
    hold("account.log_out", Spent(calls=[Asked("read a")] * most))
    with pytest.raises(OverBudget, match="read b"):
        hold("account.log_out", Spent(calls=[*[Asked("read a")] * most, Asked("read b")]))


def test_repeat_and_touch_come_on_top() -> None:
    hold("account.log_out", Spent(calls=[Asked(label) for label in NOT_COUNTED] * 9))


def test_calls_are_told_by_their_rows(stage: Stage) -> None:
    with counted("account.log_out") as spent:
        stage.world.evidence.delete("uploads/x")
    assert [one.label for one in spent.calls] == ["s3 DeleteObject"]


def test_each_budget_belongs_to_a_door() -> None:
    named = json.loads(BUDGETS.read_text("utf-8"))["actions"]
    assert set(named) <= {str(action) for action in doors()}
    assert all(one["why"] for one in named.values())
