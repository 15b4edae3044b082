"""Errors of accounts: registration, log-in, codes, own data."""

from expertgate.errors.base import Conflict, Gone, InvalidInput, NotAllowed, NotAuthenticated, NotFound, TooMany, Unprocessable


class SmsCodeWrong(InvalidInput):
    """The code is wrong, used, too old, tried too often, or was sent for another purpose or mobile: all the same from outside."""

    def __init__(self) -> None:
        """Name the field."""
        super().__init__([("sms_code", "sms_code_wrong", {})])


class SmsCodeTooSoon(TooMany):
    """A code was sent to this mobile a moment ago."""


class SmsCodesUsedUp(TooMany):
    """This mobile got all its codes of the day."""


class CaptchaRequired(Unprocessable):
    """Abuse is suspected: an image captcha must be solved first."""


class CaptchaWrong(InvalidInput):
    """The text is not that of the image, or the image was used or is too old."""

    def __init__(self) -> None:
        """Name the field."""
        super().__init__([("captcha.text", "captcha_wrong", {})])


class LoginRefused(NotAuthenticated):
    """Log-in name or password is wrong, and no more is said."""


class LoginSlowedDown(TooMany):
    """After some failures the next try has to wait."""


class LoginLocked(TooMany):
    """After many failures nobody logs in under this name from this client for a time."""


class PasswordResetNeeded(NotAllowed):
    """The password was right but comes from an old platform: it must be set anew; `ticket` opens that step."""


class PasswordExpired(NotAllowed):
    """The password was right but is too old: it must be changed; `ticket` opens that step."""


class AccountSuspended(NotAllowed):
    """The account was suspended by the platform."""


class TicketGone(Gone):
    """The ticket was used, is too old, or belongs to another client."""


class DocumentRegistered(Conflict):
    """A person with this document has an account: recover the password, or appeal."""


class MobileRegistered(Conflict):
    """A person with this mobile has an account: log in with it, or recover the password."""


class UserNameRegistered(Conflict):
    """The user name is taken; also by an account of the old project system (`WGZJXM_` before it)."""


class UnitNameRegistered(Conflict):
    """A unit with this name has an account: appeal as a unit."""


class UsccRegistered(Conflict):
    """The unit with this credit code is registered under another name: it was renamed, appeal with the newest name."""


class AccountUnknown(NotFound):
    """There is no such account."""


class SessionUnknown(NotFound):
    """There is no such session of this account."""


class DocumentBound(Conflict):
    """A real-named document number can be neither changed nor cancelled."""


class InformationComplete(Conflict):
    """Nothing is missing; changes go through "my information"."""


class PasswordRefused(NotAuthenticated):
    """The present password given as proof is wrong."""
