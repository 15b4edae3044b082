"""Under which claims the holder of a log-in name may be found (ACC-12, ACC-14)."""

from datetime import date, datetime

from expertgate.account.model import AccountKind
from expertgate.forms.dates import shanghai_day
from expertgate.forms.documents import keys_answering
from expertgate.forms.mobile import parse_mobile
from expertgate.forms.problems import FieldProblem
from expertgate.forms.user_names import answering_keys, parse_user_name

type Claim = tuple[str, str]  # kind and value, as in the table

_NOTHING: Claim = ("user_name", "-")  # no user name: there is always something to look for, so that every name costs a read


def claims_answering(typed: str, kind: AccountKind, now: datetime) -> list[Claim]:
    """Return the claims in the order in which they count: mobile, document, user name; a unit has only its user name."""
    names = _user_names(typed)
    if kind is AccountKind.UNIT:
        return names or [_NOTHING]
    return _mobile(typed) + _documents(typed, shanghai_day(now)) + names or [_NOTHING]


def _mobile(typed: str) -> list[Claim]:
    try:
        return [("mobile", parse_mobile(typed))]
    except FieldProblem:
        return []


def _documents(typed: str, today: date) -> list[Claim]:
    """Return the keys of every document the number may be: its type is not typed at log-in."""
    return [("document", key) for key in keys_answering(typed, today)]


def _user_names(typed: str) -> list[Claim]:
    try:
        return [("user_name", one) for one in answering_keys(parse_user_name(typed))]
    except FieldProblem:
        return []
