"""What an account from an old platform brings along, and what its holder does first: the old reserved address, the old password."""

import hashlib

import pytest

from expertgate.account.legacy import reading
from tests.builders.accounts import log_in
from tests.builders.imports import account_named, counts, import_file, in_small_parts
from tests.builders.legacy import a_moved_person, a_moved_unit, as_csv
from tests.builders.people import again, token_of
from tests.builders.recoveries import NEW_PASSWORD, begin
from tests.stage import Stage

OLD = "Qk7mZrtw2Xb"
HASHED = {"password_scheme": "md5", "password_digest": hashlib.md5(OLD.encode(), usedforsecurity=False).hexdigest()}
NAMELESS = {"name": "", "document_type": "", "document_number": "", "mobile": ""}


@pytest.fixture(autouse=True)
def small_parts(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    in_small_parts(monkeypatch)


def test_a_reserved_address_recovers_the_password(stage: Stage) -> None:
    import_file(stage, as_csv(a_moved_person(1, **NAMELESS)))
    recovery = begin(stage, "person_password_by_email", login_name="WGZJXM_person_1")
    assert recovery.prove_email("p1@example.com").json["next"]["step"] == "set_password"
    assert recovery.set_password().status == 200
    assert log_in(stage, "person_1", NEW_PASSWORD).status == 201


def test_the_address_of_a_moved_unit_is_text(stage: Stage) -> None:
    import_file(stage, as_csv(a_moved_unit(2, email="unit@example.com")))
    unit = account_named(stage, "unit_2")
    assert (unit.email, unit.proven_email) == ("unit@example.com", None)


def test_files_from_before_addresses_counted_are_unchanged(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    data = as_csv(a_moved_person(1))
    with monkeypatch.context() as before:
        before.setattr(reading, "is_reserved", lambda *_: False)
        import_file(stage, data)
    assert import_file(stage, data, sequencer="2") == counts(0, 1, 0)


def test_the_old_password_is_no_new_one(stage: Stage) -> None:
    import_file(stage, as_csv(a_moved_person(1, **HASHED)))
    ticket = log_in(stage, "person_1", OLD).json["facts"]["ticket"]
    new = {"ticket": ticket, "password": OLD, "password_confirmation": OLD}
    assert stage.call("account.set_password", new).broken == {"password": "password_unchanged"}
    assert stage.call("account.set_password", new | dict.fromkeys(("password", "password_confirmation"), NEW_PASSWORD)).status == 201


def test_a_unit_without_mobile_gives_its_agents(stage: Stage) -> None:
    import_file(stage, as_csv(a_moved_unit(2, mobile="")))
    unit = account_named(stage, "unit_2")
    agent = {"document_type": "resident_id", "document_number": a_moved_person(9)["document_number"], "name": "吴小敏"}
    body = {"version": 1, "main_agent": agent}
    token = token_of(stage, unit)
    assert stage.call("account.change_information", body, token=token).broken == {"main_agent.mobile": "missing"}
    assert stage.call("account.change_information", body | {"main_agent": agent | {"mobile": "13900000009"}}, token=token).status == 200
    facts = again(stage, unit).unit
    assert facts is not None
    assert facts.main_agent is not None
    assert facts.main_agent.mobile == "+8613900000009"
