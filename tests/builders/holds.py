"""Holds for tests: a newcomer suspected to be somebody who is there already, an operator who resolves it."""

from typing import Any

from expertgate.admission.store import standings
from expertgate.review.model import CaseState, Duty
from tests.builders.admission import (
    admitted,
    another_agent,
    asked,
    concluded_as_is,
    employer_and_agent,
    member_form,
    moved,
    sent,
    unit_form,
)
from tests.builders.cases import claim
from tests.builders.grants import Somebody
from tests.builders.officials import Desk, official
from tests.stage import Answered, Stage


def platform(stage: Stage) -> Desk:
    """Return an operator of the platform at the desk."""
    return official(stage, "platform", Duty.OPERATOR)


def resolve(stage: Stage, case_id: str, desk: Desk, resolution: str, **changed: Any) -> Answered:
    """Claim the case and resolve what stands there."""
    seen = claim(stage, case_id, desk).json
    looked_at = {name: seen.get(name, 1) for name in ("round", "level", "version")}
    body = {**looked_at, "resolution": resolution, "reason": "已核实", **changed}
    return stage.call("admission.resolve_hold", body, token=desk.token, path={"case_id": case_id})


def suspended(stage: Stage, newcomer: Somebody, employer: Somebody, form: dict[str, Any]) -> standings.HoldRow:
    """Send the form of a user who is suspected to be another, and return the hold."""
    assert sent(stage, newcomer, employer, form, "member").json["outcome"] == "suspended"
    hold = standings.hold(employer.id, newcomer.id)
    assert hold is not None
    return hold


def suspended_member(stage: Stage) -> tuple[Somebody, Somebody, Somebody, str]:
    """Return unit, first user, a newcomer whose form has the first user's mobile, and the case of the hold."""
    employer, agent = admitted(stage)
    newcomer = another_agent(stage, employer, 7)
    mobile = unit_form(stage, employer, 51)["account"]["mobile"]
    return employer, agent, newcomer, suspended(stage, newcomer, employer, member_form(61, mobile=mobile)).case_id


def settled(stage: Stage, case_id: str, resolution: str, **changed: Any) -> None:
    """Resolve a hold and carry it out."""
    answered = resolve(stage, case_id, platform(stage), resolution, **changed)
    assert answered.status == 201, answered.text
    concluded_as_is(stage, case_id)


def suspended_correction(stage: Stage) -> tuple[Somebody, Somebody, str, str]:
    """Return employer, agent, their returned case, and that of the hold since the correction names a mobile that somebody else has."""
    admitted(stage, 2)
    employer, agent = employer_and_agent(stage)
    case_id = sent(stage, agent, employer, unit_form(stage, employer)).json["case_id"]
    moved(stage, case_id, state=CaseState.RETURNED, open_fields=frozenset({"account.mobile"}))
    taken = unit_form(stage, employer, 52)["account"]["mobile"]
    asked(stage, "correct_unit_profile", agent, employer, unit_form(stage, employer, account__mobile=taken))
    hold = standings.hold(employer.id, agent.id)
    assert hold is not None
    return employer, agent, case_id, hold.case_id
