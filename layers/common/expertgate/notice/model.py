"""What a notice is: a sentence to somebody about something that happened."""

from enum import StrEnum

from expertgate.records import Record


class Delivery(StrEnum):
    """Where the short message or the e-mail of a notice stands."""

    NOT_BY_SMS = "not_by_sms"
    QUEUED = "queued"
    SENDING = "sending"
    SENT = "sent"
    FAILED = "failed"
    PARKED = "parked"

    @property
    def is_open(self) -> bool:
        """Tell whether the message has still to be sent."""
        return self in {Delivery.QUEUED, Delivery.SENDING, Delivery.FAILED}


class Recipient(Record):
    """Whom a notice is for: an account's message centre, a mobile, or both; or an e-mail address."""

    account_id: str | None
    mobile: str | None
    email: str | None = None

    @property
    def leaves(self) -> bool:
        """Tell whether the notice goes out of the house."""
        return self.mobile is not None or self.email is not None


def account(account_id: str, mobile: str | None = None) -> Recipient:
    """Return an account as recipient; with a mobile the notice goes out by SMS as well."""
    return Recipient(account_id, mobile)


def mobile_only(mobile: str) -> Recipient:
    """Return a mobile as recipient: for codes and for people without an account; nothing is kept in a message centre."""
    return Recipient(None, mobile)


def email_only(email: str) -> Recipient:
    """Return an e-mail address as recipient: for codes, and for what an account is told by SMS as well."""
    return Recipient(None, None, email)
