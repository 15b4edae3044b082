"""What entering a service asks and answers (ADM-01, ADM-03)."""

from expertgate.admission.model import EntryOutcome
from expertgate.inbound.fields import Answer, Line, Request


class EnterService(Request):
    """For which unit; needed only by a person who acts for several."""

    unit_id: Line | None = None


class AccountBlock(Answer):
    """账户信息 of the pending and suspended pages, masked."""

    user_id: str
    user_type: str
    name: str
    document_number: str
    mobile: str
    account: str
    unit_name: str
    uscc: str


class UnitChoice(Answer):
    """A unit the caller may act for."""

    unit_id: str
    unit_name: str
    uscc: str


class NextStep(Answer):
    """What to do next: a request of this API, and what it is for."""

    method: str
    path: str
    text: str


class EntryAnswer(Answer):
    """One of the outcomes, the sentence of the manual, whose account it is, and what comes next."""

    outcome: EntryOutcome
    service: str
    unit_id: str | None = None
    message: str
    account: AccountBlock | None = None
    units: tuple[UnitChoice, ...] = ()
    next: tuple[NextStep, ...] = ()
    role: str | None = None
    role_name: str | None = None
    case_id: str | None = None
    ticket: str | None = None
