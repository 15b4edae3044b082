"""Reads of one thing by its id, played like the changes of the fault sweep: the owner's request."""

from dataclasses import replace

from expertgate.account.model import RealName
from tests.builders.cases import applicant
from tests.builders.cases import opened as opened_case
from tests.builders.evidence import uploaded
from tests.builders.faces import scanned
from tests.builders.grants import bound, opened, person, unit
from tests.builders.people import a_person, token_of
from tests.builders.pictures import identity_card
from tests.faults.scenario import Asked, asking
from tests.faults.scenarios.admission import submitting, submitting_member
from tests.faults.scenarios.every import scenarios
from tests.faults.scenarios.review import at_desk
from tests.stage import Stage


def _grant(stage: Stage) -> Asked:
    employer, agent = opened(stage, unit(stage)), person(stage)
    grant = bound(stage, employer, agent).json["id"]
    return asking(stage, "delegation.show_agent_grant", token=employer.token, path={"grant_id": grant})


def _evidence(stage: Stage) -> Asked:
    token = person(stage).token
    evidence = uploaded(stage, token, identity_card("emblem"))
    assert stage.call("evidence.check_upload", token=token, path={"evidence_id": evidence}).status == 200
    return asking(stage, "evidence.show_evidence", token=token, path={"evidence_id": evidence})


def _face_check(stage: Stage) -> Asked:
    token = token_of(stage, a_person(stage, real_name=RealName.PASSED))
    check, _ = scanned(stage.call("identity.start_face_check", {}, token=token).json)
    return asking(stage, "identity.show_face_check", token=token, path={"face_check_id": check})


def _case(stage: Stage) -> Asked:
    owner = person(stage)
    case = opened_case(stage, applicant=applicant(owner.id))
    return asking(stage, "review.show_my_case", token=owner.token, path={"case_id": case})


def _file(stage: Stage) -> Asked:
    return replace(at_desk(stage, "claim_case"), action="review.show_case")


def _recovery(stage: Stage) -> Asked:
    asked = scenarios()["recovery.start_recovery_face_check"](stage)
    assert isinstance(asked, Asked)
    return replace(asked, action="recovery.show_recovery", body=None)


def _unit_profile(stage: Stage) -> Asked:
    return replace(submitting(stage), action="admission.show_unit_profile", body=None)


def _member_profile(stage: Stage) -> Asked:
    sent = submitting_member(stage)
    assert sent(key=None).status == 201
    return replace(sent, action="admission.show_member_profile", body=None)


READS = {
    "admission.show_member_profile": _member_profile,
    "admission.show_unit_profile": _unit_profile,
    "delegation.show_agent_grant": _grant,
    "evidence.show_evidence": _evidence,
    "identity.show_face_check": _face_check,
    "recovery.show_recovery": _recovery,
    "review.show_case": _file,
    "review.show_my_case": _case,
}

# The caller sits at a desk: the stranger is an official of a bureau that the case never comes to.
DESKS = {"review.assign_case", "review.claim_case", "review.decide_case", "review.release_case", "review.show_case"}

# An operator's deed with a case of his desk, like decide_case, which tries the same look-up.
# Their ids are words of the catalogue, or things that only administrators have, all of them.
PUBLIC = {
    "admission.enter_service",
    "admission.resolve_hold",
    "review.disable_official",
    "review.invite_official",
    "review.move_official",
    "catalogue.show_catalogue",
    "delegation.open_service",
    "delegation.renew_client_secret",
    "delegation.switch_service_client",
}
