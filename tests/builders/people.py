"""Accounts put straight into the tables: for tests that are not about registering."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from expertgate.account import store
from expertgate.account.consents import agreed
from expertgate.account.model import (
    Account,
    AccountKind,
    Channel,
    HeldDocument,
    LegalPersonType,
    LegalRepresentative,
    MainAgent,
    RealName,
    RealPerson,
    RepresentativeType,
    Status,
    UnitFacts,
)
from expertgate.account.store import Claimed
from expertgate.caller import CallerKind, system
from expertgate.errors.edge import ChangedMeanwhile
from expertgate.forms.documents import DocumentType, parse_document
from expertgate.forms.names import parse_unit_name
from expertgate.outbound.change import Change
from expertgate.outbound.passwords import hash_password
from expertgate.outbound.sessions import open_gate
from expertgate.settings import agreements
from tests.builders.numbers import Numbers
from tests.stage import Stage, session_for

BORN = datetime(2026, 1, 5, 2, 0, tzinfo=UTC)
TODAY = date(2026, 3, 2)
NUMBERS = Numbers("people")
PASSWORD = "Gewohnt-9-Wolken"
_STORED = hash_password(PASSWORD)


def held(number: str, kind: DocumentType = DocumentType.RESIDENT_ID) -> HeldDocument:
    """Return a document as it is kept."""
    return HeldDocument.of(parse_document(kind, number, TODAY))


def a_person(stage: Stage, **about: Any) -> Account:
    """Put a person with name, document and mobile into the tables; states as asked."""
    account = Account(
        id=about.pop("id", None) or stage.world.codes.ulid(stage.clock.now()),
        kind=AccountKind.PERSON,
        status=Status.ACTIVE,
        channel=Channel.WEB,
        created=BORN,
        name="李晓波",
        document=held(NUMBERS.resident_id()),
        mobile="+86" + NUMBERS.mobile(),
        consents=agreed(agreements(), agreements(), BORN),
    )
    return _added(stage, replace(account, **about))


def a_verified_person(stage: Stage, **about: Any) -> Account:
    """Put a person whose name and face were checked into the tables."""
    return a_person(stage, **({"real_name": RealName.PASSED, "real_person": RealPerson.PASSED} | about))


def a_unit(stage: Stage, unit_name: str = "邯郸市丛台精密仪器有限公司", **about: Any) -> Account:
    """Put a unit into the tables; `unit` may replace its facts."""
    name = parse_unit_name(unit_name)
    facts = UnitFacts(
        unit_name=name.display,
        name_key=name.key,
        uscc=NUMBERS.uscc(),
        legal_person_type=LegalPersonType.ENTERPRISE,
        legal_representative=LegalRepresentative("周永健", held(NUMBERS.resident_id()), RepresentativeType.LEGAL_REPRESENTATIVE),
        main_agent=MainAgent("吴小敏", held(NUMBERS.resident_id()), "+86" + NUMBERS.mobile()),
    )
    account = Account(
        id=stage.world.codes.ulid(stage.clock.now()),
        kind=AccountKind.UNIT,
        status=Status.ACTIVE,
        channel=Channel.WEB,
        created=BORN,
        user_name=f"unit_{NUMBERS.random.randrange(10**6)}",
        mobile="+86" + NUMBERS.mobile(),
        consents=agreed(agreements(), agreements(), BORN),
        unit=facts,
    )
    return _added(stage, replace(account, **about))


def token_of(stage: Stage, account: Account) -> str:
    """Return a session of the account."""
    return session_for(stage, CallerKind(account.kind.value), account.id)


def again(stage: Stage, account: Account) -> Account:
    """Return the account as it stands now."""
    found = store.account(stage.world, account.id)
    assert found is not None
    return found


def with_facts(stage: Stage, account_id: str, **facts: Any) -> None:
    """Let an account stand otherwise from now on, whatever way led there."""
    row = store.row_of(account_id)
    assert row is not None
    change = Change(stage.world, system("builder"))
    store.save(change, row, replace(store.to_account(stage.world, row), **facts))
    change.commit(None)


def _added(stage: Stage, account: Account) -> Account:
    change = Change(stage.world, system("builder"))
    store.add(change, account, _STORED)
    for kind, value in _claims(account):
        store.claim(change, account.id, Claimed(kind, value, ChangedMeanwhile()))
    open_gate(change, account.id, CallerKind(account.kind.value))
    change.commit(None)
    return account


def _claims(account: Account) -> list[tuple[str, str]]:
    """Return what of an account must be unique (D-17)."""
    if account.unit:
        pairs = [("user_name", account.user_name), ("unit_name", account.unit.name_key), ("uscc", account.unit.uscc)]
    else:
        document = account.document.unique_key if account.document else None
        pairs = [("user_name", account.user_name), ("document", document), ("mobile", account.mobile)]
    return [(kind, value.lower() if kind == "user_name" else value) for kind, value in pairs if value]
