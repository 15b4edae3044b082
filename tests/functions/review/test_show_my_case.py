"""An applicant reads all that was said of his case, but not who said it."""

import pytest

from expertgate.caller import CallerKind
from expertgate.review.actions.opening import resubmit
from expertgate.review.store import cases as store
from tests.builders.cases import FORM, applicant, as_system, claim, decide, opened
from tests.builders.officials import NATIONAL, PLATFORM, official
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


def test_the_other_side_of_a_duplicate_is_not_shown(stage: Stage) -> None:
    pair: dict[str, object] = {
        "held": {"name": "李晓波", "mobile": "+8613800138000"},
        "others": [{"name": "王小明", "mobile": "+8613800138000"}],
    }
    case_id = opened(stage, kind="duplicate_hold", bureau=None, form=pair)
    answered = _show(stage, case_id)
    assert answered.json["rounds"][0]["form"] == {"held": pair["held"]}
    assert "王小明" not in answered.text
    desk = official(stage, PLATFORM)
    claim(stage, case_id, desk)
    assert stage.call("review.show_case", token=desk.token, path={"case_id": case_id}).json["rounds"][0]["form"] == pair


def test_the_unit_sees_its_agents_case_masked(stage: Stage) -> None:
    case_id = opened(stage, kind="member_admission", applicant=applicant("AGENT", "U1"))
    token = session_for(stage, CallerKind.UNIT, "U1")
    shown = stage.call("review.show_my_case", token=token, path={"case_id": case_id})
    assert (shown.status, shown.json["rounds"][0]["form"]["contact"]["mobile"]) == (200, "138****8000")
    assert _show(stage, case_id, "AGENT").json["rounds"][0]["form"] == FORM


def test_every_round_stays_readable_for_ever(stage: Stage) -> None:
    case_id, desk = opened(stage, bureau="100000"), official(stage, NATIONAL)
    for number in range(3):
        decide(stage, case_id, desk, "return", remarks=[{"field": "basic.staff", "text": f"第{number}次"}])
        change = as_system(stage)
        resubmit(change, store.case(stage.world, case_id), {**FORM, "basic": {"name": "青岛海洋研究所", "staff": 121 + number}}, [])
        change.commit(None)
    decide(stage, case_id, desk)
    stage.run("review.close_round", {"case": case_id, "round": 4, "attempt": 1})
    stage.clock.advance(days=10 * 365)
    shown = _show(stage, case_id).json
    assert (shown["case"]["concluded"], [one["form"]["basic"]["staff"] for one in shown["rounds"]]) == (True, [120, 121, 122, 123])
    said = [one["decisions"][0]["remarks"] for one in shown["rounds"][:3]]
    assert said == [[{"field": "basic.staff", "text": f"第{number}次"}] for number in range(3)]
    assert [[one["field"] for one in each["differences"]] for each in shown["rounds"]] == [[], *[["basic.staff"]] * 3]
    again = stage.call("review.show_case", token=official(stage, NATIONAL).token, path={"case_id": case_id}).json["rounds"]
    assert [one["form"]["basic"] for one in again] == [one["form"]["basic"] for one in shown["rounds"]]
    assert [one["differences"] for one in again] == [one["differences"] for one in shown["rounds"]]


def test_somebody_elses_case_is_not_found(stage: Stage) -> None:
    answered = _show(stage, opened(stage), "A2")
    assert (answered.status, answered.code) == (404, "case_unknown")
