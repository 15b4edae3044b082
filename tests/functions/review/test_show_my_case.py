"""An applicant reads all that was said of his case, but not who said it."""

import pytest

from expertgate.caller import CallerKind
from tests.builders.cases import FORM, decide, opened
from tests.builders.officials import official
from tests.stage import Answered, Stage, session_for

pytestmark = pytest.mark.usefixtures("workflow")


def _show(stage: Stage, case_id: str, account: str = "A1") -> Answered:
    token = session_for(stage, CallerKind.PERSON, account)
    return stage.call("review.show_my_case", token=token, path={"case_id": case_id})


def test_remarks_of_a_return_are_readable(stage: Stage) -> None:
    case_id = opened(stage)
    decide(stage, case_id, official(stage), "return")
    shown = _show(stage, case_id).json
    (decision,) = shown["rounds"][0]["decisions"]
    assert decision["remarks"] == [{"field": "basic.name", "text": "与证照不符"}]
    assert (decision["bureau_name"], decision["official_id"]) == ("邯郸市外国专家局", None)
    assert (shown["open_fields"], shown["deeds"]) == (["basic.name"], [])


def test_his_own_form_is_shown_in_full(stage: Stage) -> None:
    assert _show(stage, opened(stage)).json["rounds"][0]["form"] == FORM


def test_somebody_elses_case_is_not_found(stage: Stage) -> None:
    answered = _show(stage, opened(stage), "A2")
    assert (answered.status, answered.code) == (404, "case_unknown")
