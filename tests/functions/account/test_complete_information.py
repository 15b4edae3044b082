"""Completing the information of an account that has said nothing yet: every starred field, compared at once."""

from typing import Any

import pytest

from expertgate.account.store import account
from tests.builders.accounts import a_person, a_unit, an_app_person, log_in, person_form, register_person
from tests.stage import Stage

FORM = {name: person_form(5)[name] for name in ("document_type", "document_number", "name", "validity")}


def test_completed_information_is_compared_at_once(stage: Stage) -> None:
    made = an_app_person(stage)
    answered = stage.call("account.complete_information", FORM, token=made.token)
    assert (answered.status, answered.json["real_name"], answered.json["missing"]) == (201, "passed", ["check_real_person"])
    kept = account(stage.world, made.id)
    assert kept is not None
    assert kept.document is not None
    assert (kept.name, str(kept.document.valid_to)) == ("陈晓波", "2040-03-01")
    assert log_in(stage, FORM["document_number"]).json["account_id"] == made.id


@pytest.mark.parametrize(
    ("changed", "broken"),
    [
        ({"validity": None}, {"validity": "wrong_type"}),
        ({"validity": {"start": "2020-03-01"}}, {"validity.end": "validity_end_required"}),
        ({"validity": {"start": "2020-03-01", "end": "2041-03-01", "term": "20"}}, {"validity.end": "validity_disagrees"}),
        ({"validity": {"start": 1583020800, "term": "20"}}, {"validity.start": "day_form"}),
        ({"validity": {"start": "2020-03-01T00:00:00Z", "term": "20"}}, {"validity.start": "day_form"}),
        ({"validity": {"start": "2020-03-01", "end": "9999-12-31"}}, {"validity.end": "day_form"}),
        ({"name": ""}, {"name": "required"}),
        ({"document_number": "1"}, {"document_number": "resident_id_length"}),
        ({"document_type": "other", "document_number": "AB1234"}, {"continent": "continent_required"}),
    ],
)
def test_every_starred_field_is_needed(stage: Stage, changed: dict[str, Any], broken: dict[str, str]) -> None:
    made = an_app_person(stage)
    answered = stage.call("account.complete_information", FORM | changed, token=made.token)
    assert (answered.status, answered.broken) == (422, broken)
    assert stage.call("account.show_account", token=made.token).json["document"] is None


def test_an_empty_field_is_not_told_a_length(stage: Stage) -> None:
    answered = stage.call("account.complete_information", FORM | {"name": " "}, token=an_app_person(stage).token)
    assert [one["message"] for one in answered.json["errors"]] == ["请填写此项"]


@pytest.mark.parametrize("term", ["5", "10", "20", "long_term"])
def test_each_term_is_taken(stage: Stage, term: str) -> None:
    made = an_app_person(stage)
    validity = {"start": "2024-03-01", "term": term}
    assert stage.call("account.complete_information", FORM | {"validity": validity}, token=made.token).status == 201
    page = stage.call("account.show_account", token=made.token).json
    assert page["document"]["is_long_term"] == (term == "long_term")


def test_a_validity_is_read_as_people_write_days(stage: Stage) -> None:
    made = an_app_person(stage)
    validity = {"start": "2020年3月1日", "end": "2040/3/1"}
    assert stage.call("account.complete_information", FORM | {"validity": validity}, token=made.token).status == 201
    page = stage.call("account.show_account", token=made.token).json
    assert (page["document"]["valid_from"], page["document"]["valid_to"]) == ("2020-03-01", "2040-03-01")


def test_a_document_of_another_account_is_refused(stage: Stage) -> None:
    a_person(stage, 5)
    made = an_app_person(stage)
    answered = stage.call("account.complete_information", FORM, token=made.token)
    assert (answered.status, answered.code) == (409, "document_registered")
    assert stage.call("account.show_account", token=made.token).json["document"] is None


def test_complete_information_is_not_completed_twice(stage: Stage) -> None:
    made = a_person(stage)
    assert stage.call("account.complete_information", FORM, token=made.token).code == "information_complete"


def test_a_bound_number_is_not_replaced_by_completing(stage: Stage) -> None:
    made = a_person(stage, validity=None)
    assert stage.call("account.complete_information", FORM, token=made.token).code == "document_bound"
    own = FORM | {"document_number": made.form["document_number"]}
    assert stage.call("account.complete_information", own, token=made.token).json["missing"] == ["check_real_person"]


def test_units_complete_elsewhere(stage: Stage) -> None:
    assert stage.call("account.complete_information", FORM, token=a_unit(stage).token).code == "caller_kind_refused"


def test_a_number_that_was_not_confirmed_is_let_go(stage: Stage) -> None:
    made = a_person(stage, validity=None, document_number="130403198103111018", name="王建国")
    answered = stage.call("account.complete_information", FORM, token=made.token)
    assert (answered.status, answered.json["missing"]) == (201, ["check_real_person"])
    other = person_form(7, document_number="130403198103111018", name="王建国")
    assert register_person(stage, other).status == 201
