"""A disabled official is out at once and holds nothing any more."""

import pytest

from expertgate.errors.review import DutyMissing
from expertgate.outbound.sessions import gate_of
from expertgate.review.model import Duty
from expertgate.review.store import cases as store
from expertgate.review.store import officials
from tests.builders.audits import facts_of
from tests.builders.cases import as_system, claim, opened
from tests.builders.officials import HANDAN, HEBEI, NATIONAL, Desk, official
from tests.stage import Answered, Stage

pytestmark = pytest.mark.usefixtures("workflow")


def _disable(stage: Stage, desk: Desk, duty: Duty = Duty.ADMINISTRATOR) -> Answered:
    administrator = official(stage, NATIONAL, duty)
    return stage.call("review.disable_official", token=administrator.token, path={"official_id": desk.id})


def test_his_session_ends_with_it(stage: Stage) -> None:
    desk = official(stage)
    assert _disable(stage, desk).json["status"] == "disabled"
    assert stage.call("review.list_queue", token=desk.token).status == 401
    gate = gate_of(desk.id)
    assert gate is not None
    assert gate.closed


def test_his_cases_go_back_to_the_queue(stage: Stage) -> None:
    case_id, desk = opened(stage), official(stage)
    claim(stage, case_id, desk)
    _disable(stage, desk)
    assert store.case(stage.world, case_id).claimed_by is None
    assert claim(stage, case_id, official(stage)).status == 200


def test_disabling_twice_is_no_error(stage: Stage) -> None:
    desk = official(stage)
    assert [_disable(stage, desk).status, _disable(stage, desk).status] == [200, 200]


def test_only_an_administrator_disables(stage: Stage) -> None:
    assert _disable(stage, official(stage), Duty.REVIEWER).code == "duty_missing"


def test_no_administrator_disables_himself(stage: Stage) -> None:
    only = official(stage, NATIONAL, Duty.ADMINISTRATOR)
    answered = stage.call("review.disable_official", token=only.token, path={"official_id": only.id})
    assert (answered.status, answered.code) == (409, "administrator_himself")
    assert stage.call("review.list_officials", token=only.token).status == 200


def test_of_two_who_disable_each_other_one_stays(stage: Stage) -> None:
    one, other = (official(stage, NATIONAL, Duty.ADMINISTRATOR, Duty.REVIEWER) for _ in range(2))
    change = as_system(stage)
    officials.require_administrator(change, one.id)
    officials.disable(change, officials.official(stage.world, other.id))
    assert stage.call("review.disable_official", token=other.token, path={"official_id": one.id}).status == 200
    with pytest.raises(DutyMissing):
        change.commit(None)


def test_an_unknown_official_is_not_found(stage: Stage) -> None:
    answered = _disable(stage, Desk("01KJQM8Y4QZ0V8H5X2C7N9RT3A", ""))
    assert (answered.status, answered.code) == (404, "official_unknown")


def test_a_keyed_request_takes_his_cases_too(stage: Stage) -> None:
    case_id, desk = opened(stage), official(stage)
    claim(stage, case_id, desk)
    administrator = official(stage, NATIONAL, Duty.ADMINISTRATOR)
    request = {"token": administrator.token, "path": {"official_id": desk.id}, "key": "disable-him-once"}
    answers = [stage.call("review.disable_official", **request) for _ in range(2)]
    assert [one.status for one in answers] == [200, 200]
    assert store.case(stage.world, case_id).claimed_by is None


def test_what_befalls_an_official_is_on_record(stage: Stage) -> None:
    desk, administrator = official(stage), official(stage, NATIONAL, Duty.ADMINISTRATOR)
    request = {"token": administrator.token, "path": {"official_id": desk.id}}
    stage.call("review.move_official", {"bureau": HEBEI, "duties": ["supervisor"]}, **request)
    stage.call("review.invite_official", **request)
    stage.call("review.disable_official", **request)
    said = {tag: facts_of(f"OFFICIAL#{desk.id}", f"review:official:{tag}") for tag in ("created", "moved", "invited_again", "disabled")}
    assert said == {
        "created": [{"bureau": HANDAN, "duties": ["reviewer"]}],
        "moved": [{"left": HANDAN, "to": HEBEI, "duties": ["supervisor"]}],
        "invited_again": [{}],
        "disabled": [{}],
    }
