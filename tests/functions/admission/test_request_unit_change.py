"""An admitted unit asks for a change, reviewed by its bureau and the nation."""

from typing import Any

import pytest

from expertgate.admission.store import standings
from expertgate.evidence.model import Purpose
from expertgate.review.model import CaseState
from expertgate.review.store import cases
from tests.builders.admission import administered, asked, checked_picture, concluded, unit_form
from tests.builders.cases import claim, decide, desks
from tests.builders.grants import Somebody, document_of, mobiles_told, person
from tests.builders.officials import official
from tests.builders.people import with_facts
from tests.stage import Stage


def change_form(stage: Stage, employer: Somebody, **changed: Any) -> dict[str, Any]:
    """Return the three parts of a change, with pictures of the unit's own account."""
    form = unit_form(stage, employer, 51, **changed)
    pictures = {one.value: checked_picture(stage, employer.id, one) for one in (Purpose.REGISTRATION_PROOF, Purpose.BANK_PAGE)}
    return {"basic": form["basic"], "introduction": form["introduction"], "attachments": pictures}


def test_an_approved_change_takes_its_place(stage: Stage) -> None:
    employer, _ = administered(stage)
    answered = asked(stage, "request_unit_change", employer, employer, change_form(stage, employer, basic__staff=500))
    assert answered.status == 201
    case = cases.case(stage.world, answered.json["case_id"])
    assert (case.kind, [level.bureau for level in case.chain]) == ("unit_change", ["130400", "130000", "100000"])
    row = standings.unit(employer.id)
    assert row is not None
    assert standings.form_of(stage.world, row)["basic"]["staff"] == 120
    concluded(stage, case.id)
    row = standings.unit(employer.id)
    assert row is not None
    form = standings.form_of(stage.world, row)
    assert (form["basic"]["staff"], form["account"]["user_name"]) == (500, "user_51")


def test_a_unit_that_moves_is_its_new_bureaus(stage: Stage) -> None:
    employer, _ = administered(stage)
    moving = asked(stage, "request_unit_change", employer, employer, change_form(stage, employer, basic__bureau="130100"))
    concluded(stage, moving.json["case_id"])
    later = asked(stage, "request_unit_change", employer, employer, change_form(stage, employer, basic__bureau="130100"))
    assert [cases.case(stage.world, one.json["case_id"]).here.bureau for one in (moving, later)] == ["130400", "130100"]


def test_nobody_behind_the_unit_decides_its_change(stage: Stage) -> None:
    employer, _ = administered(stage)
    case_id = asked(stage, "request_unit_change", employer, employer, change_form(stage, employer)).json["case_id"]
    assert claim(stage, case_id, official(stage, document=document_of(20_001))).code == "own_case"  # the legal representative


def test_the_reviewer_sees_what_is_to_change(stage: Stage) -> None:
    employer, _ = administered(stage)
    answered = asked(stage, "request_unit_change", employer, employer, change_form(stage, employer, basic__staff=500))
    desk = official(stage)
    shown = stage.call("review.show_case", token=desk.token, path={"case_id": answered.json["case_id"]}).json["rounds"][0]
    changed = {one["field"]: (one["before"], one["after"]) for one in shown["differences"]}
    assert changed["basic.staff"] == (120, 500)
    assert "basic.address_en" not in changed


def test_a_rejected_change_changes_nothing(stage: Stage) -> None:
    employer, _ = administered(stage)
    answered = asked(stage, "request_unit_change", employer, employer, change_form(stage, employer, basic__staff=500))
    concluded(stage, answered.json["case_id"], CaseState.REJECTED)
    row = standings.unit(employer.id)
    assert row is not None
    assert standings.form_of(stage.world, row)["basic"]["staff"] == 120


def test_one_change_at_a_time(stage: Stage) -> None:
    employer, _ = administered(stage)
    asked(stage, "request_unit_change", employer, employer, change_form(stage, employer))
    again = asked(stage, "request_unit_change", employer, employer, change_form(stage, employer))
    assert (again.status, again.code) == (409, "case_already_open")


def test_only_the_administrator_asks(stage: Stage) -> None:
    employer, agent = administered(stage)
    answered = asked(stage, "request_unit_change", agent, employer, change_form(stage, employer))
    assert (answered.status, answered.code) == (403, "not_the_administrator")


def _asked_and_moved(stage: Stage, mobile: str | None) -> tuple[str, str]:
    """Return who asked for a change and has had another mobile since, and the case."""
    employer, _ = administered(stage)
    case_id = asked(stage, "request_unit_change", employer, employer, change_form(stage, employer)).json["case_id"]
    with_facts(stage, employer.id, mobile=mobile)
    return employer.id, case_id


@pytest.mark.parametrize("mobile", ["+8613700009999", None])
@pytest.mark.parametrize(
    ("template", "said"),
    [
        ("unit_change_returned", {"outcome": "return", "remarks": [{"field": "basic.staff", "text": "与社保记录不符"}]}),
        ("unit_change_rejected", {"outcome": "reject"}),
    ],
)
def test_what_is_decided_reaches_the_mobile_of_now(stage: Stage, template: str, said: dict[str, Any], mobile: str | None) -> None:
    account_id, case_id = _asked_and_moved(stage, mobile)
    person(stage, 77)  # the reviewer has an account himself, which makes his decision ask the most
    assert decide(stage, case_id, official(stage, document=document_of(77)), **said).status == 201
    assert mobiles_told(stage, account_id, template) == [mobile]


def test_an_approval_reaches_the_mobile_of_now(stage: Stage) -> None:
    account_id, case_id = _asked_and_moved(stage, "+8613700009999")
    for desk in desks(stage):
        assert decide(stage, case_id, desk).status == 201
    stage.run("review.close_round", {"case": case_id, "round": 1, "attempt": 1})
    assert mobiles_told(stage, account_id, "unit_change_approved") == ["+8613700009999"]
