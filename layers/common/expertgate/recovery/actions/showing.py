"""Looking at a recovery again: it is resumed by its ticket (REC-01)."""

from expertgate.account import store as accounts
from expertgate.caller import Caller
from expertgate.outbound.world import World
from expertgate.recovery import store
from expertgate.recovery.actions.answers import recovery_answer
from expertgate.recovery.actions.opening import seen
from expertgate.recovery.requests.answers import RecoveryAnswer


def show_recovery(recovery_id: str, ticket: str, caller: Caller, world: World) -> RecoveryAnswer:
    """Return a recovery as it stands, to whoever holds its ticket."""
    recovery = seen(store.opened(world, recovery_id, ticket, caller.client).recovery)
    account = accounts.account(world, recovery.account_id) if recovery.account_id else None
    return recovery_answer(recovery, account, caller, world)
