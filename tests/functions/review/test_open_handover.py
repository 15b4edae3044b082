"""A handover is a case of the national bureau; approved, authority and open work change hands."""

import pytest

from expertgate import effects
from expertgate.notice.store import NoticeRow
from expertgate.review.model import Duty, OfficialStatus
from expertgate.review.store import cases as store
from expertgate.review.store import officials
from tests.builders import grants
from tests.builders.audits import facts_of
from tests.builders.cases import FakeWorkflow, applicant, claim, decide, opened
from tests.builders.evidence import a_checked_file
from tests.builders.notices import told
from tests.builders.officials import HANDAN, HEBEI, NATIONAL, Desk, official
from tests.stage import Answered, Stage

pytestmark = pytest.mark.usefixtures("workflow")


@pytest.fixture(autouse=True)
def takes_effect(monkeypatch: pytest.MonkeyPatch, applied: list[tuple[str, str]]) -> None:
    """Let handovers have their own effect."""
    monkeypatch.setitem(effects.EFFECTS, "reviewer_handover", "expertgate.review.actions.handover:hand_over")


def _open(stage: Stage, giver: Desk, taker: Desk, asker: Desk | None = None) -> Answered:
    by = asker or giver
    document = a_checked_file(stage, by.id, "red_headed_document")
    body = {"from_official_id": giver.id, "to_official_id": taker.id, "reason": "岗位调整", "attachments": [document]}
    return stage.call("review.open_handover", body, token=by.token)


def _approve(stage: Stage, case_id: str) -> None:
    assert decide(stage, case_id, official(stage, NATIONAL)).json["state"] == "approved"
    stage.run("review.close_round", {"case": case_id, "round": 1, "attempt": 1})


def test_authority_and_open_work_change_hands(stage: Stage) -> None:
    giver, taker = official(stage, HANDAN, Duty.REVIEWER, Duty.SUPERVISOR), official(stage)
    cases = [opened(stage, subject=f"U{number}") for number in range(3)]
    for case_id in cases:
        claim(stage, case_id, giver)
    _approve(stage, _open(stage, giver, taker).json["id"])
    assert stage.run("review.move_work") == {"moved": 3}
    assert {store.case(stage.world, case_id).claimed_by for case_id in cases} == {taker.id}
    before, after = officials.official(stage.world, giver.id), officials.official(stage.world, taker.id)
    assert (before.status, after.duties) == (OfficialStatus.DISABLED, frozenset({Duty.REVIEWER, Duty.SUPERVISOR}))
    assert [stage.call("review.list_queue", token=one.token).status for one in (giver, taker)] == [401, 401]


def test_an_heir_keeps_what_he_was(stage: Stage) -> None:
    giver, taker = official(stage), official(stage, HANDAN, Duty.SUPERVISOR)
    _approve(stage, _open(stage, giver, taker).json["id"])
    assert officials.official(stage.world, taker.id).duties == {Duty.REVIEWER, Duty.SUPERVISOR}


def test_what_the_heir_may_not_decide_becomes_free(stage: Stage) -> None:
    giver, taker = official(stage), official(stage, HANDAN, mobile="13800138000")
    case_id = opened(stage)
    claim(stage, case_id, giver)
    _approve(stage, _open(stage, giver, taker).json["id"])
    stage.run("review.move_work")
    assert store.case(stage.world, case_id).claimed_by is None


def test_an_heir_gets_no_case_of_his_unit(stage: Stage) -> None:
    employer, agent = grants.opened(stage, grants.unit(stage)), grants.person(stage)
    grants.bound(stage, employer, agent)
    giver, taker = official(stage), official(stage, HANDAN, document=grants.document_of(1))
    cases = [opened(stage, subject=one, applicant=applicant("A1", one)) for one in (employer.id, "U2")]
    for case_id in cases:
        claim(stage, case_id, giver)
    _approve(stage, _open(stage, giver, taker).json["id"])
    assert stage.run("review.move_work") == {"moved": 2}
    assert [store.case(stage.world, case_id).claimed_by for case_id in cases] == [None, taker.id]


def test_neither_of_the_two_decides_it(stage: Stage) -> None:
    giver, taker, asker = official(stage, NATIONAL), official(stage, NATIONAL), official(stage, NATIONAL, Duty.SUPERVISOR)
    case_id = _open(stage, giver, taker, asker).json["id"]
    assert [claim(stage, case_id, one).code for one in (giver, taker)] == ["own_case", "own_case"]


def test_a_heir_who_left_meanwhile_voids_it(stage: Stage) -> None:
    giver, taker = official(stage), official(stage)
    case_id = _open(stage, giver, taker).json["id"]
    administrator = official(stage, NATIONAL, Duty.ADMINISTRATOR)
    stage.call("review.disable_official", token=administrator.token, path={"official_id": taker.id})
    _approve(stage, case_id)
    assert officials.official(stage.world, giver.id).status is OfficialStatus.ACTIVE
    assert told(giver.id) == ["reviewer_handover_voided"]


def test_who_left_before_the_approval_has_an_heir(stage: Stage) -> None:
    giver, taker = official(stage, HANDAN, Duty.REVIEWER, Duty.SUPERVISOR), official(stage)
    asker, administrator = official(stage, HANDAN, Duty.SUPERVISOR), official(stage, NATIONAL, Duty.ADMINISTRATOR)
    case_id = _open(stage, giver, taker, asker).json["id"]
    stage.call("review.disable_official", token=administrator.token, path={"official_id": giver.id})
    _approve(stage, case_id)
    assert officials.official(stage.world, taker.id).duties == frozenset({Duty.REVIEWER, Duty.SUPERVISOR})
    assert (told(asker.id), told(taker.id)) == (["reviewer_handover_approved"], ["handover_received"])


def test_both_must_be_of_one_bureau(stage: Stage) -> None:
    giver = official(stage)
    assert _open(stage, giver, official(stage, HEBEI)).code == "handover_unfit"
    assert _open(stage, giver, giver).code == "handover_unfit"


def test_a_supervisor_asks_for_his_bureau_only(stage: Stage) -> None:
    answered = _open(stage, official(stage), official(stage), asker=official(stage, HEBEI, Duty.SUPERVISOR))
    assert (answered.status, answered.code) == (403, "duty_missing")


def test_a_colleague_cannot_ask_for_it(stage: Stage) -> None:
    answered = _open(stage, official(stage), official(stage), asker=official(stage))
    assert (answered.status, answered.code) == (403, "duty_missing")


def test_the_reviewer_compares_people_with_the_document(stage: Stage) -> None:
    giver, taker = official(stage), official(stage, mobile="13900138000")
    document, *card = (a_checked_file(stage, giver.id, one) for one in ("red_headed_document", "id_portrait", "id_emblem"))
    people = {"from_official_id": giver.id, "to_official_id": taker.id, "reason": "岗位调整"}
    files = {"attachments": [document], "id_portrait": card[0], "id_emblem": card[1]}
    case_id = stage.call("review.open_handover", people | files, token=giver.token).json["id"]
    reviewer = official(stage, NATIONAL)
    claim(stage, case_id, reviewer)
    shown = stage.call("review.show_case", token=reviewer.token, path={"case_id": case_id}).json["rounds"][0]
    assert shown["attachments"] == [document, *card]
    heir = officials.official(stage.world, taker.id)
    assert shown["form"]["to_person"] == {
        "user_name": heir.user_name,
        "name": "王建国",
        "document_type": "passport",
        "document_number": heir.document[1],
        "mobile": "+8613900138000",
    }
    assert shown["form"]["from_person"]["user_name"] == officials.official(stage.world, giver.id).user_name


def test_a_card_of_another_purpose_is_refused(stage: Stage) -> None:
    giver, taker = official(stage), official(stage)
    document = a_checked_file(stage, giver.id, "red_headed_document")
    people = {"from_official_id": giver.id, "to_official_id": taker.id, "reason": "岗位调整"}
    files = {"attachments": [document], "id_portrait": a_checked_file(stage, giver.id, "id_emblem")}
    assert stage.call("review.open_handover", people | files, token=giver.token).code == "evidence_purpose_wrong"


def test_the_applicant_sees_no_numbers_of_the_other(stage: Stage) -> None:
    giver, taker = official(stage), official(stage)
    case_id = _open(stage, giver, taker).json["id"]
    shown = stage.call("review.show_my_case", token=giver.token, path={"case_id": case_id})
    assert set(shown.json["rounds"][0]["form"]) == {"from_official", "to_official", "reason"}


def test_the_heir_is_told(stage: Stage) -> None:
    giver, taker = official(stage), official(stage)
    _approve(stage, _open(stage, giver, taker).json["id"])
    (notice,) = NoticeRow.query(f"ACCOUNT#{taker.id}")
    kept = notice.unseal(stage.world.keys)
    assert (notice.template, kept["facts"], bool(kept["mobile"])) == ("handover_received", {"from_name": "王*国"}, True)


def test_somebody_elses_document_proves_nothing(stage: Stage) -> None:
    giver, taker = official(stage), official(stage)
    foreign = a_checked_file(stage, taker.id, "red_headed_document")
    body = {"from_official_id": giver.id, "to_official_id": taker.id, "reason": "岗位调整", "attachments": [foreign]}
    answered = stage.call("review.open_handover", body, token=giver.token)
    assert answered.broken == {"attachments.0": "evidence_missing"}


def test_one_handover_at_a_time(stage: Stage) -> None:
    giver, taker = official(stage), official(stage)
    assert [_open(stage, giver, taker).status, _open(stage, giver, taker).status] == [201, 409]


def test_a_rejected_handover_changes_nobody(stage: Stage) -> None:
    giver, taker = official(stage), official(stage, HANDAN, Duty.SUPERVISOR)
    case_id = _open(stage, giver, taker).json["id"]
    assert decide(stage, case_id, official(stage, NATIONAL), "reject").json["state"] == "rejected"
    stage.run("review.close_round", {"case": case_id, "round": 1, "attempt": 1})
    before, after = officials.official(stage.world, giver.id), officials.official(stage.world, taker.id)
    assert (before.status, after.duties) == (OfficialStatus.ACTIVE, frozenset({Duty.SUPERVISOR}))
    assert stage.call("review.list_queue", token=giver.token).status == 200


def test_who_is_disabled_already_has_nothing_to_hand_over(stage: Stage) -> None:
    giver, taker, asker = official(stage), official(stage), official(stage, HANDAN, Duty.SUPERVISOR)
    administrator = official(stage, NATIONAL, Duty.ADMINISTRATOR)
    stage.call("review.disable_official", token=administrator.token, path={"official_id": giver.id})
    assert _open(stage, giver, taker, asker).code == "handover_unfit"


def test_its_review_begins_at_once(stage: Stage, workflow: FakeWorkflow) -> None:
    assert _open(stage, official(stage), official(stage)).json["id"] in [case_id for case_id, *_ in workflow.started]


def test_what_became_of_it_is_on_record(stage: Stage) -> None:
    giver, taker, second = official(stage), official(stage), official(stage)
    done = _open(stage, giver, taker).json["id"]
    _approve(stage, done)
    assert facts_of(f"OFFICIAL#{giver.id}", "review:handover:done") == [{"to": taker.id, "case": done}]
    voided = _open(stage, second, taker).json["id"]
    administrator = official(stage, NATIONAL, Duty.ADMINISTRATOR)
    stage.call("review.disable_official", token=administrator.token, path={"official_id": taker.id})
    _approve(stage, voided)
    assert facts_of(f"OFFICIAL#{second.id}", "review:handover:voided") == [{"case": voided}]


def test_an_administrator_asks_for_any_bureau(stage: Stage) -> None:
    assert _open(stage, official(stage), official(stage), official(stage, NATIONAL, Duty.ADMINISTRATOR)).status == 201
