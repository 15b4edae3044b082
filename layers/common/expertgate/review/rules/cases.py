"""How a case moves: who may decide it, what a decision does, what may be corrected, when it ends (REV-03, D-14)."""

from dataclasses import replace
from datetime import datetime

from expertgate.errors.base import ExpertGateError
from expertgate.errors.review import (
    CaseClaimed,
    CaseElsewhere,
    CaseMoved,
    CaseNotClaimed,
    CaseNotReturned,
    CaseNotWithdrawable,
    DecidedInThisChain,
    DutyMissing,
    FieldsNotOpen,
    OfficialInactive,
    OwnCase,
    ReasonMissing,
    RemarkFieldFixed,
    RemarkFieldUnknown,
    RemarksMissing,
    ReturnImpossible,
)
from expertgate.review.model import Case, CaseKind, CaseState, Decision, Level, Official, OfficialStatus, Outcome
from expertgate.review.rules.forms import can_be_remarked, changed_fields, is_within, opened_by, requested

_ENDS = {Outcome.RETURN: CaseState.RETURNED, Outcome.REJECT: CaseState.REJECTED}


def require_expected(case: Case, round_number: int, level: int, version: int) -> None:
    """Refuse a caller who looked at an older state; the facts say where the case stands now."""
    if (case.round, case.level, case.version) != (round_number, level, version) or case.state is not CaseState.IN_REVIEW:
        raise moved(case)


def moved(case: Case) -> CaseMoved:
    """Return the refusal that says where the case stands."""
    return CaseMoved(state=case.state.value, round=case.round, level=case.level, version=case.version)


def require_may_decide(case: Case, official: Official) -> None:
    """Refuse an official who is elsewhere, lacks the duty, or whose own case it is; nobody decides twice in one chain (REV-03)."""
    require_present(case, official)
    if official.id == case.applicant.account_id or official.marks & case.marks:
        raise OwnCase
    if official.id in case.deciders:
        raise DecidedInThisChain


def require_present(case: Case, official: Official) -> None:
    """Refuse an official who does not work where the case lies."""
    if official.status is not OfficialStatus.ACTIVE:
        raise OfficialInactive
    if case.here.bureau != official.bureau:
        raise CaseElsewhere
    if case.here.duty not in official.duties:
        raise DutyMissing


def is_at_work(case: Case, official: Official) -> bool:
    """Tell whether an official works where the case lies."""
    is_here = case.here.bureau == official.bureau and case.here.duty in official.duties
    return is_here and official.status is OfficialStatus.ACTIVE


def left_behind(case: Case, holder: Official, heir: str | None, official: Official) -> Case:
    """Return the case free for an official where its holder is not at work any more; what is kept for an heir only the heir gets."""
    if is_at_work(case, holder) or heir not in {None, official.id}:
        return case
    return replace(case, claimed_by=None)


def claimed(case: Case, official: Official) -> Case:
    """Return the case in the hands of an official; claiming what one holds changes nothing."""
    if case.state is not CaseState.IN_REVIEW:
        raise moved(case)
    require_may_decide(case, official)
    if case.claimed_by not in {None, official.id}:
        raise CaseClaimed
    return case if case.claimed_by else _next(case, claimed_by=official.id)


def assigned(case: Case, official: Official) -> Case:
    """Return the case in the hands of another official, who must be able to decide it; giving him what he holds changes nothing."""
    if case.state is not CaseState.IN_REVIEW:
        raise moved(case)
    require_may_decide(case, official)
    return case if case.claimed_by == official.id else _next(case, claimed_by=official.id)


def taken_away(case: Case, heir: Official | None) -> Case:
    """Return the case out of the hands of an official who leaves: in those of his heir where he may decide it, else free."""
    return _next(case, claimed_by=heir.id if heir is not None and may_decide(case, heir) else None)


def may_decide(case: Case, official: Official) -> bool:
    """Tell whether an official may decide the case where it lies."""
    try:
        require_may_decide(case, official)
    except ExpertGateError:
        return False
    return True


def released(case: Case, official_id: str) -> Case:
    """Return the case free for others; only its holder can let go."""
    if case.claimed_by != official_id:
        raise CaseNotClaimed
    return _next(case, claimed_by=None)


def require_complete(decision: Decision, form: dict[str, object], kind: CaseKind) -> None:
    """Refuse a rejection without reason, a return without remarks or correction, a remark on what the form has not or nobody changes."""
    if decision.outcome is Outcome.RETURN and not kind.returnable:
        raise ReturnImpossible
    if decision.outcome is Outcome.REJECT and not decision.reason:
        raise ReasonMissing().at("reason")
    if decision.outcome is Outcome.RETURN and not decision.remarks:
        raise RemarksMissing().at("remarks")
    for place, remark in enumerate(decision.remarks):
        if not can_be_remarked(remark.field, form, kind.remark_fields):
            raise RemarkFieldUnknown(field=remark.field).at(f"remarks.{place}.field")
        if is_within(remark.field, kind.fixed):
            raise RemarkFieldFixed(field=remark.field).at(f"remarks.{place}.field")


def decided(case: Case, decision: Decision, kind: CaseKind, next_due: datetime) -> Case:
    """Return the case after a decision of its holder: at the next level, or at the end of its round."""
    if case.claimed_by != decision.official_id:
        raise CaseNotClaimed
    deciders = case.deciders | {decision.official_id}
    if decision.outcome is not Outcome.APPROVE:
        fields = opened_by((remark.field for remark in decision.remarks), kind.together)
        return _next(case, state=_ENDS[decision.outcome], claimed_by=None, deciders=deciders, open_fields=fields)
    if case.is_at_last_level:
        return _next(case, state=CaseState.APPROVED, claimed_by=None, deciders=deciders)
    return _at_level(_next(case, deciders=deciders), case.level + 1, decision.at, next_due)


def require_correction(case: Case, kind: CaseKind, old: dict[str, object], new: dict[str, object]) -> None:
    """Refuse a correction of a case that is not returned or that touches fields without remarks, named as the request has them."""
    if case.state is not CaseState.RETURNED:
        raise CaseNotReturned(state=case.state.value)
    closed = [name for name in changed_fields(old, new) if not is_within(name, case.open_fields | kind.registered)]
    if closed:
        raise FieldsNotOpen(fields=[name for path in closed for name in requested(path, new)] if kind.flat else closed)


def resubmitted(case: Case, chain: tuple[Level, ...], now: datetime, due: datetime) -> Case:
    """Return the case in a new round, at the first level of its chain, everyone free to decide again."""
    fresh = _next(case, state=CaseState.IN_REVIEW, round=case.round + 1, chain=chain, deciders=frozenset(), open_fields=frozenset())
    return _at_level(fresh, 0, now, due)


def withdrawn(case: Case) -> Case:
    """Return the case ended by its applicant (D-14)."""
    if not case.state.is_open:
        raise CaseNotWithdrawable(state=case.state.value)
    return _next(case, state=CaseState.WITHDRAWN, claimed_by=None, suspended_at=None)


def suspended(case: Case, now: datetime) -> Case:
    """Return the case laid aside; nobody holds it, its clock stands still."""
    if case.state is not CaseState.IN_REVIEW:
        raise moved(case)
    return _next(case, state=CaseState.SUSPENDED, claimed_by=None, suspended_at=now)


def resumed(case: Case, due: datetime) -> Case:
    """Return a suspended case in review again, at the level it was at."""
    if case.state is not CaseState.SUSPENDED:
        raise moved(case)
    return _next(case, state=CaseState.IN_REVIEW, suspended_at=None, due=due)


def concluded(case: Case) -> Case:
    """Return the case with its effect applied: nothing will change it again."""
    return _next(case, concluded=True)


def _at_level(case: Case, level: int, now: datetime, due: datetime) -> Case:
    return replace(case, level=level, claimed_by=None, at_level_since=now, due=due)


def _next(case: Case, **changed: object) -> Case:
    return replace(case, version=case.version + 1, **changed)  # type: ignore[arg-type]  # names are those of Case
