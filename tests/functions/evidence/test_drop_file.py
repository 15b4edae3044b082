"""A checked file that no case took is kept a month and then gone, row and copy; what a case has stays."""

import os
from typing import Any

import pytest

from expertgate.caller import CallerKind
from expertgate.errors.evidence import EvidenceMissing
from expertgate.evidence import store
from expertgate.evidence.actions.files import bind, require
from expertgate.outbound.aws import client
from expertgate.outbound.rows import Row
from expertgate.settings import DAY, LIMITS
from tests.builders.cases import as_system
from tests.builders.evidence import a_checked_file
from tests.stage import Stage, session_for

_PURPOSE = "bank_page"


def _row(evidence_id: str) -> store.EvidenceRow:
    row = store.find(evidence_id)
    assert row is not None
    return row


def _bound(stage: Stage, evidence_id: str) -> None:
    change = as_system(stage)
    bind(change, evidence_id, "C1")
    change.commit(None)


def _removed(row: Row, name: str = "REMOVE") -> dict[str, Any]:
    return {"Records": [{"eventName": name, "dynamodb": {"OldImage": row.serialize(), "SequenceNumber": "1"}}]}


def _kept() -> int:
    return len(client("s3").list_objects_v2(Bucket=os.environ["EVIDENCE_BUCKET"]).get("Contents", []))


def test_a_file_nobody_used_goes_with_its_row(stage: Stage) -> None:
    row = _row(a_checked_file(stage, "A1", _PURPOSE))
    assert row.expires == int(stage.clock.now().timestamp()) + 30 * DAY
    assert _kept() == 1
    for _ in range(2):
        assert stage.run("evidence.drop_file", _removed(row)) == {"batchItemFailures": []}
    assert _kept() == 0


def test_a_file_of_a_case_is_never_dropped(stage: Stage) -> None:
    evidence_id = a_checked_file(stage, "A1", _PURPOSE)
    _bound(stage, evidence_id)
    assert _row(evidence_id).expires is None
    stage.run("evidence.drop_file", _removed(_row(evidence_id)))
    assert _kept() == 1
    stage.clock.advance(days=400)
    assert require(stage.world, evidence_id, "A1", _PURPOSE, "C1").sha256


def test_only_a_row_that_is_gone_drops_its_file(stage: Stage) -> None:
    row = _row(a_checked_file(stage, "A1", _PURPOSE))
    stage.run("evidence.drop_file", _removed(row, "MODIFY"))
    assert _kept() == 1


def test_a_file_that_is_over_is_used_no_more(stage: Stage) -> None:
    evidence_id = a_checked_file(stage, "A1", _PURPOSE)
    stage.clock.advance(seconds=LIMITS.evidence_unused_life - 1)
    assert require(stage.world, evidence_id, "A1", _PURPOSE).sha256
    stage.clock.advance(seconds=1)
    with pytest.raises(EvidenceMissing):
        require(stage.world, evidence_id, "A1", _PURPOSE)
    token = session_for(stage, CallerKind.PERSON, "A1")
    assert stage.call("evidence.show_evidence", token=token, path={"evidence_id": evidence_id}).status == 404
