"""Preparing makes the ring once and names the first administrator, who gets codes until he has used one."""

import pytest

from expertgate.delegation.ticket_keys import published
from expertgate.errors.review import OfficialUnknown
from expertgate.outbound.clock import instant
from expertgate.outbound.ring import load_ring
from expertgate.review.model import Duty
from expertgate.review.store import cases
from tests.builders.cases import FakeWorkflow, claim, opened
from tests.builders.keys import prepared
from tests.builders.officials import NATIONAL, official
from tests.builders.people import PASSWORD
from tests.stage import MONDAY_MORNING, Stage

ADMINISTRATOR = {
    "user_name": "administrator",
    "name": "王建国",
    "mobile": "13900000001",
    "document_type": "passport",
    "document_number": "E00000001",
}


def test_preparing_twice_keeps_the_first_ring(stage: Stage) -> None:
    prepared(stage)
    first = load_ring()
    assert stage.run("platform.prepare") == {"ring_made": False}
    assert load_ring() == first


def test_what_indexes_seals_nothing(stage: Stage) -> None:
    prepared(stage)
    ring = load_ring()
    assert set(ring.roots) == {ring.current, ring.index_root}
    assert ring.current != ring.index_root


def test_the_first_administrator_gets_codes_until_enrolled(stage: Stage) -> None:
    prepared(stage)
    first = stage.run("platform.prepare", {"administrator": ADMINISTRATOR})["administrator"]
    second = stage.run("platform.prepare", {"administrator": ADMINISTRATOR})["administrator"]
    assert (first["id"], first["duties"], first["bureau"]) == (second["id"], ["administrator"], "100000")
    body = {"user_name": "administrator", "password": PASSWORD, "password_confirmation": PASSWORD}
    assert stage.call("review.enrol_official", {**body, "enrolment_code": first["enrolment_code"]}).status == 410
    assert stage.call("review.enrol_official", {**body, "enrolment_code": second["enrolment_code"]}).status == 201
    assert stage.run("platform.prepare", {"administrator": ADMINISTRATOR})["administrator"] is None


def test_an_administrator_without_second_factor_is_invited_again(stage: Stage) -> None:
    prepared(stage)
    desk = official(stage, NATIONAL, Duty.ADMINISTRATOR)
    again = stage.run("platform.prepare", {"invite_again": "Official_1"})["administrator"]
    assert (again["id"], again["status"]) == (desk.id, "invited")
    assert stage.call("review.list_officials", token=desk.token).code == "login_required"
    body = {"user_name": "official_1", "password": PASSWORD, "password_confirmation": PASSWORD}
    assert stage.call("review.enrol_official", {**body, "enrolment_code": again["enrolment_code"]}).status == 201


def test_what_an_invited_administrator_held_is_given_back(stage: Stage) -> None:
    stage.world.__dict__["workflow"] = FakeWorkflow()
    prepared(stage)
    desk = official(stage, NATIONAL, Duty.ADMINISTRATOR, Duty.REVIEWER)
    case_id = opened(stage, bureau=NATIONAL)
    assert claim(stage, case_id, desk).status == 200
    stage.run("platform.prepare", {"invite_again": "official_1"})
    assert stage.run("review.move_work") == {"moved": 1}
    assert cases.case(stage.world, case_id).claimed_by is None


@pytest.mark.parametrize("name", ["nobody", "official_1"])
def test_operators_invite_nobody_but_administrators(stage: Stage, name: str) -> None:
    prepared(stage)
    official(stage, NATIONAL, Duty.SUPERVISOR)
    with pytest.raises(OfficialUnknown):
        stage.run("platform.prepare", {"invite_again": name})


def test_preparing_late_drops_outlived_ticket_keys(stage: Stage) -> None:
    prepared(stage)
    stage.clock.advance(days=31)
    stage.run("platform.prepare")
    assert len(published()) == 2
    stage.clock.advance(days=31)
    stage.run("platform.prepare")
    first = min(instant(row.made) for row in published())
    assert first > MONDAY_MORNING
