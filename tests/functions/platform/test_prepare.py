"""Preparing makes the ring once and names the first administrator, who gets codes until he has used one."""

from expertgate.delegation.ticket_keys import published
from expertgate.outbound.clock import instant
from expertgate.outbound.ring import load_ring
from tests.builders.keys import prepared
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
    body = {"user_name": "administrator", "password": "Baihe#Qiao7421", "password_confirmation": "Baihe#Qiao7421"}
    assert stage.call("review.enrol_official", {**body, "enrolment_code": first["enrolment_code"]}).status == 410
    assert stage.call("review.enrol_official", {**body, "enrolment_code": second["enrolment_code"]}).status == 201
    assert stage.run("platform.prepare", {"administrator": ADMINISTRATOR})["administrator"] is None


def test_preparing_late_drops_outlived_ticket_keys(stage: Stage) -> None:
    prepared(stage)
    stage.clock.advance(days=31)
    stage.run("platform.prepare")
    assert len(published()) == 2
    stage.clock.advance(days=31)
    stage.run("platform.prepare")
    first = min(instant(row.made) for row in published())
    assert first > MONDAY_MORNING
