"""Finding a person to bind (DEL-01): verified people only, masked, and no way to try names."""

from typing import Any

import pytest

from expertgate.account.model import RealPerson, Status
from expertgate.forms.documents import DocumentType
from tests.builders.grants import Somebody, document_of, person, unit
from tests.builders.people import a_verified_person, held
from tests.stage import Answered, Stage


def _find(stage: Stage, employer: Somebody, number: str, **body: Any) -> Answered:
    return stage.call("delegation.find_person", {"document_number": number, **body}, token=employer.token)


def test_a_verified_person_is_found_masked(stage: Stage) -> None:
    employer, agent = unit(stage), person(stage)
    found = _find(stage, employer, agent.number)
    assert (found.status, found.json["person_id"], found.json["name"]) == (200, agent.id, "李*波")
    assert agent.number not in found.text
    assert agent.name not in found.text


def test_a_number_alone_finds_any_document(stage: Stage) -> None:
    employer = unit(stage)
    passport = held("E12345678", DocumentType.PASSPORT)
    foreigner = a_verified_person(stage, name="WILLIAM HALE", document=passport)
    for body in ({}, {"document_type": "passport"}, {"name": "William Hale"}):
        found = _find(stage, employer, "e12345678", **body)
        assert (found.status, found.json["person_id"]) == (200, foreigner.id)


def test_a_number_of_two_people_needs_its_type(stage: Stage) -> None:
    employer = unit(stage)
    first = a_verified_person(stage, name="WILLIAM HALE", document=held("12345678", DocumentType.PASSPORT))
    second = a_verified_person(stage, name="林志明", document=held("12345678", DocumentType.TAIWAN_PERMIT))
    assert _find(stage, employer, "12345678").broken == {"document_type": "document_type_needed"}
    assert _find(stage, employer, "12345678", document_type="taiwan_permit").json["person_id"] == second.id
    assert _find(stage, employer, "12345678", name="William Hale").json["person_id"] == first.id


def test_a_name_given_must_be_the_accounts(stage: Stage) -> None:
    employer, agent = unit(stage), person(stage)
    assert _find(stage, employer, agent.number, name=" 李 晓波 ").status == 200
    wrong = _find(stage, employer, agent.number, name="李小波")
    assert (wrong.status, wrong.code) == (404, "person_not_found")
    assert "实人认证" in wrong.json["title"]


@pytest.mark.parametrize(
    "facts", [{"real_person": RealPerson.NOT_PASSED}, {"real_person": RealPerson.TO_BE_RENEWED}, {"status": Status.CLOSED}]
)
def test_an_unverified_person_looks_like_nobody(stage: Stage, facts: dict[str, Any]) -> None:
    employer, agent = unit(stage), person(stage, **facts)
    unverified, nobody = _find(stage, employer, agent.number), _find(stage, employer, document_of(77).number)
    assert (unverified.status, nobody.status) == (404, 404)
    assert unverified.json["title"] == nobody.json["title"]


def test_three_wrong_pairs_lock_for_an_hour(stage: Stage) -> None:
    employer, agent = unit(stage), person(stage)
    for _ in range(3):
        assert _find(stage, employer, agent.number, name="张三丰").status == 404
    locked = _find(stage, employer, agent.number, name=agent.name)
    assert (locked.status, locked.code, locked.headers["Retry-After"]) == (429, "too_many_wrong_names", "3600")
    assert _find(stage, employer, agent.number).status == 200
    stage.clock.advance(minutes=29)
    assert _find(stage, employer, agent.number, name=agent.name).status == 429
    stage.clock.advance(minutes=29)
    assert _find(stage, employer, agent.number, name=agent.name).status == 429
    stage.clock.advance(minutes=2)


def test_the_lock_opens_after_an_hour(stage: Stage) -> None:
    employer, agent = unit(stage), person(stage)
    for _ in range(3):
        _find(stage, employer, agent.number, name="张三丰")
    for _ in range(3):
        stage.clock.advance(minutes=20)
        found = _find(stage, employer, agent.number, name=agent.name)
    assert found.status == 200
    assert _find(stage, employer, agent.number, name="张三丰").status == 404


def test_right_pairs_are_not_counted(stage: Stage) -> None:
    employer, agent = unit(stage), person(stage)
    assert {_find(stage, employer, agent.number, name=agent.name).status for _ in range(6)} == {200}


def test_another_unit_is_not_locked(stage: Stage) -> None:
    employer, other, agent = unit(stage), unit(stage, 2, "石家庄市另一家公司"), person(stage)
    for _ in range(4):
        _find(stage, employer, agent.number, name="张三丰")
    assert _find(stage, other, agent.number, name=agent.name).status == 200


def test_look_ups_have_an_end(stage: Stage) -> None:
    employer, number = unit(stage), document_of(77).number
    statuses = [_find(stage, employer, number).status for _ in range(121)]
    assert statuses == [404] * 120 + [429]


@pytest.mark.parametrize(
    ("body", "broken"),
    [
        ({"document_number": "130404199003071230"}, {"document_number": "resident_id_checksum"}),
        ({"document_number": "13040419900307123"}, {"document_number": "resident_id_length"}),
        ({"document_number": "E1"}, {"document_number": "document_number_form"}),
        ({"document_number": "E1", "document_type": "passport"}, {"document_number": "passport_form"}),
        ({"document_number": "X1234", "document_type": "other"}, {"continent": "continent_required"}),
        ({"document_type": "passport"}, {"document_number": "missing"}),
        ({"document_number": "E12345678", "document_type": "diploma"}, {"document_type": "not_in_list"}),
    ],
)
def test_a_number_that_cannot_be_is_refused(stage: Stage, body: dict[str, Any], broken: dict[str, str]) -> None:
    answered = stage.call("delegation.find_person", body, token=unit(stage).token)
    assert (answered.status, answered.broken) == (422, broken)


def test_a_person_looks_for_nobody(stage: Stage) -> None:
    agent = person(stage)
    assert _find(stage, agent, agent.number).code == "caller_kind_refused"
