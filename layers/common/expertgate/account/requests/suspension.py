"""What an operator of the platform sends and gets about somebody's account."""

from typing import Annotated

from expertgate.account.model import AccountKind, Status, SuspensionReason
from expertgate.inbound.fields import Answer, Line, Paragraph, Request, Stamp, one_of


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

    reason: Annotated[str, one_of(SuspensionReason)]
    reason_name: str
    statement: str
    since: Stamp
    by: str
    ended: Stamp | None
    ended_by: str | None
    ended_statement: str | None


class StandingAnswer(Answer):
    """An account as an operator sees it: masked, with its state."""

    account_id: str
    kind: Annotated[str, one_of(AccountKind)]
    name: str | None
    mobile: str | None
    status: Annotated[str, one_of(Status)]
    status_name: str
    suspension: SuspensionAnswer | None
