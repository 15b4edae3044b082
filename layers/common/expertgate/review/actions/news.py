"""What the applicant is told about his case (MSG-01)."""

from expertgate.notice.actions.telling import account, tell
from expertgate.outbound.change import Change
from expertgate.review.model import Case
from expertgate.review.store.kinds import kinds


def tell_outcome(change: Change, case: Case) -> None:
    """Tell the applicant where his case stands, unless the kind's own area does."""
    if case.state.value in kinds()[case.kind].told:
        to = account(case.applicant.account_id, case.applicant.mobile)
        tell(change, to, f"{case.kind}_{case.state.value}", case=case.id)
