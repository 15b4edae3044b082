"""Image captchas (图形验证码): made on demand, good once (ACC-11)."""

from pynamodb.exceptions import DeleteError

from expertgate.account.pictures import ALPHABET, LENGTH, draw
from expertgate.account.requests.codes import Captcha, CaptchaMade, RenewCaptcha
from expertgate.account.tickets import CaptchaRow
from expertgate.caller import Caller
from expertgate.errors.account import CaptchaRequired, CaptchaWrong
from expertgate.outbound.keys import same
from expertgate.outbound.limits import count
from expertgate.outbound.passing import give_up
from expertgate.outbound.rows import condition_failed
from expertgate.outbound.world import World
from expertgate.settings import HOUR, LIMITS


def renew_captcha(request: RenewCaptcha, caller: Caller, world: World) -> CaptchaMade:
    """Make a new picture; the previous one, where named, is worth nothing any more."""
    count(world, f"captcha#{caller.client}", LIMITS.captchas_per_client_an_hour, HOUR)
    if request.previous:
        _take(request.previous)
    text = "".join(ALPHABET[int(world.codes.digits(6)) % len(ALPHABET)] for _ in range(LENGTH))
    captcha_id, ends = world.codes.secret(), int(world.clock.now().timestamp()) + LIMITS.captcha_life
    CaptchaRow(pk=_place(captcha_id), digest=_digest(world, captcha_id, text), ends=ends, expires=ends).save()
    return CaptchaMade(captcha_id=captcha_id, image=draw(text), expires_in=LIMITS.captcha_life)


def demand_captcha(world: World, solved: Captcha | None) -> None:
    """Demand a solved captcha; whatever the text, it is used up by looking.

    Raises CaptchaRequired, CaptchaWrong.
    """
    if solved is None:
        raise CaptchaRequired
    row = _take(solved.captcha_id)
    if row is None or row.ends <= world.clock.now().timestamp():
        raise CaptchaWrong
    if not same(row.digest, _digest(world, solved.captcha_id, solved.text.upper())):
        raise CaptchaWrong


def _take(captcha_id: str) -> CaptchaRow | None:
    """Return the captcha, used up: of two that try it at once one gets it."""
    row = CaptchaRow.find(_place(captcha_id))
    if row is None:
        return None
    try:
        row.delete(condition=CaptchaRow.pk.exists(), add_version_condition=False)
    except DeleteError as exc:
        if condition_failed(exc):
            return None
        give_up(exc)
    return row


def _place(captcha_id: str) -> str:
    return f"CAPTCHA#{captcha_id}"


def _digest(world: World, captcha_id: str, text: str) -> str:
    return world.keys.digest("captcha", f"{captcha_id}|{text}")
