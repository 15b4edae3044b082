"""Opening a recovery at the step that was asked for."""

from expertgate.account import store as accounts
from expertgate.outbound.change import Change
from expertgate.recovery import rules, store
from expertgate.recovery.model import Recovery, Step
from expertgate.recovery.store import Opened


def open_at(change: Change, recovery_id: str, ticket: str, *steps: Step) -> Opened:
    """Return the recovery if one of these steps comes next; a passed face check counts as soon as it is asked.

    Raises RecoveryUnknown, RecoveryOver, RecoveryStepWrong.
    """
    was = store.opened(change.world, recovery_id, ticket, change.caller.client)
    recovery = seen(was.recovery)
    wanted = recovery.step if recovery.step in steps else steps[0]
    rules.demand_step(recovery, wanted, change.now)
    return Opened(was.row, recovery)


def seen(recovery: Recovery) -> Recovery:
    """Return the recovery with its face check taken into account."""
    if recovery.step is not Step.CHECK_FACE or recovery.face_check_id is None:
        return recovery
    from expertgate.identity import store as identity  # noqa: PLC0415 -- only recoveries with a face check load this room
    from expertgate.identity.model import FaceState  # noqa: PLC0415

    check = identity.face_check(recovery.face_check_id)
    has_passed = check is not None and check.state is FaceState.PASSED and check.purpose == purpose_of(recovery)
    return rules.moved_on(recovery) if has_passed else recovery


def purpose_of(recovery: Recovery) -> str:
    """Return what a face check of this recovery is good for, and nothing else."""
    return f"recovery:{recovery.id}"


def subject_of(recovery: Recovery) -> str:
    """Return what the audit rows of a recovery are about: its account as soon as that is known."""
    return accounts.key_of(recovery.account_id) if recovery.account_id else f"RECOVERY#{recovery.id}"


def owner_of(recovery: Recovery) -> str:
    """Return who owns the uploads of a recovery."""
    return f"FLOW#{recovery.id}"
