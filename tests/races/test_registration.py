"""Two who register the same at once: one gets it, the others are told what is taken, and nothing of theirs stays."""

from functools import partial

import pytest

from expertgate.account.store import AccountRow
from tests.builders.accounts import code_for, person_form, unit_form
from tests.builders.numbers import Numbers
from tests.races.racing import at_once, needs_engine
from tests.stage import Stage

RACERS = 6


def _accounts() -> int:
    return sum(1 for row in AccountRow.scan() if row.pk.startswith("ACCOUNT#") and row.sk == "-")


def test_a_document_is_registered_once(stage: Stage, engine: str | None) -> None:
    needs_engine(engine)
    forms = [person_form(1, mobile=Numbers(f"racer {number}").mobile()) for number in range(RACERS)]
    ready = [form | {"sms_code": code_for(stage, "register_person", form["mobile"])} for form in forms]
    answers = at_once([partial(stage.call, "account.register_person", form) for form in ready])
    assert sorted(one.status for one in answers) == [201] + [409] * (RACERS - 1)
    assert {one.code for one in answers if one.status == 409} == {"document_registered"}
    assert _accounts() == 1


@pytest.mark.parametrize(
    ("shared", "code"), [("unit_name", "unit_name_registered"), ("uscc", "uscc_registered"), ("user_name", "user_name_registered")]
)
def test_what_a_unit_holds_alone_is_taken_once(stage: Stage, engine: str | None, shared: str, code: str) -> None:
    needs_engine(engine)
    forms = [unit_form(number) | {shared: unit_form(0)[shared]} for number in range(1, RACERS + 1)]
    ready = [form | {"sms_code": code_for(stage, "register_unit", form["mobile"])} for form in forms]
    answers = at_once([partial(stage.call, "account.register_unit", form) for form in ready])
    assert sorted(one.status for one in answers) == [201] + [409] * (RACERS - 1)
    assert {one.code for one in answers if one.status == 409} == {code}
    assert _accounts() == 1


def test_a_stem_keeps_its_legacy_name(stage: Stage, engine: str | None) -> None:
    needs_engine(engine)
    form = unit_form(1, user_name="Handan")
    taken = stage.call("account.register_unit", form | {"sms_code": code_for(stage, "register_unit", form["mobile"])})
    assert taken.status == 201
    assert stage.call("account.check_user_name", {"user_name": "WGZJXM_handan"}).json["is_taken"] is True


def test_one_key_registers_once(stage: Stage, engine: str | None) -> None:
    needs_engine(engine)
    form = person_form() | {"sms_code": code_for(stage, "register_person", person_form()["mobile"])}
    answers = at_once([partial(stage.call, "account.register_person", form, key="same-key-0001") for _ in range(3)])
    assert _accounts() == 1
    assert {one.status for one in answers} <= {201, 503}
    assert len({one.text for one in answers if one.status == 201}) == 1
