"""What an official is told about a case that is taken from him (REV-02)."""

from expertgate.notice.actions.telling import account, tell
from expertgate.outbound.change import Change
from expertgate.review.model import Case


def tell_taken(change: Change, case: Case, template: str, by: str | None) -> None:
    """Tell who holds a case that it is his no more, in his message centre, unless he did that himself."""
    if case.claimed_by is not None and case.claimed_by != by:
        tell(change, account(case.claimed_by), template, case=case.id)
