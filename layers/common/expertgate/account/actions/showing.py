"""The account page: own data masked, level, last log-in, security score (ACC-18, ACC-21)."""

from collections.abc import Sequence
from datetime import date
from typing import cast

from expertgate.account import store
from expertgate.account.actions.agreements import agreements_asked
from expertgate.account.model import Account, EmailState, HeldDocument, LegalRepresentative, MainAgent, UnitFacts
from expertgate.account.requests.information import (
    AccountAnswer,
    DocumentAnswer,
    MainAgentAnswer,
    RepresentativeAnswer,
    ScoreItem,
    UnitAnswer,
)
from expertgate.account.rules import expires_at, missing_information, security_items
from expertgate.account.store import AccountRow, PasswordRow
from expertgate.caller import Caller, Language
from expertgate.errors.account import AccountUnknown
from expertgate.forms.masks import mask_email, mask_mobile, mask_name, mask_number
from expertgate.outbound.clock import instant, stamp
from expertgate.outbound.rows import Key, read_together
from expertgate.outbound.sessions import GateRow, gate_key
from expertgate.outbound.world import World
from expertgate.settings import agreements
from expertgate.wording import say

type Own = tuple[AccountRow, PasswordRow, GateRow]


def show_account(caller: Caller, world: World) -> AccountAnswer:
    """Return the caller's own account."""
    row, password, _ = rows_of(caller)
    return account_answer(store.to_account(world, row), password, int(row.version), caller.language, world)


def own_keys(account_id: str) -> tuple[Key, ...]:
    """Return where account, password and gate lie, for doors to read them along with the session."""
    return *store.with_password(account_id), gate_key(account_id)


def rows_of(caller: Caller) -> Own:
    """Return the caller's own rows, which his door read along with the session.

    Raises AccountUnknown.
    """
    return _all_there(caller.along or read_together(*own_keys(caller.id)))


def own_rows(account_id: str) -> Own:
    """Return the rows of an account that is there, in one read.

    Raises AccountUnknown.
    """
    return _all_there(read_together(*own_keys(account_id)))


def _all_there(rows: Sequence[object]) -> Own:
    if None in rows:
        raise AccountUnknown
    return cast("Own", tuple(rows))


def account_answer(account: Account, password: PasswordRow, version: int, language: Language, world: World) -> AccountAnswer:
    """Return an account as its holder sees it."""
    set_at = instant(password.set_at) if password.set_at else None
    items = security_items(account, set_at, world.clock.now())
    return AccountAnswer(
        account_id=account.id,
        kind=account.kind,
        status=account.status,
        name=mask_name(account.name) if account.name and not account.unit else account.name,
        user_name=account.user_name,
        mobile=mask_mobile(account.mobile) if account.mobile else None,
        email=mask_email(account.email) if account.email else None,
        email_state=email_state(account),
        landline=account.landline,
        level=account.level,
        level_title=say("sentences", f"level_{account.level.value}", language),
        real_name=account.real_name,
        real_person=account.real_person,
        document=document_answer(account.document, fixed=account.is_bound) if account.document else None,
        unit=_unit(account.unit, fixed=account.is_bound) if account.unit else None,
        last_login=password.login_before or password.last_login,
        registered_at=stamp(account.created),
        password_expires_at=stamp(expires_at(set_at)) if set_at else None,
        security_score=sum(one.points for one in items),
        security_items=[
            ScoreItem(item=one.item, points=one.points, of=one.of, title=say("sentences", f"score_{one.item}", language)) for one in items
        ],
        missing=missing_information(account, agreements()),
        agreements_asked=agreements_asked(account, language),
        version=version,
    )


def email_state(account: Account) -> EmailState:
    """Return whether there is an e-mail address and whether it was proven, so that it may open a recovery."""
    if account.email is None:
        return EmailState.NONE
    return EmailState.PROVEN if account.email_proven else EmailState.UNPROVEN


def document_answer(held: HeldDocument, *, fixed: bool) -> DocumentAnswer:
    """Return a document as shown."""
    return DocumentAnswer(
        document_type=held.type,
        document_number=mask_number(held.number),
        valid_from=_day(held.valid_from),
        valid_to=_day(held.valid_to),
        is_long_term=held.has_validity and held.valid_to is None,
        is_fixed=fixed,
    )


def _unit(unit: UnitFacts, *, fixed: bool) -> UnitAnswer:
    return UnitAnswer(
        unit_name=unit.unit_name,
        uscc=unit.uscc,
        legal_person_type=unit.legal_person_type,
        legal_representative=_representative(unit.legal_representative, fixed=fixed) if unit.legal_representative else None,
        main_agent=_main_agent(unit.main_agent) if unit.main_agent else None,
        landline=unit.landline,
        address=unit.address,
    )


def _representative(one: LegalRepresentative, *, fixed: bool) -> RepresentativeAnswer:
    return RepresentativeAnswer(name=mask_name(one.name), type=one.type, document=document_answer(one.document, fixed=fixed))


def _main_agent(one: MainAgent) -> MainAgentAnswer:
    return MainAgentAnswer(name=mask_name(one.name), document=document_answer(one.document, fixed=False), mobile=mask_mobile(one.mobile))


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None
