"""A file is read by its owner, the applicant and who holds its case, each time on record; for others there is none."""

from urllib.parse import parse_qs, urlsplit

import pytest

from expertgate.caller import CallerKind, system
from expertgate.errors.base import ExpertGateError
from expertgate.evidence.actions.files import bind, require
from expertgate.outbound.audit import AuditRow
from expertgate.outbound.change import Change
from expertgate.outbound.clock import stamp
from expertgate.review.store.rows import META, CaseRow, case_key
from tests.builders.evidence import a_checked_file, asked, check, uploaded
from tests.builders.pictures import picture
from tests.stage import Answered, Stage, session_for


def show(stage: Stage, token: str, evidence_id: str) -> Answered:
    return stage.call("evidence.show_evidence", token=token, path={"evidence_id": evidence_id})


def a_case(stage: Stage, case_id: str, holder: str | None) -> None:
    at, now = (
        stamp(stage.clock.now()),
        {
            "kind": "appeal",
            "subject": "S",
            "account_id": "P1",
            "unit_id": "U1",
            "state": "in_review",
            "applicant": "P1",
            "applicant_sort": case_id,
        },
    )
    row = CaseRow(pk=case_key(case_id), sk=META, claimed_by=holder, round=1, level=0, opened=at, at_level_since=at, due=at)
    row.chain, row.deciders, row.marks, row.open_fields = [], [], [], []
    for name, value in now.items():
        setattr(row, name, value)
    row.save()


def bound(stage: Stage, evidence_id: str, case_id: str) -> None:
    change = Change(stage.world, system("test"))
    bind(change, evidence_id, case_id)
    change.commit(None)


def test_the_owner_reads_by_a_short_link(stage: Stage) -> None:
    evidence_id = a_checked_file(stage, "P1", "business_licence")
    answer = show(stage, session_for(stage, CallerKind.PERSON, "P1"), evidence_id).json
    asked_for = parse_qs(urlsplit(answer["link"]).query)
    assert asked_for["X-Amz-Expires"] == ["300"]
    assert asked_for["response-content-type"] == ["image/png"]
    assert asked_for["response-content-disposition"] == ["inline; filename*=UTF-8''file"]
    assert answer["link_expires"] == "2026-03-02T01:05:00.000Z"


def test_each_link_is_on_record(stage: Stage) -> None:
    evidence_id = a_checked_file(stage, "P1", "business_licence")
    token = session_for(stage, CallerKind.PERSON, "P1")
    for _ in range(2):
        show(stage, token, evidence_id)
    rows = list(AuditRow.query(f"EVIDENCE#{evidence_id}", limit=10))
    assert [(row.tag, row.actor) for row in rows if row.tag == "evidence:file:read"] == [("evidence:file:read", "P1")] * 2


def test_an_unchecked_file_has_no_link(stage: Stage) -> None:
    token = session_for(stage, CallerKind.PERSON, "P1")
    answer = show(stage, token, asked(stage, token)["id"]).json
    assert (answer["state"], answer["link"], answer["colour"]) == ("requested", None, None)


def test_the_official_who_holds_the_case_reads_it(stage: Stage) -> None:
    evidence_id = a_checked_file(stage, "P1", "business_licence")
    a_case(stage, "C1", "O1")
    bound(stage, evidence_id, "C1")
    holder, other = (session_for(stage, CallerKind.OFFICIAL, one) for one in ("O1", "O2"))
    assert show(stage, holder, evidence_id).json["link"]
    assert show(stage, other, evidence_id).code == "evidence_unknown"


def test_the_reviewer_sees_that_a_picture_is_tinted(stage: Stage) -> None:
    token = session_for(stage, CallerKind.PERSON, "P1")
    evidence_id = uploaded(stage, token, picture("tinted"))
    assert check(stage, token, evidence_id).status == 200
    a_case(stage, "C1", "O1")
    bound(stage, evidence_id, "C1")
    shown = show(stage, session_for(stage, CallerKind.OFFICIAL, "O1"), evidence_id).json
    assert (shown["colour"], "禁止使用黑白图片" in shown["message"]) == ("tinted", True)


def test_the_unit_reads_what_its_agent_sent(stage: Stage) -> None:
    evidence_id = a_checked_file(stage, "P1", "bank_page")
    a_case(stage, "C1", None)
    bound(stage, evidence_id, "C1")
    assert show(stage, session_for(stage, CallerKind.UNIT, "U1"), evidence_id).json["case_id"] == "C1"
    assert show(stage, session_for(stage, CallerKind.UNIT, "U2"), evidence_id).code == "evidence_unknown"


def test_an_official_with_no_case_sees_nothing(stage: Stage) -> None:
    evidence_id = a_checked_file(stage, "P1", "bank_page")
    assert show(stage, session_for(stage, CallerKind.OFFICIAL, "O1"), evidence_id).code == "evidence_unknown"


def test_a_file_serves_one_case_only(stage: Stage) -> None:
    evidence_id = a_checked_file(stage, "P1", "bank_page")
    for case_id in ("C1", "C1"):
        bound(stage, evidence_id, case_id)
    assert require(stage.world, evidence_id, "P1", "bank_page", "C1").colour == "colour"
    for refused in (lambda: bound(stage, evidence_id, "C2"), lambda: require(stage.world, evidence_id, "P1", "bank_page")):
        with pytest.raises(ExpertGateError, match="evidence_in_use"):
            refused()


@pytest.mark.parametrize(
    ("owner", "purpose", "code"),
    [("P2", "bank_page", "evidence_missing"), ("P1", "business_licence", "evidence_purpose_wrong")],
)
def test_a_form_gets_the_senders_own_file(stage: Stage, owner: str, purpose: str, code: str) -> None:
    evidence_id = a_checked_file(stage, "P1", "bank_page")
    with pytest.raises(ExpertGateError, match=code):
        require(stage.world, evidence_id, owner, purpose)


def test_a_form_gets_no_unchecked_file(stage: Stage) -> None:
    evidence_id = asked(stage, session_for(stage, CallerKind.PERSON, "P1"), "bank_page")["id"]
    with pytest.raises(ExpertGateError, match="evidence_not_checked"):
        require(stage.world, evidence_id, "P1", "bank_page")


def test_somebody_in_a_recovery_has_files_of_his_own(stage: Stage) -> None:
    evidence_id = a_checked_file(stage, "FLOW#F1", "mobile_proof")
    assert require(stage.world, evidence_id, "FLOW#F1", "mobile_proof").media_type == "image/png"
    with pytest.raises(ExpertGateError, match="evidence_missing"):
        require(stage.world, evidence_id, "FLOW#F2", "mobile_proof")
