"""Officials: named by the administrator, set up by themselves, logged in with a second factor (REV-06)."""

from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any

from expertgate.caller import Caller, CallerKind
from expertgate.catalogue.store import NATIONAL, bureau
from expertgate.errors.review import EnrolmentRefused, OfficialUnknown
from expertgate.forms.dates import shanghai_day
from expertgate.forms.documents import parse_document
from expertgate.forms.passwords import Occasion, check_password
from expertgate.forms.problems import FieldProblem, told_at
from expertgate.outbound.change import Change
from expertgate.outbound.clock import instant, stamp
from expertgate.outbound.keys import hash_secret, same
from expertgate.outbound.passwords import hash_password
from expertgate.outbound.sessions import close_gate, gate_of, open_gate
from expertgate.outbound.world import World
from expertgate.review.model import PLATFORM, Duty, Official, OfficialStatus
from expertgate.review.requests.officials import CreateOfficial, Enrolled, EnrolOfficial, Invited
from expertgate.review.rules.marks import marks_of
from expertgate.review.rules.officials import require_duty, require_fit
from expertgate.review.rules.totp import new_secret, provisioning_uri
from expertgate.review.store import jobs
from expertgate.review.store import officials as store
from expertgate.review.store.officials import OfficialRow
from expertgate.settings import LIMITS


def create_official(request: CreateOfficial, caller: Caller, world: World) -> Invited:
    """Name an official; the answer holds the code with which he sets up his log-in, once."""
    require_duty(caller, Duty.ADMINISTRATOR)
    change = Change(world, caller)
    answer = invite(change, request)
    return change.commit(answer)


def invite(change: Change, request: CreateOfficial) -> Invited:
    """Add an official who has still to set up his log-in to the change."""
    world = change.world
    require_fit(request.bureau, request.duties, NATIONAL)
    require_bureau(request.bureau)
    key = _document_key(request, change)
    new = Official(
        id=world.codes.ulid(change.now),
        user_name=request.user_name,
        name=request.name,
        mobile=request.mobile,
        bureau=request.bureau,
        duties=request.duties,
        status=OfficialStatus.INVITED,
        document=(request.document_type.value, request.document_number),
        document_key=key,
        marks=marks_of(world.keys.index, key, request.mobile),
    )
    code, ends = world.codes.secret(), change.now + timedelta(seconds=LIMITS.enrolment_life)
    store.save_new(change, new, hash_secret(code), stamp(ends))
    open_gate(change, new.id, CallerKind.OFFICIAL)
    change.audit("review:official:created", subject=f"OFFICIAL#{new.id}", bureau=new.bureau, duties=sorted(new.duties))
    return _invitation(new, code, ends)


def first_administrator(facts: dict[str, Any], caller: Caller, world: World) -> Invited | None:
    """Name the first administrator, or give him a new code while he has not used one; None once he is at work."""
    request = CreateOfficial.model_validate({**facts, "bureau": NATIONAL, "duties": [Duty.ADMINISTRATOR]})
    change = Change(world, caller)
    first = store.first_administrator()
    if first is None:
        answer = invite(change, request)
        store.save_first(change, answer.id)
    elif first.status == OfficialStatus.INVITED:
        answer = invite_again(change, first)
    else:
        return None
    return change.commit(answer)


def invite_administrator_again(user_name: str, caller: Caller, world: World) -> Invited:
    """Let an administrator set up his log-in anew, at the word of whoever operates the platform; his cases go back to their queues.

    Raises OfficialUnknown where no administrator has this name.
    """
    row = store.row_by_name(user_name)
    if row is None or Duty.ADMINISTRATOR not in row.duties:
        raise OfficialUnknown
    change = Change(world, caller)
    answer = invite_again(change, row)
    jobs.order(change, answer.id)
    return change.commit(answer)


def invite_again(change: Change, row: OfficialRow) -> Invited:
    """Give an official a new code to set up password and second factor; his former ones and his sessions end."""
    one, gate = store.to_official(row, change.world), gate_of(store.id_of(row))
    code, ends = change.world.codes.secret(), change.now + timedelta(seconds=LIMITS.enrolment_life)
    store.save_invitation(change, row, hash_secret(code), stamp(ends))
    if gate is not None:
        close_gate(change, gate, closed=False)
    change.audit("review:official:invited_again", subject=f"OFFICIAL#{one.id}")
    return _invitation(one, code, ends)


def enrol_official(request: EnrolOfficial, caller: Caller, world: World) -> Enrolled:
    """Set password and second factor by the administrator's code; the code works once.

    Raises EnrolmentRefused, whatever is wrong with the code.
    """
    row = _invited(request, world)
    one = store.to_official(row, world)
    known = (one.user_name, one.name, one.mobile, one.document[1])
    with told_at("password"):
        check_password(request.password, request.password_confirmation, Occasion.REGISTRATION, known)
    secret, codes = _second_factor(world)
    change = Change(world, caller)
    store.save_enrolment(change, row, hash_password(request.password), secret, [recovery_hash(world, one.id, code) for code in codes])
    change.audit("review:official:enrolled", subject=f"OFFICIAL#{one.id}")
    uri = provisioning_uri(secret, one.user_name)
    return change.commit(Enrolled(user_name=one.user_name, totp_secret=secret, totp_uri=uri, recovery_codes=codes))


def recovery_hash(world: World, official_id: str, code: str) -> str:
    """Return the stored form of a recovery code: it is short, so it needs the key."""
    return world.keys.digest("recovery", f"{official_id}:{code}")


def _invitation(one: Official, code: str, ends: datetime) -> Invited:
    return Invited(
        id=one.id,
        user_name=one.user_name,
        bureau=one.bureau,
        duties=sorted(one.duties),
        status=OfficialStatus.INVITED,
        enrolment_code=code,
        enrolment_ends=ends,
    )


def _invited(request: EnrolOfficial, world: World) -> OfficialRow:
    row = store.row_by_name(request.user_name)
    if row is None or not row.enrolment_hash or not same(row.enrolment_hash, hash_secret(request.enrolment_code)):
        raise EnrolmentRefused
    if world.clock.now() >= instant(row.enrolment_ends):
        raise EnrolmentRefused
    return row


def _second_factor(world: World) -> tuple[str, list[str]]:
    secret = new_secret(sha256(world.codes.secret().encode()).digest())
    return secret, [world.codes.digits(LIMITS.recovery_code_digits) for _ in range(LIMITS.recovery_codes)]


def _document_key(request: CreateOfficial, change: Change) -> str:
    try:
        return parse_document(request.document_type, request.document_number, shanghai_day(change.now)).unique_key
    except FieldProblem as exc:
        raise exc.at("document_number") from exc


def require_bureau(code: str) -> None:
    """Refuse a bureau that neither the catalogue knows nor is the platform."""
    with told_at("bureau"):
        _ = code == PLATFORM or bureau(code)
