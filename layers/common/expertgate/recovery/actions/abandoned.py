"""A returned application that nobody can correct any more gives way to a new one: its applicant has no account to end it from (REC-10)."""

from dataclasses import replace

from expertgate.notice.actions.telling import mobile_only, tell
from expertgate.outbound.change import Change
from expertgate.recovery import store
from expertgate.review.actions.ending import withdraw
from expertgate.review.actions.opening import started
from expertgate.review.model import Case, CaseState


def give_way(change: Change, left: Case, mobile: str) -> None:
    """End the returned application in the way of a new one: at once for who proved the same mobile, else when its ticket is over.

    Another sender is told. What is in review stays in the way: nobody takes an application from another by sending one of his own.
    """
    if left.state is not CaseState.RETURNED or not _is_abandoned(left, mobile, change):
        return
    ending = Change(change.world, replace(change.caller, repeat=None))
    withdraw(ending, left)
    if left.applicant.mobile is not None and left.applicant.mobile != mobile:
        tell(ending, mobile_only(left.applicant.mobile), "application_replaced")
    ending.commit(None)
    started(change.world, left.id)


def _is_abandoned(left: Case, mobile: str, change: Change) -> bool:
    return left.applicant.mobile == mobile or store.is_over(change.world, left.applicant.account_id, change.now)
