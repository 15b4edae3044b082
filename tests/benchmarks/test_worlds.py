"""What a cold start measures is a door's work: its first request is one that it answers well, in a world prepared for it."""

from types import SimpleNamespace

import pytest

from tests.access.objects import READS
from tests.benchmarks.worlds import MORE, Catching, good_request
from tests.faults.scenarios.every import scenarios
from tests.stage import Stage
from tests.tree.house import Action, routed

_SWEPT = {name.partition(":")[0] for name in scenarios()}  # the fault sweep shows that these are answered well


@pytest.mark.parametrize("action", [one for one in routed() if str(one) not in _SWEPT], ids=str)
def test_a_door_answers_its_first_request_well(action: Action, stage: Stage) -> None:
    event = good_request(Catching(stage.world, stage.clock), action)
    answered = action.module().handler(event, SimpleNamespace(aws_request_id="world", function_name=str(action)))
    assert 200 <= answered["statusCode"] < 400, answered["body"]


def test_a_changing_request_is_caught_and_not_sent(stage: Stage) -> None:
    (action,) = [one for one in routed() if str(one) == "account.log_out"]
    event = good_request(Catching(stage.world, stage.clock), action)
    token = event["headers"]["authorization"].removeprefix("Bearer ")
    assert stage.call("account.show_account", token=token).status == 200


def test_only_doors_are_prepared_for() -> None:
    assert sorted({*READS, *MORE} - {str(one) for one in routed()}) == []
