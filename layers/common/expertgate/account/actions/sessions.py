"""Own sessions: seen, ended one by one or all at once (ACC-23)."""

from expertgate.account.requests.sessions import Ended, SessionAnswer, SessionsAnswer
from expertgate.account.store import key_of
from expertgate.caller import Caller
from expertgate.errors.account import SessionUnknown
from expertgate.errors.edge import LoginRequired
from expertgate.outbound import sessions
from expertgate.outbound.change import Change
from expertgate.outbound.sessions import SessionRow
from expertgate.outbound.world import World


def log_out(caller: Caller, world: World) -> Ended:
    """End the session of this request."""
    return _ended(caller.session_id or "", caller, world)


def list_sessions(caller: Caller, world: World) -> SessionsAnswer:
    """Return the caller's good sessions, newest first."""
    return SessionsAnswer(items=[_answer(row, caller) for row in sessions.sessions_of(caller.id, world.clock.now())])


def end_session(session_id: str, caller: Caller, world: World) -> Ended:
    """End one of the caller's sessions.

    Raises SessionUnknown for one he does not have.
    """
    if session_id not in [row.sk.removeprefix("SESSION#") for row in sessions.sessions_of(caller.id, world.clock.now())]:
        raise SessionUnknown
    return _ended(session_id, caller, world)


def end_all_sessions(caller: Caller, world: World, *, keep_this_one: bool) -> Ended:
    """End all sessions at once, also those a thief has."""
    gate = sessions.gate_of(caller.id)
    if gate is None:
        raise LoginRequired
    change = Change(world, caller)
    sessions.move_epoch(change, gate, keep_session=caller.session_id if keep_this_one else None)
    change.audit("account:sessions:ended", subject=key_of(caller.id), kept=keep_this_one)
    return change.commit(Ended())


def _ended(session_id: str, caller: Caller, world: World) -> Ended:
    change = Change(world, caller)
    sessions.end_session(change, caller.id, session_id)
    change.audit("account:session:ended", subject=key_of(caller.id), session=session_id)
    return change.commit(Ended())


def _answer(row: SessionRow, caller: Caller) -> SessionAnswer:
    session_id = row.sk.removeprefix("SESSION#")
    return SessionAnswer(
        session_id=session_id,
        client=row.client,
        began=row.began,
        last_seen=row.seen,
        ends_at=row.ends,
        is_this_one=session_id == caller.session_id,
    )
