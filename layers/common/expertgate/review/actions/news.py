"""What the applicant is told about his case (MSG-01)."""

from expertgate.effects import mobile_now
from expertgate.notice.actions.telling import account, tell
from expertgate.notice.model import Recipient
from expertgate.outbound.change import Change
from expertgate.outbound.world import World
from expertgate.review.model import Case
from expertgate.review.store.kinds import kinds


def tell_outcome(change: Change, case: Case) -> None:
    """Tell the applicant where his case stands, unless the kind's own area does."""
    if case.state.value in kinds()[case.kind].told:
        tell(change, applicant_now(change.world, case), f"{case.kind}_{case.state.value}", case=case.id)


def applicant_now(world: World, case: Case) -> Recipient:
    """Return where the applicant hears of his case: at the mobile that the application names, else at the one his account has now."""
    one = case.applicant
    return account(one.account_id, one.mobile or mobile_now(world, one.account_id))
