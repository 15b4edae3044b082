"""After the ring turned every row is sealed anew, readable at any moment, and the old generation goes."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from copy import replace
from typing import Any

import pytest

from expertgate.caller import system
from expertgate.notice.actions.telling import account, tell
from expertgate.notice.store import NoticeRow
from expertgate.outbound.change import Change
from expertgate.outbound.keys import Keys, SealBroken, generation_of
from expertgate.outbound.ring import load_ring
from expertgate.platform import store
from expertgate.platform.actions import keys as acting
from expertgate.settings import LIMITS
from infra.local import naming
from tests.builders.keys import prepared
from tests.permissions import is_permitted
from tests.stage import Stage

OLD = {"instead_of": "00000001"}
RESEAL = "platform.reseal_rows"


def _tell(stage: Stage, number: int) -> None:
    change = Change(stage.world, system("test"))
    tell(change, account(f"A{number}"), "grant_bound", unit=f"单位{number}")
    change.commit(None)


def _rows() -> list[NoticeRow]:
    return list(NoticeRow.scan())


def _generations() -> set[str]:
    return {generation_of(bytes(row.sealed)) for row in _rows()}


def _finished(stage: Stage) -> str:
    """Run the task as its schedule would until the older generation is gone."""
    for _ in range(60):
        state = str(stage.run(RESEAL)["state"])
        if state == "retired":
            break
        stage.clock.advance(minutes=5)
    return state


def test_without_older_keys_nothing_is_done(stage: Stage) -> None:
    prepared(stage)
    assert stage.run(RESEAL) == {"state": "nothing_to_do", "resealed": 0}


def test_every_row_leaves_the_old_key(stage: Stage) -> None:
    keys = prepared(stage)
    for number in range(5):
        _tell(stage, number)
    before = {row.pk: row.unseal(keys) for row in _rows()}
    stage.run("platform.rotate_keys", OLD)
    assert stage.run(RESEAL) == {"state": "waiting", "resealed": 6}
    assert _generations() == {"00000002"}
    assert _finished(stage) == "retired"
    assert set(load_ring().roots) == {"00000000", "00000002"}
    assert {row.pk: row.unseal(Keys(load_ring)) for row in _rows()} == before


def test_a_document_written_back_late_keeps_the_key(stage: Stage) -> None:
    prepared(stage)
    _tell(stage, 1)
    late = _rows()[0]
    stage.run("platform.rotate_keys", OLD)
    stage.run(RESEAL)
    late.save()
    stage.clock.advance(seconds=LIMITS.reseal_grace)
    assert stage.run(RESEAL) == {"state": "waiting", "resealed": 1}
    assert set(load_ring().roots) == {"00000000", "00000001", "00000002"}
    assert _finished(stage) == "retired"


def test_a_row_nobody_can_open_keeps_the_key(stage: Stage) -> None:
    prepared(stage)
    _tell(stage, 1)
    stage.run("platform.rotate_keys", OLD)
    row = _rows()[0]
    row.sealed = row.sealed[:-1] + bytes([row.sealed[-1] ^ 1])
    row.save()
    for _ in range(2):
        with pytest.raises(SealBroken):
            stage.run(RESEAL)
        stage.clock.advance(seconds=LIMITS.reseal_grace)
    assert "00000001" in load_ring().roots


def test_a_stopped_pass_goes_on_where_it_was(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    prepared(stage)
    for number in range(7):
        _tell(stage, number)
    monkeypatch.setattr(store, "LIMITS", replace(LIMITS, reseal_page_rows=2))
    monkeypatch.setattr(acting, "LIMITS", replace(LIMITS, reseal_pages=1))
    stage.run("platform.rotate_keys", OLD)
    done: list[dict[str, Any]] = []
    while not done or done[-1]["state"] == "resealing":
        done.append(stage.run(RESEAL))
    assert sum(one["resealed"] for one in done) == 8  # seven of ours and the key of entry tickets
    assert max(one["resealed"] for one in done) == 2


def test_under_load_every_row_stays_readable(stage: Stage, engine: str | None) -> None:
    if engine is None:
        pytest.skip("threads need dynoxide")
    keys = prepared(stage)
    for number in range(40):
        _tell(stage, number)

    def read_all() -> int:
        return sum(row.unseal(keys)["facts"]["unit"].startswith("单位") for row in _rows())

    works: list[Callable[[], object]] = [read_all, lambda: _tell(stage, 100), lambda: stage.run(RESEAL)]
    with ThreadPoolExecutor(4) as pool:
        waiting = [pool.submit(works[turn % 2]) for turn in range(12)]
        stage.run("platform.rotate_keys", OLD)
        waiting += [pool.submit(works[turn % 3]) for turn in range(18)]
        for one in waiting:
            one.result()
    assert read_all() == len(_rows()) >= 40
    assert _finished(stage) == "retired"
    assert _generations() == {"00000002"}
    assert read_all() == len(_rows())


def test_every_table_with_rows_may_be_walked() -> None:
    tables = [naming.arn("AWS::DynamoDB::Table", name) for name in store.sealed_tables()]
    refused = [use for table in tables for verb in ("Scan", "UpdateItem") if not is_permitted(RESEAL, use := (f"dynamodb:{verb}", table))]
    assert refused == []
