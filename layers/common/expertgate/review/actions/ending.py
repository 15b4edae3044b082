"""Ending a case for its applicant, inside the caller's own change; call `started` after the commit (D-14)."""

from expertgate.effects import effect_of
from expertgate.outbound.change import Change
from expertgate.review.model import Case, CaseState
from expertgate.review.rules import cases as rules
from expertgate.review.store import cases as store
from expertgate.review.store import runs
from expertgate.review.store.counters import count_event


def withdraw(change: Change, case: Case) -> Case:
    """Add the applicant's withdrawal to the change and return the ended case.

    Nobody decides here, so the end is carried out at once: what the applicant asks for next finds the way free. Raises CaseNotWithdrawable.
    """
    ended = rules.concluded(rules.withdrawn(case))
    _withdrawn(change, case, ended)
    effect_of(case.kind)(change, ended, ended.state.value)
    store.end(change, ended)
    return ended


def give_way(change: Change, case: Case) -> None:
    """Withdraw a case for its applicant, whose successor applies instead; the closing step carries out the rest.

    Raises CaseNotWithdrawable.
    """
    _withdrawn(change, case, rules.withdrawn(case))


def _withdrawn(change: Change, case: Case, ended: Case) -> None:
    store.save(change, case, ended)
    if case.state is CaseState.RETURNED:
        runs.begin_again(change, ended, case.round)
    else:
        runs.follow_on(change, case.id)
    count_event(change, case, case.here, withdrawn=1)
    change.audit("review:case:withdrawn", subject=f"CASE#{case.id}", round=case.round)
