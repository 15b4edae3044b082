"""What the applicant is told about his case (MSG-01), and an official about one that is taken from him (REV-02)."""

from expertgate.notice.actions.telling import account, tell
from expertgate.outbound.change import Change
from expertgate.review.model import Case
from expertgate.review.store.kinds import kinds


def tell_outcome(change: Change, case: Case) -> None:
    """Tell the applicant where his case stands, unless the kind's own area does."""
    if case.state.value in kinds()[case.kind].told:
        to = account(case.applicant.account_id, case.applicant.mobile)
        tell(change, to, f"{case.kind}_{case.state.value}", case=case.id)


def tell_taken(change: Change, case: Case, holder: str | None, template: str, by: str | None) -> None:
    """Tell who held a case that it is his no more, in his message centre, unless he did that himself."""
    if holder is not None and holder != by:
        tell(change, account(holder), template, case=case.id)
