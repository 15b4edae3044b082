"""The face branch (REC-03): name and number, then the face, then a new password."""

from dataclasses import replace

from expertgate.account import store as accounts
from expertgate.caller import Caller
from expertgate.errors.recovery import RecoveredAccountUnknown
from expertgate.identity.actions.faces import begin_face_check
from expertgate.outbound.change import Change
from expertgate.outbound.world import World
from expertgate.recovery import store
from expertgate.recovery.actions.answers import recovery_answer
from expertgate.recovery.actions.opening import open_at, purpose_of
from expertgate.recovery.model import Step
from expertgate.recovery.requests.faces import RecoveryFace, ShowFace


def start_recovery_face_check(recovery_id: str, ticket: str, request: ShowFace, caller: Caller, world: World) -> RecoveryFace:
    """Start a check of the face whose passing opens the next step; a failed or expired one may be started anew."""
    change = Change(world, caller)
    was = open_at(change, recovery_id, ticket, Step.CHECK_FACE)
    account = accounts.account(world, was.recovery.account_id or "-")
    if account is None:
        raise RecoveredAccountUnknown(way=was.recovery.kind.value)
    started = begin_face_check(change, account, request.channel, purpose_of(was.recovery))
    waiting = replace(was.recovery, face_check_id=started.face_check_id)
    store.save(change, was, waiting)
    answer = recovery_answer(waiting, account, caller, world)
    return change.commit(RecoveryFace(face=started, recovery=answer.model_copy(update={"face_state": started.state})))
