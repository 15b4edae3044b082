"""Logging in as an official: password and second factor, tries counted before they are judged."""

from datetime import timedelta

from expertgate.caller import Caller
from expertgate.errors.edge import TryAgain
from expertgate.errors.review import OfficialLoginRefused
from expertgate.outbound.change import Change
from expertgate.outbound.clock import instant, stamp
from expertgate.outbound.limits import Counted, count, give_back_in
from expertgate.outbound.passwords import fits
from expertgate.outbound.sessions import begin_session, gate_of
from expertgate.outbound.world import World
from expertgate.review.actions.officials import recovery_hash
from expertgate.review.model import OfficialStatus
from expertgate.review.requests.officials import LogInOfficial, OfficialSession
from expertgate.review.rules.officials import lock_after
from expertgate.review.rules.totp import DIGITS, accepted_step
from expertgate.review.store import officials as store
from expertgate.review.store.officials import OfficialRow, Proof
from expertgate.settings import HOUR, LIMITS


def log_in_official(request: LogInOfficial, caller: Caller, world: World) -> OfficialSession:
    """Begin a session; unknown, locked, disabled and wrong answer the same and cost the same.

    Raises OfficialLoginRefused, TooManyRequests where one client fails too often at whatever names.
    """
    tried = count(world, f"official_login#{caller.client}", LIMITS.login_failures_per_client_an_hour, HOUR)
    row = store.row_by_name(request.user_name)
    may_try = row is not None and _counted(row, world)
    is_right = fits(request.password, row.password_hash if row is not None and may_try else None)
    proof = _proof(row, request.code, world) if row is not None and is_right else None
    if row is None or proof is None or row.status != OfficialStatus.ACTIVE:
        raise OfficialLoginRefused
    return _begun(row, proof, tried, Change(world, caller))


def _counted(row: OfficialRow, world: World) -> bool:
    """Count the try before judging it, so that many at once can't have more; tell whether it may be made."""
    now, failures = world.clock.now(), int(row.failures)
    if row.locked_until is not None:
        if now < instant(row.locked_until):
            return False
        failures = 0
    until = lock_after(failures + 1, now)
    if not store.count_failure(row, failures + 1, stamp(until) if until else None):
        raise TryAgain
    return True


def _proof(row: OfficialRow, code: str, world: World) -> Proof | None:
    """Return what the second factor uses up: a step of the app's clock or a recovery code."""
    if len(code) == DIGITS:
        secret = store.totp_secret(row, world)
        step = accepted_step(secret, code, world.clock.now(), int(row.last_step)) if secret else None
        return Proof(step=step) if step is not None else None
    hashed = recovery_hash(world, store.id_of(row), code)
    return Proof(recovery_hash=hashed) if hashed in (row.recovery_hashes or []) else None


def _begun(row: OfficialRow, proof: Proof, tried: Counted, change: Change) -> OfficialSession:
    one = store.to_official(row, change.world)
    gate = gate_of(one.id)
    if gate is None or gate.closed:
        raise OfficialLoginRefused
    give_back_in(change, tried.row)  # only failures count
    left = store.use_proof(change, row, proof)
    token = begin_session(change, gate, duties=frozenset(one.duties), bureau=one.bureau)
    change.audit("review:official:logged_in", subject=f"OFFICIAL#{one.id}", by="app" if proof.step else "recovery_code")
    return change.commit(
        OfficialSession(
            token=token,
            official_id=one.id,
            bureau=one.bureau,
            duties=sorted(one.duties),
            ends=change.now + timedelta(seconds=LIMITS.official_session_absolute),
            recovery_codes_left=left,
        ),
    )
