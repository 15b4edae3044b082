"""Only the administrator publishes."""

import pytest

from expertgate.review.model import Duty
from tests.builders.officials import official
from tests.stage import Stage


@pytest.mark.parametrize(("bureau", "duty"), [("100000", Duty.REVIEWER), ("platform", Duty.SUPPORT)])
def test_other_officials_do_not_publish(stage: Stage, bureau: str, duty: Duty) -> None:
    desk = official(stage, bureau, duty)
    answered = stage.call("admission.publish_bulletin", {"kind": "news", "title": "t", "text": "x"}, token=desk.token)
    assert (answered.status, answered.code) == (403, "duty_missing")


def test_a_publication_has_a_known_kind(stage: Stage) -> None:
    desk = official(stage, "100000", Duty.ADMINISTRATOR)
    answered = stage.call("admission.publish_bulletin", {"kind": "gossip", "title": "t", "text": "x"}, token=desk.token)
    assert answered.broken == {"kind": "not_in_list"}
