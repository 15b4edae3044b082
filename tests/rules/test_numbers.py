"""The invented numbers of samples and tests pass the checks they are made for."""

from collections.abc import Callable
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from expertgate.forms import bank, contact, mobile, uscc
from expertgate.forms.documents import DocumentType, parse_document
from tests.builders.numbers import Numbers

T = DocumentType
TODAY = date(2026, 11, 21)
DOCUMENTS: list[tuple[T, Callable[[Numbers], str]]] = [
    (T.RESIDENT_ID, Numbers.resident_id),
    (T.SOCIAL_SECURITY_CARD, Numbers.resident_id),
    (T.HK_MACAO_TAIWAN_RESIDENCE, Numbers.residence_permit),
    (T.FOREIGN_PERMANENT_RESIDENT_ID, Numbers.permanent_resident),
    (T.FOREIGN_PERMANENT_RESIDENT_ID, Numbers.old_permanent_resident),
    (T.HK_MACAO_PERMIT, Numbers.hk_macao_permit),
    (T.TAIWAN_PERMIT, Numbers.taiwan_permit),
    (T.PASSPORT, Numbers.passport),
]
OTHERS: list[tuple[Callable[[str], object], Callable[[Numbers], str]]] = [
    (uscc.parse_uscc, Numbers.uscc),
    (mobile.parse_mobile, Numbers.mobile),
    (bank.parse_cnaps, Numbers.cnaps),
    (bank.parse_personal_card, Numbers.bank_card),
    (bank.parse_unit_account, Numbers.unit_account),
    (contact.parse_landline, Numbers.landline),
]


@given(st.sampled_from(DOCUMENTS), st.integers())
def test_every_invented_document_is_read_without_warning(made: tuple[T, Callable[[Numbers], str]], seed: int) -> None:
    kind, make = made
    assert parse_document(kind, make(Numbers(seed)), TODAY).warnings == ()


@given(st.sampled_from(OTHERS), st.integers())
def test_every_other_invented_number_is_read(made: tuple[Callable[[str], object], Callable[[Numbers], str]], seed: int) -> None:
    parse, make = made
    assert not getattr(parse(make(Numbers(seed))), "warnings", ())


@pytest.mark.parametrize("make", [Numbers.resident_id, Numbers.uscc, Numbers.mobile])
def test_same_seed_invents_the_same_number(make: Callable[[Numbers], str]) -> None:
    assert make(Numbers("a")) == make(Numbers("a")) != make(Numbers("b"))


def test_invented_social_card_is_read() -> None:
    assert bank.parse_social_card(Numbers(1).social_card(), "130000").card_number
