"""A cursor that no list gave is refused, or is a place like any other: it breaks nothing."""

import inspect

import pytest

from expertgate.review.model import Duty
from tests.access.matrix import ADMITS
from tests.builders.admission import administered, registered
from tests.builders.officials import HANDAN, official
from tests.stage import Stage
from tests.tree.house import Action, routed

STRANGE = ["D", "Z", "0:", "²:x", "1:D", "MEMBER#", "PROJECT#~", "PROFILE", "~~", "\x00", "中文", "0:01KJPZ5B80000000000000000U"]
LISTS = [one for one in routed() if "cursor" in inspect.signature(getattr(one.module(), one.name)).parameters]


@pytest.mark.parametrize("action", LISTS, ids=str)
def test_strange_cursors_break_no_list(stage: Stage, action: Action) -> None:
    employer, agent = administered(stage)
    registered(stage, employer, account_id=agent.id)
    tokens = {"U": employer.token, "P": agent.token, "O": official(stage, HANDAN, Duty.REVIEWER, Duty.SUPERVISOR).token}
    for kind in ADMITS[str(action)]:
        for cursor in STRANGE:
            answered = stage.call(str(action), token=tokens[kind], path={"unit_id": employer.id}, query={"cursor": cursor})
            assert answered.status in {200, 422}, (cursor, answered.text)


def test_projects_take_only_their_own_cursors(stage: Stage) -> None:
    employer, agent = administered(stage)
    for somebody in (employer, agent):
        for cursor in ("D", "²:x", "Z", "PROJECT#~"):
            call = {"token": somebody.token, "path": {"unit_id": employer.id}, "query": {"cursor": cursor}}
            answered = stage.call("admission.list_projects", **call)
            assert (answered.status, answered.broken) == (422, {"cursor": "bad_form"})
