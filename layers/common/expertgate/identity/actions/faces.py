"""Face checks: started, asked for, and settled by the provider's signed call-back (ID-04, ID-05)."""

from collections.abc import Mapping
from datetime import timedelta

from expertgate.account import store as accounts
from expertgate.account.model import Account, AccountKind, Status
from expertgate.caller import Caller, Language
from expertgate.errors.edge import ChangedMeanwhile, TryAgain
from expertgate.errors.identity import FaceCheckUnknown, FaceProviderSilent, FaceResultRefused, IdentityUnknown, TooManyChecks
from expertgate.identity import rules, store
from expertgate.identity.model import FaceCheck, FaceState
from expertgate.identity.requests import FaceChannel, FaceCheckAnswer, FaceCheckStarted, ResultTaken, ScanCode, StartFaceCheck
from expertgate.identity.rules import ACCOUNT_PURPOSE
from expertgate.notice.actions.telling import account as recipient
from expertgate.notice.actions.telling import tell
from expertgate.outbound.change import Change
from expertgate.outbound.face import FaceAsked, FaceResult, FaceSilent, read_result
from expertgate.outbound.keys import hash_secret, same
from expertgate.outbound.limits import count
from expertgate.outbound.world import World
from expertgate.settings import HOUR, LIMITS
from expertgate.wording import say

_ASK_AGAIN_AFTER = 2
_TRIES = 3


def start_face_check(request: StartFaceCheck, caller: Caller, world: World) -> FaceCheckStarted:
    """Start a check of the caller's own face."""
    account = accounts.account(world, caller.id)
    if account is None or account.kind is not AccountKind.PERSON:
        raise IdentityUnknown
    rules.demand_face_due(account)
    change = Change(world, caller)
    return change.commit(begin_face_check(change, account, request.channel, ACCOUNT_PURPOSE))


def begin_face_check(change: Change, account: Account, channel: FaceChannel, purpose: str) -> FaceCheckStarted:
    """Start a check at the provider and add it to the change; `purpose` says what its passing is good for.

    Raises TooManyChecks, FaceProviderSilent.
    """
    world, person = change.world, rules.named(account)
    count(world, f"face#{account.id}", LIMITS.face_checks_an_hour, HOUR, TooManyChecks)
    check_id, state = world.codes.ulid(change.now), world.codes.secret()
    asked = FaceAsked(check_id, state, person.name, person.document_type, person.number, channel.value)
    try:
        url = world.face.start(asked)
    except FaceSilent as exc:
        raise FaceProviderSilent from exc
    ends = change.now + timedelta(seconds=LIMITS.face_flow_life)
    check = FaceCheck(check_id, account.id, purpose, _person(world, account), hash_secret(state), FaceState.WAITING, ends)
    store.add_face_check(change, check)
    change.audit("identity:face_check:started", subject=accounts.key_of(account.id), check=check_id, channel=channel.value, purpose=purpose)
    return _started(check_id, url, channel, change.caller.language)


def show_face_check(face_check_id: str, caller: Caller, world: World) -> FaceCheckAnswer:
    """Tell where a check of the caller's own stands."""
    check, now = store.face_check(face_check_id), world.clock.now()
    if check is None or check.account_id != caller.id or check.purpose != ACCOUNT_PURPOSE:
        raise FaceCheckUnknown
    state = rules.shown_state(check, now)
    left = int((check.ends - now).total_seconds()) if state is FaceState.WAITING else 0
    return FaceCheckAnswer(face_check_id=check.id, state=state, message=say("sentences", f"face_{state}", caller.language), expires_in=left)


def receive_face_result(headers: Mapping[str, str], body: str, caller: Caller, world: World) -> ResultTaken:
    """Take the provider's call-back; a forged, late, repeated or foreign one changes nothing and is answered alike."""
    result = read_result(headers, body, world.clock.now())
    if result is not None:
        _settle(result, caller, world)
    return ResultTaken()


def _settle(result: FaceResult, caller: Caller, world: World) -> None:
    for _ in range(_TRIES):
        try:
            return _settle_once(result, caller, world)
        except FaceResultRefused:
            return None
        except ChangedMeanwhile:
            continue  # somebody wrote the account at the same moment; the result is still good
    raise TryAgain


def _settle_once(result: FaceResult, caller: Caller, world: World) -> None:
    change = Change(world, caller)
    check = store.face_check(result.check_id)
    if check is None or not same(check.state_hash, hash_secret(result.state)) or not rules.is_live(check, change.now):
        raise FaceResultRefused
    state = FaceState.PASSED if result.has_passed else FaceState.FAILED
    store.use_nonce(change, result.nonce, change.now, FaceResultRefused())
    store.settle_face_check(change, check.id, state, FaceResultRefused())
    if check.purpose == ACCOUNT_PURPOSE and result.has_passed:
        _pass(change, check)
    tag = "identity:face_check:passed" if result.has_passed else "identity:face_check:failed"
    change.audit(tag, subject=accounts.key_of(check.account_id), check=check.id, purpose=check.purpose)
    change.commit(ResultTaken())


def _pass(change: Change, check: FaceCheck) -> None:
    """Note it at the account, if that is still the person whose face was asked for."""
    row = accounts.row_of(check.account_id)
    if row is None:
        raise FaceResultRefused
    account = accounts.to_account(change.world, row)
    if account.status is not Status.ACTIVE or not same(_person(change.world, account), check.person):
        raise FaceResultRefused
    accounts.save(change, row, rules.face_passed(account))
    tell(change, recipient(account.id, account.mobile), "real_person_passed")


def _person(world: World, account: Account) -> str:
    held = account.document
    return world.keys.digest("face_person", f"{account.name}|{held.type}|{held.number}" if held else "")


def _started(check_id: str, url: str, channel: FaceChannel, language: Language) -> FaceCheckStarted:
    is_web = channel is FaceChannel.WEB
    return FaceCheckStarted(
        face_check_id=check_id,
        state=FaceState.WAITING,
        message=say("sentences", "face_scan" if is_web else "face_open", language),
        scan=ScanCode(text=url, svg=_svg(url)) if is_web else None,
        open_url=None if is_web else url,
        expires_in=LIMITS.face_flow_life,
        ask_again_after=_ASK_AGAIN_AFTER,
    )


def _svg(text: str) -> str:
    import segno  # noqa: PLC0415 -- drawn only for the web

    drawn: str = segno.make(text, error="m", micro=False).svg_inline(scale=4, border=4)
    return drawn
