"""Somebody who can't log in sends evidence by his ticket, where his recovery takes any."""

from expertgate.settings import LIMITS
from tests.builders.people import NUMBERS, a_unit, a_verified_person
from tests.builders.recoveries import Traveller, begin
from tests.functions.recovery.test_start_recovery import named, unit_named
from tests.stage import Answered, Stage

BODY = {"purpose": "business_licence", "file_name": "营业执照.jpg", "media_type": "image/jpeg"}


def asked(recovery: Traveller, **request: str) -> Answered:
    return recovery.call("request_recovery_upload", BODY, **request)


def test_a_forgotten_mobile_leads_to_uploads(stage: Stage) -> None:
    answered = asked(begin(stage, "unit_password", **unit_named(a_unit(stage))))
    assert answered.status == 201
    assert answered.json["upload"]["fields"]["key"] == f"uploads/{answered.json['id']}"


def test_an_appeal_takes_evidence_after_the_code(stage: Stage) -> None:
    mobile = "+86" + NUMBERS.mobile()
    recovery = begin(stage, "person_appeal", mobile=mobile)
    assert recovery.prove(mobile, "appeal").json["next"]["step"] == "submit_evidence"
    assert asked(recovery).status == 201


def test_an_appeal_takes_no_evidence_before_the_code(stage: Stage) -> None:
    assert asked(begin(stage, "person_appeal", mobile="+86" + NUMBERS.mobile())).code == "recovery_step_wrong"


def test_the_face_branch_takes_no_evidence(stage: Stage) -> None:
    recovery = begin(stage, "person_password_by_face", **named(a_verified_person(stage)))
    assert asked(recovery).code == "recovery_step_wrong"


def test_a_foreign_or_late_ticket_uploads_nothing(stage: Stage) -> None:
    recovery = begin(stage, "unit_password", **unit_named(a_unit(stage)))
    assert asked(recovery, ticket="x" * 43).code == "recovery_unknown"
    assert asked(recovery, address="198.51.100.9").code == "recovery_unknown"
    stage.clock.advance(seconds=LIMITS.flow_life)
    assert asked(recovery).code == "recovery_over"


def test_an_answer_is_repeated_to_its_ticket_only(stage: Stage) -> None:
    recovery = begin(stage, "unit_password", **unit_named(a_unit(stage)))
    assert [asked(recovery, key="upload-000001").status for _ in range(2)] == [201, 201]
    assert asked(recovery, key="upload-000001", ticket="x" * 43).code == "recovery_unknown"
