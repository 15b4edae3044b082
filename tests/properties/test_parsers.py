"""What people type, at random: every parser keeps it or names a rule, and what it kept once it keeps again unchanged."""

from collections.abc import Callable
from datetime import date
from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from expertgate.caller import Language
from expertgate.evidence.rules import file_name
from expertgate.forms import bank, contact
from expertgate.forms.dates import parse_day
from expertgate.forms.documents import Continent, Document, DocumentType, parse_document
from expertgate.forms.mobile import national, parse_mobile
from expertgate.forms.names import parse_person_name, parse_unit_name, person_key
from expertgate.forms.problems import FieldProblem
from expertgate.forms.uscc import ALPHABET, parse_uscc
from expertgate.forms.user_names import parse_user_name
from expertgate.wording import say
from tests.builders.numbers import Numbers

TODAY = date(2026, 3, 2)
type Parser = Callable[[str], str]
type Made = Callable[[Numbers], str]


def _document(kind: DocumentType, raw: str) -> Document:
    return parse_document(kind, raw, TODAY, Continent.ASIA)


def _document_number(kind: DocumentType) -> Parser:
    return lambda raw: _document(kind, raw).number


_ID, _NEW_CARD, _PERMIT = DocumentType.RESIDENT_ID, DocumentType.FOREIGN_PERMANENT_RESIDENT_ID, DocumentType.HK_MACAO_TAIWAN_RESIDENCE
PARSERS: dict[str, Parser] = {
    **{kind.value: _document_number(kind) for kind in DocumentType},
    "uscc": lambda raw: parse_uscc(raw).code,
    "branch": bank.parse_cnaps,
    "card": bank.parse_personal_card,
    "account": bank.parse_unit_account,
    "social card": lambda raw: bank.parse_social_card(raw, "130000").card_number or raw,
    "mobile": parse_mobile,
    "landline": contact.parse_landline,
    "postcode": contact.parse_postcode,
    "email": contact.parse_email,
    "url": contact.parse_url,
    "money": lambda raw: str(contact.parse_money(raw)),
    "english": partial(contact.parse_english, longest=60, lines=True),
    "chinese": partial(contact.parse_chinese, longest=60, lines=True),
    "person name": parse_person_name,
    "unit name": lambda raw: parse_unit_name(raw).display,
    "user name": parse_user_name,
    "file name": file_name,
    "day": lambda raw: parse_day(raw).isoformat(),
}
# Numbers with a check character, each by its parser and by a source of right ones.
CHECKED: dict[str, tuple[Parser, Made]] = {
    "resident id": (PARSERS[_ID.value], Numbers.resident_id),
    "residence permit": (PARSERS[_PERMIT.value], Numbers.residence_permit),
    "permanent resident": (PARSERS[_NEW_CARD.value], Numbers.permanent_resident),
    "credit code": (PARSERS["uscc"], Numbers.uscc),
    "bank branch": (PARSERS["branch"], Numbers.cnaps),
    "bank card": (PARSERS["card"], Numbers.bank_card),
}
MADE: dict[str, tuple[Parser, Made]] = CHECKED | {
    "old permanent resident": (PARSERS[_NEW_CARD.value], Numbers.old_permanent_resident),
    "passport": (PARSERS[DocumentType.PASSPORT.value], Numbers.passport),
    "hk macao permit": (PARSERS[DocumentType.HK_MACAO_PERMIT.value], Numbers.hk_macao_permit),
    "taiwan permit": (PARSERS[DocumentType.TAIWAN_PERMIT.value], Numbers.taiwan_permit),
    "unit account": (PARSERS["account"], Numbers.unit_account),
    "social card": (PARSERS["social card"], Numbers.social_card),
    "landline": (PARSERS["landline"], Numbers.landline),
    "mobile": (lambda raw: national(parse_mobile(raw)), Numbers.mobile),
}
# Signs that look like digits, letters or spaces, join, turn the direction, or are half of a character.
_ODD = st.characters(categories=("Nd", "Nl", "No", "Lu", "Lo", "Lm", "Mn", "Zs", "Zl", "Cc", "Cf", "Cs", "Co", "Sm", "So", "Po", "Pd"))
_LIKELY = st.sampled_from("0123456789０１２９٠２XxＸ×АAaZz 　-－—/.．·•()（）年月日市公司李晓㐀𠮷⼈\u200b\u202e\ufeff\ud800\t\n,:@")
TYPED = st.one_of(
    st.text(max_size=70),
    st.text(_ODD, max_size=40),
    st.text(_LIKELY, max_size=40),
    st.from_regex(r"\A[0-9A-Z]{5,20}\Z"),
    st.from_regex(r"\A[0-9]{4}[-/.][0-9]{1,2}[-/.][0-9]{1,2}\Z"),
)
_SEEDS = st.integers(0, 1_000_000)


@given(st.sampled_from(sorted(PARSERS)), TYPED)
def test_what_is_typed_is_kept_for_good_or_named(name: str, typed: str) -> None:
    parse = PARSERS[name]
    kept = _kept(parse, typed)
    if isinstance(kept, FieldProblem):
        sentences = {say("fields", kept.rule, language, kept.facts) for language in Language}
        assert len(sentences) == len(Language)
        assert not any("{" in one for one in sentences)
        assert len(typed.strip()) <= 1 or typed.strip() not in map(str, kept.facts.values())
    else:
        assert parse(kept) == kept
        assert kept.encode()  # half of a character could not be written into a table


def _kept(parse: Parser, typed: str) -> str | FieldProblem:
    try:
        return parse(typed)
    except FieldProblem as problem:
        return problem


@given(st.sampled_from(sorted(MADE)), _SEEDS, st.booleans(), st.booleans())
def test_a_right_number_is_read_however_written(name: str, seed: int, wide: bool, lower: bool) -> None:
    parse, made = MADE[name]
    number = made(Numbers(seed))
    written = number.lower() if lower else number
    assert parse(f" {_wide(written) if wide else written}\u3000") == number


def _wide(text: str) -> str:
    return "".join(chr(ord(one) + 0xFEE0) for one in text)


@given(st.sampled_from(sorted(CHECKED)), _SEEDS, st.integers(0, 18), st.integers(1, 30))
def test_no_single_change_of_a_number_passes(name: str, seed: int, place: int, step: int) -> None:
    parse, made = CHECKED[name]
    number = made(Numbers(seed))
    place %= len(number)
    signs = ALPHABET if name == "credit code" else "0123456789"
    other = signs[(signs.find(number[place]) + 1 + step % (len(signs) - 1)) % len(signs)] if number[place] in signs else signs[step % 10]
    with pytest.raises(FieldProblem):
        parse(number[:place] + other + number[place + 1 :])


@given(st.sampled_from(sorted({*CHECKED} - {"bank card", "bank branch"})), _SEEDS, st.integers(0, 16))
def test_no_two_neighbours_of_a_number_change_places(name: str, seed: int, place: int) -> None:
    """Luhn misses 09 and 90, MOD 11,10 a few pairs: both by their standards; MOD 11-2 and MOD 31 miss none."""
    parse, made = CHECKED[name]
    number = made(Numbers(seed))
    turned = number[:place] + number[place + 1] + number[place] + number[place + 2 :]
    if turned != number:
        with pytest.raises(FieldProblem):
            parse(turned)


@given(st.dates(date(1900, 1, 1), TODAY), st.integers(1, 999))
def test_birth_and_sex_stand_in_the_number(birth: date, order: int) -> None:
    for kind, made in ((_ID, Numbers.resident_id), (DocumentType.SOCIAL_SECURITY_CARD, Numbers.resident_id)):
        read = _document(kind, made(Numbers(1), birth, sequence=order))
        assert (read.birth, read.male, read.region) == (birth, order % 2 == 1, "13")
    foreign = _document(_NEW_CARD, Numbers(order).permanent_resident(birth))
    assert (foreign.birth, foreign.nationality) == (birth, "124")


@given(st.dates(date(1900, 1, 1), date(2999, 12, 31)))
def test_a_day_is_one_day_however_written(day: date) -> None:
    year = f"{day.year:04}"
    short = [f"{year}{mark}{day.month}{mark}{day.day}" for mark in "-/."]
    long = [f"{year}{mark}{day.month:02}{mark}{day.day:02}" for mark in "-/."]
    for written in (*short, *long, f"{year}{day.month:02}{day.day:02}", f"{year}年{day.month}月{day.day}日"):
        assert {parse_day(written), parse_day(_wide_digits(written))} == {day}


def _wide_digits(text: str) -> str:
    return "".join(_wide(one) if one.isdigit() else one for one in text)


_WORDS = st.text(st.characters(categories=("Lo", "Lu", "Ll")), min_size=2, max_size=20)


@given(_WORDS, st.sampled_from(["{}(中国)有限公司", "{} 有限公司", "{}，有限公司"]))
def test_a_unit_is_one_unit_in_either_width(word: str, form: str) -> None:
    name = form.format(word)
    try:
        kept = parse_unit_name(name)
    except FieldProblem:
        return
    turned = parse_unit_name(f"  {name.translate({40: 0xFF08, 41: 0xFF09, 0xFF0C: 44})} ")
    assert kept.key == turned.key == parse_unit_name(kept.display).key


@given(_WORDS)
def test_a_persons_name_is_one_name_spaced_or_not(word: str) -> None:
    try:
        kept = parse_person_name(word)
    except FieldProblem:
        return
    assert person_key(parse_person_name(kept.upper())) == person_key(parse_person_name(kept.upper().lower()))
    if "\u4e00" <= kept[0] <= "\u9fff":
        assert person_key(parse_person_name(f"{kept[0]} {kept[1:]}")) == person_key(kept)
