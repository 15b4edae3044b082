"""Requests and answers about SMS codes and captchas."""

from enum import StrEnum

from expertgate.account.requests.fields import EmailAddress, MobileNumber, SentCode
from expertgate.account.rules import Purpose, SmsPurpose
from expertgate.inbound.fields import Answer, Line, Request


class Captcha(Request):
    """A solved image captcha."""

    captcha_id: Line
    text: Line


class RenewCaptcha(Request):
    """Ask for a picture; `previous` is the one it replaces."""

    previous: Line | None = None


class CaptchaMade(Answer):
    """A picture (data URL) to be read by a human."""

    captcha_id: str
    image: str
    expires_in: int


class EmailPurpose(StrEnum):
    """What a code by e-mail is good for."""

    CONFIRM_EMAIL = Purpose.CONFIRM_EMAIL.value
    RESET_PASSWORD = Purpose.RESET_PASSWORD.value


class SendEmailCode(Request):
    """Ask for a code by e-mail; the captcha only when it was demanded."""

    purpose: EmailPurpose
    email: EmailAddress
    captcha: Captcha | None = None


class SendSmsCode(Request):
    """Ask for a code; the captcha only when it was demanded."""

    purpose: SmsPurpose
    mobile: MobileNumber
    captcha: Captcha | None = None


class CodeSent(Answer):
    """That a code is on its way, and after how many seconds another may be asked for."""

    sent_to: str
    resend_after: int
    expires_in: int


class VerifySmsCode(Request):
    """Exchange a code for a proof."""

    purpose: SmsPurpose
    mobile: MobileNumber
    sms_code: SentCode


class MobileProven(Answer):
    """A proof to be given instead of the code, once."""

    mobile_proof: str
    expires_in: int
