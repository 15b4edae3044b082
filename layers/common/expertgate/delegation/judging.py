"""The authority check as one pure question: may this person act for this unit in this service now (DEL-12)."""

from datetime import datetime

from expertgate.delegation.model import GRANTED, Evidence, State, Verdict


def judge(evidence: Evidence, role: str | None, now: datetime) -> Verdict:
    """Return the verdict; the first reason against it counts."""
    grant, opening = evidence.grant, evidence.opening
    if evidence.is_unit_itself:
        return _of_unit(evidence, role)
    against = _against(evidence, now)
    if against is not None or grant is None or opening is None:
        return Verdict(against or "no_grant", grant)
    roles = tuple(code for code in grant.roles if code in opening.roles)
    if not roles or (role is not None and role not in roles):
        return Verdict("role_not_granted", grant)
    return Verdict(GRANTED, grant, roles, grant.over_at)


def _of_unit(evidence: Evidence, role: str | None) -> Verdict:
    """Judge the unit's own account: it needs no grant, only what it has itself."""
    opening = evidence.opening
    if opening is None:
        return Verdict("service_not_opened")
    if not evidence.unit_open:
        return Verdict("unit_closed")
    return Verdict(GRANTED, None, opening.roles) if role is None or role in opening.roles else Verdict("role_not_granted")


def _against(evidence: Evidence, now: datetime) -> str | None:
    grant = evidence.grant
    if grant is None:  # first, so that a stranger to the unit learns nothing about it
        return "no_grant"
    if evidence.opening is None:
        return "service_not_opened"
    state = grant.state_at(now)
    if state is not State.IN_FORCE:
        return state.value
    if not evidence.unit_open:
        return "unit_closed"
    if grant.epoch != evidence.epoch:
        return "at_rest"
    return None if evidence.agent_open else "agent_closed"
