"""A case is claimed by one official at a time, of the right bureau, and never by its applicant."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from expertgate.review.model import OfficialStatus
from expertgate.review.store import jobs, officials
from expertgate.review.store.holdings import held_by
from expertgate.review.store.officials import OfficialRow
from tests.builders import grants
from tests.builders.cases import applicant, as_system, claim, decide, decision, opened
from tests.builders.notices import told
from tests.builders.officials import HANDAN, HEBEI, official
from tests.stage import Stage

pytestmark = pytest.mark.usefixtures("workflow")


def test_claiming_again_changes_nothing(stage: Stage) -> None:
    case_id, desk = opened(stage), official(stage)
    first, second = claim(stage, case_id, desk), claim(stage, case_id, desk)
    assert (first.status, first.json["mine"], first.json["version"]) == (200, True, 2)
    assert second.json == first.json


def test_another_official_finds_it_claimed(stage: Stage) -> None:
    case_id = opened(stage)
    claim(stage, case_id, official(stage))
    answered = claim(stage, case_id, official(stage))
    assert (answered.status, answered.code) == (409, "case_claimed")


def test_another_bureau_cannot_claim_it(stage: Stage) -> None:
    answered = claim(stage, opened(stage), official(stage, HEBEI))
    assert (answered.status, answered.code) == (403, "case_elsewhere")


@pytest.mark.parametrize("mobile", ["13800138000", "+8613800138000"])
def test_an_applicant_cannot_claim_his_own_case(stage: Stage, mobile: str) -> None:
    answered = claim(stage, opened(stage), official(stage, HANDAN, mobile=mobile))
    assert (answered.status, answered.code) == (403, "own_case")


def test_who_decided_at_one_level_cannot_claim_the_next(stage: Stage) -> None:
    case_id, desk = opened(stage), official(stage)
    decide(stage, case_id, desk)
    row = OfficialRow(pk=f"OFFICIAL#{desk.id}", sk="META")
    row.update([OfficialRow.bureau.set(HEBEI)])
    answered = claim(stage, case_id, desk)
    assert (answered.status, answered.code) == (403, "decided_in_this_chain")


@pytest.mark.parametrize(("first_day", "code"), [(0, "own_case"), (30, "own_case"), (None, "ok")])
def test_an_agent_of_the_unit_cannot_claim(stage: Stage, first_day: int | None, code: str) -> None:
    employer, agent = grants.opened(stage, grants.unit(stage)), grants.person(stage)
    if first_day is not None:
        grants.bound(stage, employer, agent, first_day=grants.day(stage, first_day))
    case_id = opened(stage, subject=employer.id, applicant=applicant(employer.id, employer.id))
    answered = claim(stage, case_id, official(stage, document=grants.document_of(1)))
    assert answered.json.get("code", "ok") == code


def test_a_former_agent_of_the_unit_can_claim(stage: Stage) -> None:
    employer, agent = grants.opened(stage, grants.unit(stage)), grants.person(stage)
    granted = grants.bound(stage, employer, agent).json["id"]
    assert grants.act(stage, employer, "revoke_grant", granted).status == 200
    case_id = opened(stage, subject=employer.id, applicant=applicant(employer.id, employer.id))
    assert claim(stage, case_id, official(stage, document=grants.document_of(1))).status == 200


def test_who_becomes_an_agent_meanwhile_cannot_decide(stage: Stage) -> None:
    employer, agent = grants.opened(stage, grants.unit(stage)), grants.person(stage)
    case_id = opened(stage, subject=employer.id, applicant=applicant(employer.id, employer.id))
    desk = official(stage, document=grants.document_of(1))
    seen = claim(stage, case_id, desk).json
    grants.bound(stage, employer, agent)
    answered = stage.call("review.decide_case", decision(seen), token=desk.token, path={"case_id": case_id})
    assert (answered.status, answered.code) == (403, "own_case")


def test_who_has_left_keeps_no_case_from_others(stage: Stage) -> None:
    case_id, leaver, colleague = opened(stage), official(stage), official(stage)
    claim(stage, case_id, leaver)
    OfficialRow(pk=f"OFFICIAL#{leaver.id}", sk="META").update([OfficialRow.status.set(OfficialStatus.DISABLED.value)])
    assert claim(stage, case_id, colleague).json["mine"]
    assert (list(held_by(leaver.id)), list(held_by(colleague.id))) == ([], [case_id])
    assert [told(one.id) for one in (leaver, colleague)] == [["case_taken_back"], []]


def test_what_is_handed_over_waits_for_the_heir(stage: Stage) -> None:
    case_id, leaver, heir, colleague = opened(stage), official(stage), official(stage), official(stage)
    claim(stage, case_id, leaver)
    change = as_system(stage)
    officials.disable(change, officials.official(stage.world, leaver.id))
    jobs.order(change, leaver.id, heir.id)
    change.commit(None)
    assert claim(stage, case_id, colleague).code == "case_claimed"
    assert claim(stage, case_id, heir).json["mine"]
    assert stage.run("review.move_work") == {"moved": 0}
    assert (list(held_by(heir.id)), jobs.job_of(leaver.id)) == ([case_id], None)


def test_a_disabled_official_claims_nothing(stage: Stage) -> None:
    desk = official(stage)
    OfficialRow(pk=f"OFFICIAL#{desk.id}", sk="META").update([OfficialRow.status.set(OfficialStatus.DISABLED.value)])
    assert claim(stage, opened(stage), desk).code == "official_inactive"


def test_an_unknown_case_is_not_found(stage: Stage) -> None:
    assert claim(stage, "01KJQM8Y4QZ0V8H5X2C7N9RT3A", official(stage)).code == "case_unknown"


def test_of_a_hundred_claims_one_wins(stage: Stage, engine: str | None) -> None:
    if engine is None:
        pytest.skip("moto's transactions are not safe in threads; run with dynoxide")
    case_id, rivals = opened(stage), [official(stage) for _ in range(10)]
    with ThreadPoolExecutor(16) as pool:
        answers = list(pool.map(lambda desk: claim(stage, case_id, desk), rivals * 10))
    winners = {desk.id for desk, one in zip(rivals * 10, answers, strict=True) if one.status == 200}
    assert len(winners) == 1
    assert {one.code for one in answers if one.status != 200} <= {"case_claimed", "case_moved"}
