"""A moved official logs in anew, is listed where he works, and leaves behind what is not his any more."""

from functools import partial
from typing import Any

import pytest

from expertgate.caller import CallerKind
from expertgate.review.actions import moving, supervising
from expertgate.review.model import Duty
from expertgate.review.store import cases as store
from expertgate.review.store import officials
from expertgate.review.store.jobs import job_of
from tests.builders.cases import claim, opened
from tests.builders.notices import told
from tests.builders.officials import HANDAN, HEBEI, NATIONAL, Desk, official
from tests.stage import Answered, Stage, session_for

pytestmark = pytest.mark.usefixtures("workflow")


def _move(stage: Stage, desk: Desk, **changed: Any) -> Answered:
    administrator = official(stage, NATIONAL, Duty.ADMINISTRATOR)
    body = {"bureau": HEBEI, "duties": ["reviewer"], **changed}
    return stage.call("review.move_official", body, token=administrator.token, path={"official_id": desk.id})


def test_he_leaves_his_cases_and_his_session(stage: Stage) -> None:
    case_id, desk = opened(stage), official(stage)
    claim(stage, case_id, desk)
    assert _move(stage, desk).json["bureau"] == HEBEI
    assert store.case(stage.world, case_id).claimed_by is None
    assert stage.call("review.list_queue", token=desk.token).status == 401


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("zh", "因您的账号或岗位有变动，办件 {} 不再由您办理，已转交他人或退回待办。"),
        ("en", "Your account or post has changed: case {} is no longer yours; somebody else has it, or it went back to the queue."),
    ],
)
def test_he_is_told_which_cases_were_taken(stage: Stage, language: str, text: str) -> None:
    case_id, desk = opened(stage), official(stage)
    claim(stage, case_id, desk)
    _move(stage, desk)
    token = session_for(stage, CallerKind.OFFICIAL, desk.id, duties=frozenset({Duty.REVIEWER}), bureau=HEBEI)
    messages = stage.call("notice.list_messages", token=token, language=language).json
    assert ([one["text"] for one in messages["items"]], messages["unread"]) == ([text.format(case_id)], 1)


def test_who_moves_himself_is_not_told(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    both = official(stage, NATIONAL, Duty.ADMINISTRATOR, Duty.REVIEWER)
    cases = [opened(stage, subject=f"U{number}", bureau=NATIONAL) for number in range(2)]
    for case_id in cases:
        assert claim(stage, case_id, both).status == 200
    monkeypatch.setattr(supervising, "carry_out", partial(moving.carry_out, most=1))
    body = {"bureau": NATIONAL, "duties": ["administrator"]}
    assert stage.call("review.move_official", body, token=both.token, path={"official_id": both.id}).status == 200
    assert len([case_id for case_id in cases if store.case(stage.world, case_id).claimed_by]) == 1
    monkeypatch.undo()
    assert stage.run("review.move_work") == {"moved": 1}
    assert told(both.id) == []


def test_he_is_listed_where_he_works(stage: Stage) -> None:
    desk = official(stage)
    _move(stage, desk)
    listed = [[one.id for one in officials.all_officials_of(stage.world, bureau)] for bureau in (HANDAN, HEBEI)]
    assert listed == [[], [desk.id]]


def test_no_administrator_gives_up_his_duty(stage: Stage) -> None:
    only = official(stage, NATIONAL, Duty.ADMINISTRATOR)
    moves = [{"bureau": NATIONAL, "duties": duties} for duties in (["reviewer"], ["administrator", "supervisor"])]
    answered = [stage.call("review.move_official", one, token=only.token, path={"official_id": only.id}) for one in moves]
    assert [(one.status, one.json.get("code")) for one in answered] == [(409, "administrator_himself"), (200, None)]


def test_with_more_duties_he_keeps_his_cases(stage: Stage) -> None:
    case_id, desk = opened(stage), official(stage)
    claim(stage, case_id, desk)
    _move(stage, desk, bureau=HANDAN, duties=["reviewer", "supervisor"])
    assert (store.case(stage.world, case_id).claimed_by, job_of(desk.id)) == (desk.id, None)
    assert told(desk.id) == []


def test_without_the_duty_to_decide_he_keeps_none(stage: Stage) -> None:
    case_id, desk = opened(stage), official(stage)
    claim(stage, case_id, desk)
    _move(stage, desk, bureau=HANDAN, duties=["supervisor"])
    assert (store.case(stage.world, case_id).claimed_by, job_of(desk.id)) == (None, None)


@pytest.mark.parametrize(("changed", "code"), [({"duties": ["operator"]}, "duties_unfit"), ({"bureau": "999999"}, "invalid_input")])
def test_a_post_that_does_not_exist_is_refused(stage: Stage, changed: dict[str, Any], code: str) -> None:
    assert _move(stage, official(stage), **changed).code == code


def test_an_unknown_bureau_is_named_by_its_field(stage: Stage) -> None:
    assert _move(stage, official(stage), bureau="999999").broken == {"bureau": "bureau_unknown"}


def test_who_is_disabled_is_moved_nowhere(stage: Stage) -> None:
    desk, administrator = official(stage), official(stage, NATIONAL, Duty.ADMINISTRATOR)
    stage.call("review.disable_official", token=administrator.token, path={"official_id": desk.id})
    answered = _move(stage, desk)
    assert (answered.status, answered.code) == (409, "official_inactive")
    assert officials.official(stage.world, desk.id).bureau == HANDAN
