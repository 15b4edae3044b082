"""Who looks like whom in the project system (ADM-10, D-07)."""

from collections.abc import Iterable, Mapping

from expertgate.account.model import Account
from expertgate.admission.model import HoldState, Likeness, Mark, Sent
from expertgate.errors.admission import JoinTooCrowded, JoinTooWide
from expertgate.forms.user_names import user_name_key

DOCUMENT, MOBILE, USER_NAME = "document", "mobile", "user_name"


def marks_of(*values: tuple[str, str | None]) -> tuple[Mark, ...]:
    """Return the marks of (kind, value) pairs, each once, without the empty ones; letters of numbers count in upper case."""
    return tuple(dict.fromkeys(Mark(kind, value.upper()) for kind, value in values if value))


def likenesses(me: str, holders: Mapping[Mark, Iterable[str]]) -> tuple[Likeness, ...]:
    """Return the other accounts with the same number or mobile, in a stable order."""
    found: dict[str, set[Mark]] = {}
    alike = ((mark, one) for mark, accounts in holders.items() if mark.kind != USER_NAME for one in accounts if one != me)
    for mark, account_id in alike:
        found.setdefault(account_id, set()).add(mark)
    return tuple(Likeness(account_id, frozenset(marks)) for account_id, marks in sorted(found.items()))


def unsettled(me: str, alike: Iterable[Likeness], released: Iterable[frozenset[str]]) -> tuple[Likeness, ...]:
    """Return the likenesses nobody has yet said to be different people: a released pair is never held again."""
    settled = set(released)
    return tuple(one for one in alike if frozenset({me, one.account_id}) not in settled)


def was_refused(state: HoldState, refused_for: Iterable[str], alike: Iterable[Likeness]) -> bool:
    """Tell whether an administrator has refused this very suspicion: a changed number or mobile is looked at anew."""
    return state is HoldState.REFUSED and {one.account_id for one in alike} <= set(refused_for)


def demand_joinable(applications: int, most: int) -> None:
    """Refuse a join that would end more applications at once than one transaction holds."""
    if applications > most:
        raise JoinTooWide(most=most)


def demand_narrow(operations: int, most: int) -> None:
    """Refuse a join that has more to take over in one unit than one transaction holds: it could never be concluded."""
    if operations > most:
        raise JoinTooCrowded


def number_of(account: Account) -> str | None:
    """Return the document number behind an account: the person's own, for a unit that of its main agent."""
    agent = account.unit.main_agent if account.unit else None
    held = agent.document if agent else account.document
    return held.number if held else None


def marks_of_account(account: Account) -> tuple[Mark, ...]:
    """Return the marks an account brings along from the platform."""
    return marks_of((DOCUMENT, number_of(account)), (MOBILE, account.mobile))


def marks_of_form(account: Account, sent: Sent) -> tuple[Mark, ...]:
    """Return the marks of an account with those of the form it sends."""
    typed = marks_of((DOCUMENT, sent.document_number), (MOBILE, sent.mobile), (USER_NAME, user_name_key(sent.user_name)))
    return tuple(dict.fromkeys([*marks_of_account(account), *typed]))
