"""Codes by short message and by e-mail: sent, verified, used (ACC-10, REC-05)."""

from dataclasses import replace
from typing import cast

from expertgate.account import tickets
from expertgate.account.actions.captchas import demand_captcha
from expertgate.account.requests.codes import Captcha, CodeSent, MobileProven, SendEmailCode, SendSmsCode, VerifySmsCode
from expertgate.account.rules import Purpose, is_email, next_send, too_soon
from expertgate.account.tickets import CodeRow, ProofRow, SendsRow
from expertgate.caller import Caller
from expertgate.errors.account import CaptchaRequired, EmailCodeWrong, SmsCodeWrong
from expertgate.errors.base import InvalidInput
from expertgate.forms.masks import mask_email, mask_mobile
from expertgate.notice.actions.telling import email_only, mobile_only, tell
from expertgate.outbound.change import Change
from expertgate.outbound.clock import stamp
from expertgate.outbound.keys import hash_secret, same
from expertgate.outbound.limits import Limit, LimitRow, count, count_in, count_in_total
from expertgate.outbound.rows import ONLY
from expertgate.outbound.world import World
from expertgate.settings import DAY, HOUR, LIMITS, MINUTE


def send_sms_code(request: SendSmsCode, caller: Caller, world: World) -> CodeSent:
    """Send a code to a mobile, known or not: the answer never tells whether an account has it (D-03)."""
    return _sent(Change(world, caller), Purpose(request.purpose), request.mobile, request.captcha, mask_mobile(request.mobile))


def send_email_code(request: SendEmailCode, caller: Caller, world: World) -> CodeSent:
    """Send a code to an e-mail address, known or not, by the rules of a mobile's (REC-05)."""
    return _sent(Change(world, caller), Purpose(request.purpose), request.email, request.captcha, mask_email(request.email))


def _sent(change: Change, purpose: Purpose, address: str, captcha: Captcha | None, shown: str) -> CodeSent:
    """Count per address and per client, both ways together, and in total; past the first of an hour a captcha is asked for."""
    world = change.world
    limit = Limit(f"codes#{change.caller.client}", LIMITS.codes_per_client_an_hour, HOUR)
    counter = limit.row(change.now)
    sends, counted = change.read((SendsRow, tickets.sends_key(world, address), ONLY), (LimitRow, counter.pk, counter.sk))
    _issue_code(change, purpose, address, cast("SendsRow | None", sends))
    if (cast("LimitRow", counted).times if counted else 0) < LIMITS.codes_before_captcha:
        count_in(change, replace(limit, most=LIMITS.codes_before_captcha), otherwise=CaptchaRequired())
    else:
        count(world, limit.key, limit.most, limit.window)  # by itself, since a wrong captcha counts too
        demand_captcha(world, captcha)
    count_in_total(world, "codes", LIMITS.codes_in_total_a_minute, MINUTE)
    return change.commit(CodeSent(sent_to=shown, resend_after=LIMITS.code_resend_after, expires_in=LIMITS.code_life))


def _issue_code(change: Change, purpose: Purpose, address: str, sent: SendsRow | None) -> None:
    """Add a new code and the message with it to the change; it ends the one before.

    Raises SmsCodeTooSoon, SmsCodesUsedUp, for an e-mail address EmailCodeTooSoon, EmailCodesUsedUp.
    """
    world, now = change.world, change.now
    _count_send(change, address, sent)
    code, nonce = world.codes.digits(LIMITS.code_digits), world.codes.ulid(now)
    pk, sk = tickets.code_key(world, purpose, address)
    ends = int(now.timestamp()) + LIMITS.code_life
    digest = tickets.code_digest(world, purpose, address, nonce, code)
    change.overwrite(CodeRow(pk=pk, sk=sk, digest=digest, nonce=nonce, ends=ends, expires=ends))
    change.audit("account:code:sent", subject=pk, purpose=purpose.value)
    to, template = (email_only(address), "email_code") if is_email(address) else (mobile_only(address), "sms_code")
    tell(change, to, template, secret_for=LIMITS.code_life, code=code, minutes=LIMITS.code_life // MINUTE)


def verify_sms_code(request: VerifySmsCode, caller: Caller, world: World) -> MobileProven:
    """Exchange a right code for a proof that is good once, for the same purpose and mobile."""
    change, purpose = Change(world, caller), Purpose(request.purpose)
    use_code(change, purpose, request.mobile, request.sms_code)
    secret = world.codes.secret()
    ends = int(change.now.timestamp()) + LIMITS.mobile_proof_life
    change.put(ProofRow(pk=_proof(secret), about=_about(world, purpose, request.mobile), ends=ends, expires=ends))
    return change.commit(MobileProven(mobile_proof=secret, expires_in=LIMITS.mobile_proof_life))


def use_code(change: Change, purpose: Purpose, address: str, code_or_proof: str, field: str | None = None) -> None:
    """Demand a right code or proof for this purpose and mobile or e-mail address; the change uses it up.

    Of two changes with the same code one wins. A try is counted before the code is looked at, also when the change fails later.
    Raises SmsCodeWrong, EmailCodeWrong, at the `field` where it is not the usual one.
    """
    wrong = EmailCodeWrong(field or "email_code") if is_email(address) else SmsCodeWrong(field or "sms_code")
    if len(code_or_proof) == LIMITS.code_digits:
        _use_code(change, (purpose, address), code_or_proof, wrong)
    else:
        _use_proof(change, (purpose, address), code_or_proof, wrong)


def _use_code(change: Change, about: tuple[Purpose, str], code: str, wrong: InvalidInput) -> None:
    row = tickets.count_try(change.world, *about)
    if row is None or not same(row.digest, tickets.code_digest(change.world, *about, row.nonce, code)):
        raise wrong
    change.delete(row, when=CodeRow.nonce == row.nonce, otherwise=wrong)


def _use_proof(change: Change, about: tuple[Purpose, str], secret: str, wrong: InvalidInput) -> None:
    row = ProofRow.find(_proof(secret))
    if row is None or row.ends <= change.now.timestamp() or row.about != _about(change.world, *about):
        raise wrong
    change.delete(row, otherwise=wrong)


def _count_send(change: Change, address: str, row: SendsRow | None) -> None:
    sends = next_send(tickets.to_sends(row), change.now, address)
    expected = SendsRow.pk.does_not_exist() if row is None else (SendsRow.last == row.last)
    counted = SendsRow(
        pk=tickets.sends_key(change.world, address),
        day=sends.day,
        times=sends.times,
        last=stamp(sends.last),
        expires=int(change.now.timestamp()) + 2 * DAY,
    )
    change.put(counted, when=expected, otherwise=too_soon(address)(LIMITS.code_resend_after))


def _proof(secret: str) -> str:
    return f"PROOF#{hash_secret(secret)}"


def _about(world: World, purpose: Purpose, mobile: str) -> str:
    return world.keys.digest("mobile_proof", f"{purpose.value}|{mobile}")
