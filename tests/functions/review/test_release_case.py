"""A claimed case can be given back by its holder and then be taken by another."""

import pytest

from tests.builders.cases import claim, opened
from tests.builders.officials import Desk, official
from tests.stage import Answered, Stage

pytestmark = pytest.mark.usefixtures("workflow")


def _release(stage: Stage, case_id: str, desk: Desk) -> Answered:
    return stage.call("review.release_case", token=desk.token, path={"case_id": case_id})


def test_a_released_case_is_free_for_another(stage: Stage) -> None:
    case_id, holder, other = opened(stage), official(stage), official(stage)
    claim(stage, case_id, holder)
    answered = _release(stage, case_id, holder)
    assert (answered.status, answered.json["claimed"]) == (200, False)
    assert claim(stage, case_id, other).json["mine"]


def test_only_the_holder_can_release(stage: Stage) -> None:
    case_id = opened(stage)
    claim(stage, case_id, official(stage))
    answered = _release(stage, case_id, official(stage))
    assert (answered.status, answered.code) == (409, "case_not_claimed")
