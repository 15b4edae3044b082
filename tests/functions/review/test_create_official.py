"""Officials are named by the national administrator, once by user name, with duties their bureau has."""

from typing import Any

import pytest

from expertgate.review.model import Duty
from tests.builders.officials import HANDAN, NATIONAL, official
from tests.stage import Answered, Stage

LI = {
    "user_name": "handan_li",
    "name": "李晓波",
    "mobile": "13800138000",
    "document_type": "passport",
    "document_number": "E12345678",
    "bureau": HANDAN,
    "duties": ["reviewer"],
}


def _create(stage: Stage, *duties: Duty, **changed: Any) -> Answered:
    administrator = official(stage, NATIONAL, *(duties or (Duty.ADMINISTRATOR,)))
    return stage.call("review.create_official", {**LI, **changed}, token=administrator.token)


def test_an_administrator_names_an_official(stage: Stage) -> None:
    answered = _create(stage)
    assert (answered.status, answered.json["status"], answered.json["bureau"]) == (201, "invited", HANDAN)
    assert len(answered.json["enrolment_code"]) > 40


def test_a_reviewer_names_nobody(stage: Stage) -> None:
    answered = _create(stage, Duty.REVIEWER)
    assert (answered.status, answered.code) == (403, "duty_missing")


def test_a_user_name_is_given_once_in_any_case(stage: Stage) -> None:
    _create(stage)
    answered = _create(stage, user_name="Handan_LI", document_number="E87654321")
    assert (answered.status, answered.code) == (409, "official_name_taken")


def test_one_person_has_one_account(stage: Stage) -> None:
    _create(stage)
    answered = _create(stage, user_name="another_name")
    assert (answered.status, answered.code) == (409, "official_exists")


@pytest.mark.parametrize(
    ("bureau", "duties"),
    [(HANDAN, ["operator"]), (HANDAN, ["administrator"]), ("platform", ["reviewer"]), (NATIONAL, ["support"])],
)
def test_duties_must_fit_the_bureau(stage: Stage, bureau: str, duties: list[str]) -> None:
    answered = _create(stage, bureau=bureau, duties=duties)
    assert (answered.status, answered.code) == (422, "duties_unfit")
    assert duties[0] not in answered.json["title"]  # the code; the sentence has its name


@pytest.mark.parametrize(
    ("changed", "field", "rule"),
    [
        ({"document_type": "resident_id", "document_number": "110101199003070010"}, "document_number", "resident_id_checksum"),
        ({"mobile": "12345"}, "mobile", "mobile_form"),
        ({"bureau": "999999"}, "bureau", "bureau_unknown"),
        ({"duties": []}, "duties", "required"),
    ],
)
def test_a_wrong_field_is_named(stage: Stage, changed: dict[str, Any], field: str, rule: str) -> None:
    assert _create(stage, **changed).broken == {field: rule}
