"""What an operator of the platform sends and gets about somebody's account."""

from expertgate.account.model import AccountKind, SuspensionReason
from expertgate.inbound.fields import Answer, Line, Paragraph, Request


class FindAccount(Request):
    """By what its holder logs in with; a unit also by its credit code."""

    kind: AccountKind
    login_name: Line


class SuspendAccount(Request):
    """Why the account must stop: a reason its holder is told, and a statement for the file."""

    reason: SuspensionReason
    statement: Paragraph


class ReinstateAccount(Request):
    """Why the account may go on, for the file."""

    statement: Paragraph


class SuspensionAnswer(Answer):
    """The last suspension of an account, ended or not; officials are named by their ids."""

    reason: str
    reason_name: str
    statement: str
    since: str
    by: str
    ended: str | None
    ended_by: str | None
    ended_statement: str | None


class StandingAnswer(Answer):
    """An account as an operator sees it: masked, with its state."""

    account_id: str
    kind: str
    name: str | None
    mobile: str | None
    status: str
    status_name: str
    suspension: SuspensionAnswer | None
