"""Errors of accounts: registration, log-in, codes, own data."""

from expertgate.errors.base import Conflict, Gone, InvalidInput, NotAllowed, NotAuthenticated, NotFound, TooMany, Unavailable, Unprocessable


class SmsCodeWrong(InvalidInput):
    """The code is wrong, used, too old, tried too often, or was sent for another purpose or mobile: all the same from outside."""

    def __init__(self, field: str = "sms_code") -> None:
        """Name the field."""
        super().__init__([(field, "sms_code_wrong", {})])


class SmsCodeTooSoon(TooMany):
    """A code was sent to this mobile a moment ago."""


class SmsCodesUsedUp(TooMany):
    """This mobile got all its codes of the day."""


class EmailCodeWrong(InvalidInput):
    """As SmsCodeWrong, for a code that came by e-mail."""

    def __init__(self, field: str = "email_code") -> None:
        """Name the field."""
        super().__init__([(field, "email_code_wrong", {})])


class EmailCodeTooSoon(TooMany):
    """A code was sent to this e-mail address a moment ago."""


class EmailCodesUsedUp(TooMany):
    """This e-mail address got all its codes of the day."""


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


class OwnAccount(NotAllowed):
    """Nobody suspends or reinstates his own account or a unit he represents or acts for."""


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


class PasswordRefused(InvalidInput):
    """The present password given as proof is wrong."""

    def __init__(self) -> None:
        """Name the field."""
        super().__init__([("current_password", "password_refused", {})])


class ObjectionGone(Gone):
    """The objection code is wrong, was used, or its days are over."""


class InformationInReview(Conflict):
    """What is being reviewed can't be changed meanwhile."""


class RegisterDiffers(Unprocessable):
    """A real-named unit can only become what the authority's register says."""


class RegisterUnavailable(Unavailable):
    """The authority's register does not answer, and this change can't do without it."""


class LegacyFileRefused(Unprocessable):
    """The file of old accounts can't be read as one; `reason` says why."""


class LegacyRecordRepeated(Conflict):
    """This old account stands on an earlier line of the same file."""


class LegacyRecordDiffers(Conflict):
    """This old account has moved with other data; what its holder may have changed since is not overwritten."""


class ImportInHand(Conflict):
    """Another process works on the import of this file."""
