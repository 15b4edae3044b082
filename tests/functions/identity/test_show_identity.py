"""What an account sees of its identity, and what it is told to do next."""

import pytest

from expertgate.account.model import RealName, RealPerson
from expertgate.caller import CallerKind
from tests.builders.people import a_person, a_unit, a_verified_person, token_of
from tests.stage import Stage, session_for

BARE = {"name": None, "document": None}


@pytest.mark.parametrize(
    ("about", "steps"),
    [
        (BARE, ["complete_information", "check_real_name", "start_face_check"]),
        ({}, ["check_real_name", "start_face_check"]),
        ({"real_name": RealName.FAILED}, ["correct_information", "submit_evidence", "start_face_check"]),
        ({"real_name": RealName.IN_REVIEW}, ["await_review", "start_face_check"]),
        ({"real_name": RealName.PASSED}, ["start_face_check"]),
        ({"real_name": RealName.PASSED, "real_person": RealPerson.TO_BE_RENEWED}, ["start_face_check"]),
    ],
)
def test_a_person_is_told_what_comes_next(stage: Stage, about: dict[str, object], steps: list[str]) -> None:
    shown = stage.call("identity.show_identity", token=token_of(stage, a_person(stage, **about))).json
    assert [one["step"] for one in shown["next"]] == steps


def test_a_verified_person_has_nothing_to_do(stage: Stage) -> None:
    shown = stage.call("identity.show_identity", token=token_of(stage, a_verified_person(stage)), language="en").json
    assert (shown["real_name_message"], shown["real_person_message"], shown["next"]) == (
        "Real-name check passed",
        "Real-person check passed",
        [],
    )


def test_the_last_comparison_stays_readable(stage: Stage) -> None:
    token = token_of(stage, a_unit(stage))
    stage.call("identity.check_real_name", token=token)
    shown = stage.call("identity.show_identity", token=token).json
    assert shown["checked_at"] == "2026-03-02T01:00:00.000Z"
    assert {one["message"] for one in shown["parts"]} == {"与权威数据一致"}


def test_a_session_without_account_sees_nothing(stage: Stage) -> None:
    assert stage.call("identity.show_identity", token=session_for(stage, CallerKind.PERSON, "NOBODY")).code == "identity_unknown"
