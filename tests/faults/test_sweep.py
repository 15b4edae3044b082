"""Every call of an action fails once before and once after its effect; the repeated request ends as if nothing had failed."""

import json
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest

from expertgate.account.store import AccountRow
from expertgate.notice.model import Delivery
from expertgate.notice.store import NoticeRow
from expertgate.outbound.audit import AuditRow
from expertgate.outbound.rows import Row
from expertgate.review.store.officials import OfficialRow
from tests.conftest import TEMPLATE
from tests.faults.harness import Faults, Killed, injected, kinds_for, state, timed_out
from tests.faults.scenario import Prepare
from tests.faults.scenarios.every import ENDS_ITSELF, WITHOUT, scenarios
from tests.faults.trail import NEWS, SILENT, TRAIL
from tests.figures import tell
from tests.stage import Answered, open_stage
from tests.tree.house import doors

_TRIES = 3
_DEAD = Answered(0, None, {}, "the process was killed")
_SAMPLE = {(False, "timeout"), (True, "killed")}
_WRITES = re.compile(r"Put|Update|Delete|Write|Publish|Start|Send")


@dataclass(frozen=True)
class _Played:
    answers: list[Answered]
    state: Counter[str]
    news: list[str] = field(default_factory=list)


def _play(prepare: Prepare, engine: str | None, faults: Faults) -> _Played:
    """Play a scenario with a fault, repeat until it is answered, let what is left settle."""
    with open_stage(TEMPLATE, engine) as stage:
        send = prepare(stage)
        answers = []
        with injected(faults):
            try:
                answers.append(send())
            except Killed:
                answers.append(_DEAD)
        stage.world.keys.reload()
        while (answers[-1] is _DEAD or answers[-1].status >= 500) and len(answers) < _TRIES:
            answers.append(send())
        news = _news(faults) if faults.fail_at is None else []  # only the play without a fault is held to it
        stage.plays.get("settle", lambda: None)()
        return _Played(answers, state(TEMPLATE, timeless=stage.plays.get("timeless", False)), news)


def _sweep(action: str, engine: str | None, *, whole: bool) -> tuple[int, int]:
    """Try all faults at each call, or two at the last write; return how many calls and faults there were.

    Without a fault the action must leave in the audit, and tell, what the trail says.
    """
    prepare, calm, tried = scenarios()[action], Faults(), 0
    expected = _play(prepare, engine, calm)
    assert expected.answers[0].status in {200, 201, 202}, expected.answers[0].text
    assert _on_record(calm) == TRAIL.get(action, set()), f"{action} leaves {_on_record(calm)} in the audit"
    assert expected.news == NEWS.get(action, []), f"{action} tells {expected.news}"
    last = max(number for number, call in enumerate(calm.calls) if _WRITES.search(call))
    for number, call in enumerate(calm.calls):
        for after, name, kind in kinds_for(call):
            if whole or ((after, name) in _SAMPLE and number == last):
                tried += 1
                told = f"{call} (call {number}): {name} {'after' if after else 'before'} its effect"
                got = _play(prepare, engine, Faults(number, after, kind))
                _compare(expected, got, told, *([401] if action in ENDS_ITSELF else []))
    return len(calm.calls), tried


def _on_record(faults: Faults) -> set[str]:
    """Return the tags of the audit rows that were written, each in the transaction of what it tells of."""
    return {item["tag"]["S"] for item in _put(AuditRow, faults)}


def _news(faults: Faults) -> list[str]:
    """Return each notice that was written in a transaction: template and who gets it, with an SMS where one goes out."""
    return sorted(f"{item['template']['S']}: {_receiver(item)}" for item in _put(NoticeRow, faults))


def _receiver(item: dict[str, Any]) -> str:
    box, _, of = str(item["pk"]["S"]).partition("#")
    if box != "ACCOUNT":
        return box.lower()
    official, account = OfficialRow.find(f"OFFICIAL#{of}", "META"), AccountRow.find(f"ACCOUNT#{of}")
    who = "official" if official else str(account.kind) if account else "applicant"
    return f"{who} by SMS" if item["delivery"]["S"] == Delivery.QUEUED else who


def _put(row: type[Row], faults: Faults) -> Iterator[dict[str, Any]]:
    """Yield the rows of a class that were put in transactions."""
    changes = [json.loads(one["body"])["TransactItems"] for one in faults.requests if "TransactItems" in str(one["body"])]
    puts = [line["Put"] for change in changes for line in change if "Put" in line]
    return (put["Item"] for put in puts if put["TableName"] == row.Meta.table_name)


def _compare(expected: _Played, got: _Played, told: str, *more: int) -> None:
    wanted = {expected.answers[0].status, *more}
    assert {one.status for one in got.answers} <= {*wanted, 503, _DEAD.status}, f"{told}: {[one.text for one in got.answers]}"
    assert got.answers[-1].status in wanted, f"{told}: {got.answers[-1].text}"
    assert got.state == expected.state, f"{told}: {got.state - expected.state} instead of {expected.state - got.state}"


@pytest.mark.parametrize("action", scenarios())
def test_a_repeat_after_some_faults_ends_as_without(action: str, engine: str | None) -> None:
    calls, tried = _sweep(action, engine, whole=False)
    assert calls > 0
    assert tried > 0


@pytest.mark.slow
@pytest.mark.parametrize("action", scenarios())
def test_a_repeat_after_any_fault_ends_as_without(action: str, engine: str | None) -> None:
    calls, tried = _sweep(action, engine, whole=True)
    tell("faults", action=action, calls=calls, tried=tried, survived=tried)


def test_the_harness_sees_what_differs(engine: str | None) -> None:
    prepare = scenarios()["account.send_sms_code"]
    calm = Faults()
    expected = _play(prepare, engine, calm)
    lost = calm.calls.index("dynamodb.TransactWriteItems")
    with pytest.raises(AssertionError, match="instead of"):
        _compare(expected, _Played(expected.answers, Counter()), "a lost state")
    assert _play(prepare, engine, Faults(lost, after=False, error=timed_out)).answers[0].status == 503


def test_every_changing_action_is_swept() -> None:
    swept = {name.partition(":")[0] for name in scenarios()}
    changing = {str(action) for action in doors() if _changes(action.module())}
    assert sorted(changing - swept - set(WITHOUT)) == []
    assert sorted((swept | set(WITHOUT)) - changing) == []


def test_every_change_is_on_record_or_says_why_not() -> None:
    assert sorted(scenarios().keys() ^ (TRAIL | SILENT).keys()) == []
    assert sorted(TRAIL.keys() & SILENT.keys()) == []
    assert sorted(NEWS.keys() - scenarios().keys()) == []


def _changes(module: object) -> bool:
    """Tell whether a door's method changes something; a task always does."""
    app = getattr(module, "app", None)
    if app is None:
        return True
    (route,) = app._static_routes + app._dynamic_routes
    return bool(route.method.upper() != "GET")
