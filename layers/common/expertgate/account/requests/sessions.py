"""Requests and answers about logging in and sessions."""

from typing import Literal

from expertgate.account.model import AccountKind, Missing
from expertgate.account.requests.codes import Captcha
from expertgate.account.requests.fields import Password
from expertgate.inbound.fields import Answer, Line, Request, Stamp


class LogIn(Request):
    """Person: mobile, document number or legacy user name; unit: user name (ACC-12)."""

    kind: Literal["person", "unit"]
    login_name: Line
    password: Password
    captcha: Captcha | None = None


class LoggedIn(Answer):
    """The session's token, shown once, and what the account should do next."""

    token: str
    account_id: str
    kind: AccountKind
    name: str | None
    idle_seconds: int
    ends_at: Stamp
    last_login: Stamp | None
    next: list[Missing]


class SessionAnswer(Answer):
    """One session of the caller; `client` tells own devices apart without saying where they are."""

    session_id: str
    client: str | None
    began: Stamp
    last_seen: Stamp
    ends_at: Stamp
    is_this_one: bool


class SessionsAnswer(Answer):
    """The caller's good sessions."""

    items: list[SessionAnswer]


class Ended(Answer):
    """That sessions were ended."""

    ended: bool = True
