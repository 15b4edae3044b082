"""The end of a round is carried out once: effect, conclusion, news and the subject's freedom together."""

from typing import Any

import pytest

from expertgate import effects
from expertgate.errors.review import CaseAlreadyOpen
from expertgate.notice.store import NoticeRow
from expertgate.review.model import CaseState
from expertgate.review.store import cases as store
from tests.builders.cases import decide, desks, opened
from tests.builders.officials import official
from tests.stage import Stage

pytestmark = pytest.mark.usefixtures("workflow")


def _close(stage: Stage, case_id: str, **changed: Any) -> Any:
    return stage.run("review.close_round", {"case": case_id, "round": 1, "attempt": 1, **changed})


def _approved(stage: Stage) -> str:
    case_id = opened(stage)
    for desk in desks(stage):
        decide(stage, case_id, desk)
    return case_id


def test_an_approved_case_takes_effect_once(stage: Stage, applied: list[tuple[str, str]]) -> None:
    case_id = _approved(stage)
    assert [_close(stage, case_id), _close(stage, case_id)] == [{"state": "approved"}, {"state": "replaced"}]
    assert applied == [(case_id, "approved")]
    assert store.case(stage.world, case_id).concluded
    assert [row.template for row in NoticeRow.query("ACCOUNT#A1")] == ["unit_admission_approved"]


def test_only_then_the_subject_is_free_again(stage: Stage) -> None:
    case_id = _approved(stage)
    with pytest.raises(CaseAlreadyOpen):
        opened(stage)
    _close(stage, case_id)
    assert opened(stage) != case_id


def test_a_rejection_takes_effect_too(stage: Stage, applied: list[tuple[str, str]]) -> None:
    case_id = opened(stage)
    decide(stage, case_id, official(stage), "reject")
    _close(stage, case_id)
    assert applied == [(case_id, "rejected")]
    assert [row.template for row in NoticeRow.query("ACCOUNT#A1")] == ["unit_admission_rejected"]


def test_a_returned_case_is_settled_without_effect(stage: Stage, applied: list[tuple[str, str]]) -> None:
    case_id = opened(stage)
    decide(stage, case_id, official(stage), "return")
    assert _close(stage, case_id) == {"state": "returned"}
    assert (applied, store.case(stage.world, case_id).state) == ([], CaseState.RETURNED)


def test_a_case_in_review_is_closed_by_no_route(stage: Stage, applied: list[tuple[str, str]]) -> None:
    case_id = opened(stage)
    assert _close(stage, case_id) == {"state": "replaced"}
    assert applied == []


def test_an_execution_of_another_round_closes_nothing(stage: Stage, applied: list[tuple[str, str]]) -> None:
    assert _close(stage, _approved(stage), round=2) == {"state": "replaced"}
    assert applied == []


def test_an_effect_that_fails_can_be_tried_again(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    case_id = _approved(stage)
    monkeypatch.setattr(effects, "EFFECTS", {})
    with pytest.raises(KeyError):
        _close(stage, case_id)
    assert not store.case(stage.world, case_id).concluded
