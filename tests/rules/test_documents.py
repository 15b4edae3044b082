"""Numbers of people's documents (ACC-04), against the cases measured on published and constructed numbers."""

from contextlib import suppress
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from expertgate.forms.documents import Continent, DocumentType, parse_document
from expertgate.forms.problems import FieldProblem
from tests.builders.numbers import Numbers

TODAY = date(2026, 11, 21)
T = DocumentType
N = Numbers("documents")
DASHED_I = "Ⅹ"


def refused(kind: T, number: str, continent: Continent | None = None) -> str:
    """The rule by which a number is refused."""
    with pytest.raises(FieldProblem) as raised:
        parse_document(kind, number, TODAY, continent)
    return raised.value.rule


@pytest.mark.parametrize(
    ("birth", "region"),
    [
        (date(1985, 1, 1), "500101"),  # Chongqing became a municipality in 1997: the code is that of the issue
        (date(1950, 5, 5), "440301"),
        (date(1950, 5, 5), "460100"),
        (date(1980, 2, 29), "119999"),  # unknown county: only the province is checked
        (date(2020, 3, 3), "653228"),
        (date(1900, 1, 1), "110101"),
        (TODAY, "110101"),
    ],
)
def test_citizen_of_any_county_is_read(birth: date, region: str) -> None:
    document = parse_document(T.RESIDENT_ID, N.resident_id(birth, region), TODAY)
    assert (document.birth, document.region) == (birth, region[:2])


def test_seventeenth_digit_tells_the_sex() -> None:
    man = parse_document(T.RESIDENT_ID, N.resident_id(sequence=1), TODAY)
    woman = parse_document(T.RESIDENT_ID, N.resident_id(sequence=2), TODAY)
    assert (man.male, woman.male) == (True, False)


def _ending_in_x() -> str:
    return next(one for one in (N.resident_id(sequence=order) for order in range(1, 99)) if one.endswith("X"))


@pytest.mark.parametrize("last", ["X", "x", "Ｘ", DASHED_I])
def test_every_written_form_of_x_is_read(last: str) -> None:
    number = _ending_in_x()
    assert parse_document(T.RESIDENT_ID, f" {number[:17]}{last} ", TODAY).number == number


def test_full_width_digits_are_read() -> None:
    number = N.resident_id()
    wide = number.translate({ord(one): ord(one) + 0xFEE0 for one in "0123456789"})
    assert parse_document(T.RESIDENT_ID, wide, TODAY).number == number


CITIZEN = Numbers("one").resident_id(date(1985, 6, 15))


@pytest.mark.parametrize(
    ("number", "rule"),
    [
        ("", "required"),
        ("130403850615123", "resident_id_old"),
        (CITIZEN + "1", "resident_id_length"),
        (CITIZEN[:17] + "Х", "resident_id_form"),
        (CITIZEN[:6] + "\u200b" + CITIZEN[7:], "resident_id_form"),
        ("١" + CITIZEN[1:], "resident_id_form"),
        (N.resident_id(region="160101"), "resident_id_region"),
        (N.resident_id(region="810101"), "resident_id_region"),
        (N.resident_id(date(2026, 11, 22)), "birth_date"),
        (N.resident_id(date(1899, 12, 31)), "birth_date"),
        (N.resident_id(sequence=0), "resident_id_sequence"),
        ("13040319850230" + "1234", "birth_date"),
        (CITIZEN[:17] + ("0" if CITIZEN[17] != "0" else "1"), "resident_id_checksum"),
        ("1" * 65, "too_long"),
    ],
)
def test_wrong_resident_number_names_its_rule(number: str, rule: str) -> None:
    assert refused(T.RESIDENT_ID, number) == rule


@pytest.mark.parametrize("place", ["810000", "820000", "830000"])
def test_residence_permit_is_its_own_type(place: str) -> None:
    number = N.residence_permit(place=place)
    assert parse_document(T.HK_MACAO_TAIWAN_RESIDENCE, number, TODAY).number == number
    assert refused(T.RESIDENT_ID, number) == "document_type_mismatch"


def test_citizen_number_is_no_residence_permit() -> None:
    assert refused(T.HK_MACAO_TAIWAN_RESIDENCE, CITIZEN) == "document_type_mismatch"
    assert refused(T.FOREIGN_PERMANENT_RESIDENT_ID, CITIZEN) == "document_type_mismatch"


def test_new_permanent_residence_card_is_read() -> None:
    card = parse_document(T.FOREIGN_PERMANENT_RESIDENT_ID, "911124198108030024", TODAY)
    assert (card.birth, card.region, card.nationality) == (date(1981, 8, 3), "11", "124")


def test_old_permanent_residence_card_is_read() -> None:
    card = parse_document(T.FOREIGN_PERMANENT_RESIDENT_ID, "can110081080310", TODAY)
    assert (card.number, card.birth, card.nationality, card.warnings) == ("CAN110081080310", date(1981, 8, 3), "CAN", ())


def test_old_card_check_digit_only_warns() -> None:
    card = parse_document(T.FOREIGN_PERMANENT_RESIDENT_ID, "CAN110081080311", TODAY)
    assert card.warnings == ("permanent_resident_check_digit",)


@pytest.mark.parametrize(
    ("number", "rule"),
    [
        ("CAN11008108031", "permanent_resident_form"),
        ("CAN110081023010", "birth_date"),
        ("91112419810803002", "permanent_resident_form"),
        ("911124198108030025", "resident_id_checksum"),
        ("916124198108030024", "resident_id_region"),
        ("911000198108030024", "resident_id_region"),
    ],
)
def test_wrong_permanent_residence_card_names_its_rule(number: str, rule: str) -> None:
    assert refused(T.FOREIGN_PERMANENT_RESIDENT_ID, number) == rule


def test_leap_day_of_old_card_finds_its_century() -> None:
    card = parse_document(T.FOREIGN_PERMANENT_RESIDENT_ID, N.old_permanent_resident(date(2000, 2, 29)), TODAY)
    assert card.birth == date(2000, 2, 29)


@pytest.mark.parametrize(
    ("kind", "number"),
    [
        (T.HK_MACAO_PERMIT, "H12345678"),
        (T.HK_MACAO_PERMIT, "M1234567801"),
        (T.TAIWAN_PERMIT, "12345678"),
        (T.TAIWAN_PERMIT, "1234567801"),
        (T.TAIWAN_PERMIT, "1234567801B"),
        (T.PASSPORT, "E12345678"),
        (T.PASSPORT, "1ABCD"),
        (T.PASSPORT, "A23456789012345"),
    ],
)
def test_travel_document_of_each_form_is_read(kind: T, number: str) -> None:
    assert parse_document(kind, number.lower(), TODAY).number == number


@pytest.mark.parametrize(
    ("kind", "number", "rule"),
    [
        (T.HK_MACAO_PERMIT, "A12345678", "hk_macao_permit_form"),
        (T.HK_MACAO_PERMIT, "H123456789", "hk_macao_permit_form"),
        (T.TAIWAN_PERMIT, "123456789", "taiwan_permit_form"),
        (T.TAIWAN_PERMIT, "12345678B", "taiwan_permit_form"),
        (T.PASSPORT, "1ABC", "passport_form"),
        (T.PASSPORT, "A234567890123456", "passport_form"),
        (T.PASSPORT, "ABCDEFGHI", "passport_form"),
        (T.PASSPORT, "E1234-678", "passport_form"),
        (T.PASSPORT, "E1234567ı", "passport_form"),  # dotless i, the upper case of which is I
    ],
)
def test_wrong_travel_document_names_its_rule(kind: T, number: str, rule: str) -> None:
    assert refused(kind, number) == rule


def test_other_document_needs_its_continent() -> None:
    assert refused(T.OTHER, "X-1234") == "continent_required"
    assert refused(T.OTHER, "ABC", Continent.AFRICA) == "other_document_form"
    assert parse_document(T.OTHER, "x-1234", TODAY, Continent.AFRICA).continent is Continent.AFRICA


def test_both_cards_of_a_citizen_share_one_key() -> None:
    identity = parse_document(T.RESIDENT_ID, CITIZEN, TODAY)
    social = parse_document(T.SOCIAL_SECURITY_CARD, CITIZEN, TODAY)
    assert identity.unique_key == social.unique_key


def test_renewed_permits_share_one_key() -> None:
    first = parse_document(T.HK_MACAO_PERMIT, "H1234567801", TODAY)
    second = parse_document(T.HK_MACAO_PERMIT, "H1234567802", TODAY)
    assert first.unique_key == second.unique_key
    assert parse_document(T.TAIWAN_PERMIT, "1234567801B", TODAY).unique_key == "taiwan_permit:12345678"


def test_same_digits_of_two_types_are_two_keys() -> None:
    passport = parse_document(T.PASSPORT, "12345678", TODAY)
    assert passport.unique_key != parse_document(T.TAIWAN_PERMIT, "12345678", TODAY).unique_key


def test_every_type_has_its_chinese_name() -> None:
    assert {one.chinese for one in T} >= {"居民身份证", "港澳台居民居住证", "其他"}


@given(st.sampled_from(T), st.text(max_size=70), st.sampled_from([None, Continent.ASIA]))
def test_any_text_is_read_or_refused(kind: T, text: str, continent: Continent | None) -> None:
    with suppress(FieldProblem):
        assert parse_document(kind, text, TODAY, continent).number


@given(st.sampled_from(T), st.from_regex(r"\A[0-9A-Z]{8,18}X?\Z"))
def test_any_likely_number_is_read_or_refused(kind: T, text: str) -> None:
    with suppress(FieldProblem):
        assert parse_document(kind, text, TODAY, Continent.ASIA).number == text


@given(st.integers(0, 16), st.integers(1, 9), st.integers(0, 10_000))
def test_one_wrong_digit_is_always_refused(place: int, step: int, seed: int) -> None:
    number = Numbers(seed).resident_id()
    wrong = number[:place] + str((int(number[place]) + step) % 10) + number[place + 1 :]
    assert refused(T.RESIDENT_ID, wrong)
