"""What a join leaves as it was, and what it takes along: history is nobody's to rewrite, and what the newcomer had stays his."""

import pytest

from expertgate.admission.model import MemberRole, Standing
from expertgate.admission.store import standings
from expertgate.admission.store.marks import PairRow
from expertgate.admission.store.standings import MemberRow, UnitRow
from tests.builders.cases import as_system
from tests.builders.holds import settled, suspended_member
from tests.stage import Stage

_ELSEWHERE, _HEIR = "01KJPZ5B800000000000000001", "01KJPZ5B700000000000000009"


def _member(unit_id: str, account_id: str) -> MemberRow:
    row = standings.member(unit_id, account_id)
    assert row is not None
    return row


def _elsewhere(stage: Stage, account_id: str, standing: Standing) -> None:
    """Let an account be a user of another unit, too, or have been one."""
    row = MemberRow(pk=standings.unit_key(_ELSEWHERE), sk=standings.member_key(account_id), marks=[])
    row.standing, row.role, row.submitted_at = standing, MemberRole.UNIT_APPLICANT, "2026-01-05T01:00:00.000Z"
    if standing == Standing.RETIRED:
        row.joined_into, row.retired_at = _HEIR, "2026-02-05T01:00:00.000Z"
    change = as_system(stage)
    change.put(row)
    standings.add_membership(change, account_id, _ELSEWHERE)
    change.commit(None)


def test_who_retired_before_keeps_his_successor(stage: Stage) -> None:
    employer, agent, newcomer, case_id = suspended_member(stage)
    _elsewhere(stage, agent.id, Standing.RETIRED)
    settled(stage, case_id, "join")
    assert (_member(_ELSEWHERE, agent.id).joined_into, standings.member(_ELSEWHERE, newcomer.id)) == (_HEIR, None)
    assert _member(employer.id, agent.id).joined_into == newcomer.id


def test_a_newcomer_who_retired_before_is_back(stage: Stage) -> None:
    _, agent, newcomer, case_id = suspended_member(stage)
    _elsewhere(stage, agent.id, Standing.ADMITTED)
    _elsewhere(stage, newcomer.id, Standing.RETIRED)
    settled(stage, case_id, "join")
    back = _member(_ELSEWHERE, newcomer.id).attribute_values
    assert (back["standing"], back.get("joined_into"), back.get("retired_at")) == (Standing.ADMITTED, None, None)


def test_who_is_joined_is_not_noted_as_another(stage: Stage) -> None:
    _, agent, newcomer, case_id = suspended_member(stage)
    settled(stage, case_id, "join")
    assert PairRow.find("PAIR#" + "#".join(sorted((agent.id, newcomer.id)))) is None


def test_the_newcomer_keeps_his_own_marks(stage: Stage) -> None:
    employer, agent, newcomer, case_id = suspended_member(stage)
    own, taken = (set(_member(employer.id, one.id).marks) for one in (newcomer, agent))
    settled(stage, case_id, "join")
    assert set(_member(employer.id, newcomer.id).marks) == own | taken


@pytest.mark.parametrize("standing", [Standing.HELD, Standing.SUBMITTED, Standing.ADMITTED, Standing.ENDED])
def test_only_forms_that_wait_change_hands(stage: Stage, standing: Standing) -> None:
    _, agent, newcomer, case_id = suspended_member(stage)
    _elsewhere(stage, agent.id, Standing.ADMITTED)
    change = as_system(stage)
    form = UnitRow(pk=standings.unit_key(_ELSEWHERE), sk=standings.PROFILE, bureau="130400", marks=[])
    form.standing, form.submitted_by, form.submitted_at = standing, agent.id, "2026-01-05T01:00:00.000Z"
    change.put(form)
    change.commit(None)
    settled(stage, case_id, "join")
    row = standings.unit(_ELSEWHERE)
    assert row is not None
    assert row.submitted_by == (newcomer if standing in {Standing.HELD, Standing.SUBMITTED} else agent).id
