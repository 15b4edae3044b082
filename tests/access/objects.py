"""Reads of one thing by its id, played like the changes of the fault sweep: the owner's request."""

from expertgate.account.model import RealName
from tests.builders.cases import applicant
from tests.builders.cases import opened as opened_case
from tests.builders.evidence import uploaded
from tests.builders.faces import scanned
from tests.builders.grants import bound, opened, person, unit
from tests.builders.people import a_person, token_of
from tests.builders.pictures import identity_card
from tests.faults.scenario import Asked, asking
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


READS = {
    "delegation.show_agent_grant": _grant,
    "evidence.show_evidence": _evidence,
    "identity.show_face_check": _face_check,
    "review.show_my_case": _case,
}

# Their ids are words of the catalogue or secrets of a flow, not somebody's things.
PUBLIC = {"catalogue.show_catalogue", "delegation.open_service"}
