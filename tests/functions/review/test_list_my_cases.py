"""My cases: what I applied for and what was applied for in my unit's name, newest first."""

import pytest

from expertgate.caller import CallerKind
from tests.builders.cases import applicant, opened
from tests.stage import Answered, Stage, session_for

pytestmark = pytest.mark.usefixtures("workflow")


def _mine(stage: Stage, kind: CallerKind, account: str, **query: object) -> Answered:
    return stage.call("review.list_my_cases", token=session_for(stage, kind, account), query=query)


def test_cases_come_newest_first_and_paged(stage: Stage) -> None:
    cases = []
    for number in range(3):
        cases.append(opened(stage, subject=f"U{number}"))
        stage.clock.advance(minutes=1)
    first = _mine(stage, CallerKind.PERSON, "A1", size=2).json
    rest = _mine(stage, CallerKind.PERSON, "A1", size=2, cursor=first["next_cursor"]).json
    assert [one["id"] for one in first["items"] + rest["items"]] == cases[::-1]
    assert rest["next_cursor"] is None


def test_a_unit_sees_what_its_agent_applied_for(stage: Stage) -> None:
    case_id = opened(stage, applicant=applicant("AGENT", "U1"))
    for kind, account in ((CallerKind.PERSON, "AGENT"), (CallerKind.UNIT, "U1")):
        assert [one["id"] for one in _mine(stage, kind, account).json["items"]] == [case_id]


def test_a_units_own_application_is_listed_once(stage: Stage) -> None:
    case_id = opened(stage, applicant=applicant("U1", "U1"))
    assert [one["id"] for one in _mine(stage, CallerKind.UNIT, "U1").json["items"]] == [case_id]


def test_another_account_has_none(stage: Stage) -> None:
    opened(stage)
    assert _mine(stage, CallerKind.PERSON, "A2").json["items"] == []
