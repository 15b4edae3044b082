"""Accounts keep their personal data sealed, and what is unique belongs to one of them."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from expertgate.account import store
from expertgate.account.model import Account, AccountKind, Channel, Consent, HeldDocument, RealName, Status
from expertgate.account.store import AccountRow, Claimed
from expertgate.caller import system
from expertgate.errors.base import Conflict
from expertgate.errors.edge import ChangedMeanwhile
from expertgate.forms.documents import DocumentType, parse_document
from expertgate.outbound.change import Change
from expertgate.outbound.keys import SealBroken
from tests.builders.numbers import Numbers
from tests.stage import Stage

MADE = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)


class Taken(Conflict):
    """Somebody has it."""


def _person(account_id: str = "A1") -> Account:
    document = parse_document(DocumentType.RESIDENT_ID, Numbers(1).resident_id(), date(2026, 3, 2))
    return Account(
        id=account_id,
        kind=AccountKind.PERSON,
        status=Status.ACTIVE,
        channel=Channel.WEB,
        created=MADE,
        name="李晓波",
        mobile="+8613912345678",
        document=replace(HeldDocument.of(document), valid_from=date(2020, 1, 1), valid_to=date(2040, 1, 1)),
        consents=(Consent("user_agreement", "2024-06", MADE),),
    )


def _added(stage: Stage, made: Account) -> None:
    change = Change(stage.world, system("test"))
    store.add(change, made, stored_password=None)
    store.claim(change, made.id, Claimed("mobile", str(made.mobile), Taken()))
    change.commit(None)


def test_an_account_is_read_as_it_was_added(stage: Stage) -> None:
    _added(stage, _person())
    assert store.account(stage.world, "A1") == _person()
    assert store.person_by_mobile(stage.world, "+8613912345678") == _person()


def test_the_table_shows_no_personal_value(stage: Stage) -> None:
    _added(stage, _person())
    row = AccountRow.find("ACCOUNT#A1")
    shown = str(row.serialize()) if row else ""
    assert shown
    assert not [one for one in ("李晓波", "13912345678", Numbers(1).resident_id()) if one in shown]


def test_a_sealed_part_opens_only_in_its_own_row(stage: Stage) -> None:
    _added(stage, _person())
    row = AccountRow.find("ACCOUNT#A1")
    assert row is not None
    row.pk = "ACCOUNT#A2"
    with pytest.raises(SealBroken):
        store.to_account(stage.world, row)


def test_a_second_account_cannot_take_the_mobile(stage: Stage) -> None:
    _added(stage, _person())
    with pytest.raises(Taken):
        _added(stage, _person("A2"))
    assert store.account(stage.world, "A2") is None


def test_an_account_changed_meanwhile_is_not_overwritten(stage: Stage) -> None:
    _added(stage, _person())
    first, second = store.row_of("A1"), store.row_of("A1")
    assert first is not None
    assert second is not None
    for row, state in ((first, RealName.PASSED), (second, RealName.FAILED)):
        change = Change(stage.world, system("test"))
        store.save(change, row, replace(_person(), real_name=state))
        if row is second:
            with pytest.raises(ChangedMeanwhile):
                change.commit(None)
        else:
            change.commit(None)
    assert store.accounts(stage.world, ["A1", "nobody"]) == [replace(_person(), real_name=RealName.PASSED)]
