"""SMS codes: sent, verified, used (ACC-10)."""

from expertgate.account import tickets
from expertgate.account.actions.captchas import demand_captcha
from expertgate.account.requests.codes import CodeSent, MobileProven, SendSmsCode, VerifySmsCode
from expertgate.account.rules import Purpose, next_send
from expertgate.account.tickets import CodeRow, ProofRow, SendsRow
from expertgate.caller import Caller
from expertgate.errors.account import SmsCodeTooSoon, SmsCodeWrong
from expertgate.forms.masks import mask_mobile
from expertgate.notice.actions.telling import mobile_only, tell
from expertgate.outbound.change import Change
from expertgate.outbound.clock import stamp
from expertgate.outbound.keys import hash_secret, same
from expertgate.outbound.limits import count, count_in_total
from expertgate.outbound.world import World
from expertgate.settings import DAY, HOUR, LIMITS, MINUTE


def send_sms_code(request: SendSmsCode, caller: Caller, world: World) -> CodeSent:
    """Send a code to a mobile, known or not: the answer never tells whether an account has it (D-03)."""
    change = Change(world, caller)
    issue_code(change, request.purpose, request.mobile)
    counted = count(world, f"codes#{caller.client}", LIMITS.codes_per_client_an_hour, HOUR)
    if counted.times > LIMITS.codes_before_captcha:
        demand_captcha(world, request.captcha)
    count_in_total(world, "codes", LIMITS.codes_in_total_a_minute, MINUTE)
    return change.commit(
        CodeSent(sent_to=mask_mobile(request.mobile), resend_after=LIMITS.code_resend_after, expires_in=LIMITS.code_life),
    )


def issue_code(change: Change, purpose: Purpose, mobile: str) -> None:
    """Add a new code and its short message to the change; it ends the one before.

    Raises SmsCodeTooSoon, SmsCodesUsedUp.
    """
    world, now = change.world, change.now
    _count_send(change, mobile)
    code, nonce = world.codes.digits(LIMITS.code_digits), world.codes.ulid(now)
    pk, sk = tickets.code_key(world, purpose, mobile)
    ends = int(now.timestamp()) + LIMITS.code_life
    digest = tickets.code_digest(world, purpose, mobile, nonce, code)
    change.overwrite(CodeRow(pk=pk, sk=sk, digest=digest, nonce=nonce, ends=ends, expires=ends))
    change.audit("account:code:sent", subject=pk, purpose=purpose.value)
    tell(change, mobile_only(mobile), "sms_code", secret=True, code=code, minutes=LIMITS.code_life // MINUTE)


def verify_sms_code(request: VerifySmsCode, caller: Caller, world: World) -> MobileProven:
    """Exchange a right code for a proof that is good once, for the same purpose and mobile."""
    change = Change(world, caller)
    use_code(change, request.purpose, request.mobile, request.sms_code)
    secret = world.codes.secret()
    ends = int(change.now.timestamp()) + LIMITS.mobile_proof_life
    change.put(ProofRow(pk=_proof(secret), about=_about(world, request.purpose, request.mobile), ends=ends, expires=ends))
    return change.commit(MobileProven(mobile_proof=secret, expires_in=LIMITS.mobile_proof_life))


def use_code(change: Change, purpose: Purpose, mobile: str, code_or_proof: str) -> None:
    """Demand a right code or proof for this purpose and mobile, used up by the change: of two changes with the same one wins.

    A try is counted before the code is looked at, also when the change fails later.
    Raises SmsCodeWrong.
    """
    if len(code_or_proof) == LIMITS.code_digits:
        _use_code(change, purpose, mobile, code_or_proof)
    else:
        _use_proof(change, purpose, mobile, code_or_proof)


def _use_code(change: Change, purpose: Purpose, mobile: str, code: str) -> None:
    row = tickets.count_try(change.world, purpose, mobile)
    if row is None or not same(row.digest, tickets.code_digest(change.world, purpose, mobile, row.nonce, code)):
        raise SmsCodeWrong
    change.delete(row, when=CodeRow.nonce == row.nonce, otherwise=SmsCodeWrong())


def _use_proof(change: Change, purpose: Purpose, mobile: str, secret: str) -> None:
    row = ProofRow.find(_proof(secret))
    if row is None or row.ends <= change.now.timestamp() or row.about != _about(change.world, purpose, mobile):
        raise SmsCodeWrong
    change.delete(row, otherwise=SmsCodeWrong())


def _count_send(change: Change, mobile: str) -> None:
    row = SendsRow.find(tickets.sends_key(change.world, mobile))
    sends = next_send(tickets.to_sends(row), change.now)
    expected = SendsRow.pk.does_not_exist() if row is None else (SendsRow.last == row.last)
    counted = SendsRow(
        pk=tickets.sends_key(change.world, mobile),
        day=sends.day,
        times=sends.times,
        last=stamp(sends.last),
        expires=int(change.now.timestamp()) + 2 * DAY,
    )
    change.put(counted, when=expected, otherwise=SmsCodeTooSoon(LIMITS.code_resend_after))


def _proof(secret: str) -> str:
    return f"PROOF#{hash_secret(secret)}"


def _about(world: World, purpose: Purpose, mobile: str) -> str:
    return world.keys.digest("mobile_proof", f"{purpose.value}|{mobile}")
