"""Documents of people (ACC-04): eight types, each number read by its own rule."""

import re
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import date
from enum import StrEnum

from expertgate.forms.permanent import OLD_CARD_LENGTH, parse_old_card
from expertgate.forms.problems import FieldProblem
from expertgate.forms.resident import LENGTH, Holder, PersonNumber, parse_person_number
from expertgate.forms.text import number as folded_number
from expertgate.records import Record

LONGEST_OTHER = 30
_HK_MACAO = re.compile(r"[HM]\d{8}(\d{2})?", re.ASCII)
_TAIWAN = re.compile(r"\d{8}|\d{10}[A-Z]?", re.ASCII)
_LONGEST_PASSPORT = 15
_PASSPORT = re.compile(rf"(?=.*\d)[A-Z0-9]{{5,{_LONGEST_PASSPORT}}}", re.ASCII)
_OTHER = re.compile(rf"(?=.*\d)[A-Z0-9][A-Z0-9/-]{{3,{LONGEST_OTHER - 1}}}", re.ASCII)


class DocumentType(StrEnum):
    """What a person proves identity with."""

    RESIDENT_ID = "resident_id"
    SOCIAL_SECURITY_CARD = "social_security_card"
    FOREIGN_PERMANENT_RESIDENT_ID = "foreign_permanent_resident_id"
    HK_MACAO_PERMIT = "hk_macao_permit"
    TAIWAN_PERMIT = "taiwan_permit"
    HK_MACAO_TAIWAN_RESIDENCE = "hk_macao_taiwan_residence"
    PASSPORT = "passport"
    OTHER = "other"

    @property
    def chinese(self) -> str:
        """The official name."""
        return _CHINESE[self]


class Continent(StrEnum):
    """所属大洲 of a holder of another document."""

    ASIA = "asia"
    EUROPE = "europe"
    AFRICA = "africa"
    NORTH_AMERICA = "north_america"
    SOUTH_AMERICA = "south_america"
    OCEANIA = "oceania"


class Document(Record):
    """A person's document as its number reads."""

    type: DocumentType
    number: str
    birth: date | None = None
    male: bool | None = None
    region: str = ""
    nationality: str = ""
    continent: Continent | None = None
    warnings: tuple[str, ...] = ()
    holder: Holder | None = None

    @property
    def unique_key(self) -> str:
        """What two accounts may not share: the number without its count of renewals, and one for a citizen's two cards."""
        match self.type:
            case DocumentType.SOCIAL_SECURITY_CARD if self.holder is not None:
                return f"{_HELD[self.holder]}:{self.number}"
            case DocumentType.HK_MACAO_PERMIT:
                return f"{self.type}:{self.number[:9]}"
            case DocumentType.TAIWAN_PERMIT:
                return f"{self.type}:{self.number[:8]}"
            case DocumentType.OTHER:
                return _key_of_other(self.continent, self.number)
            case _:
                return f"{self.type}:{self.number}"


def parse_document(document_type: DocumentType, number: str, today: date, continent: Continent | None = None) -> Document:
    """Read a document number by the rule of its type; `today` is the date in Shanghai (ACC-04)."""
    text = folded_number(number)
    if document_type is DocumentType.OTHER:
        return _other(text, continent)
    return _READERS[document_type](text, today)


def keys_answering(number: str, today: date) -> list[str]:
    """Return the unique keys of all documents that may have this number, where its type is not known (ACC-12)."""
    try:
        text = folded_number(number)
    except FieldProblem:
        return []
    found = [one.unique_key for one in _answering(text, today)]
    if _OTHER.fullmatch(text):
        found += [_key_of_other(one, text) for one in _CONTINENTS]
    return list(dict.fromkeys(found))


def possible_documents(number: str, today: date) -> list[Document]:
    """Return all documents that may have this number, where its type is not known (DEL-01).

    What is longer than any passport or permit is meant for a card and refused as an identity card's; another document as long needs its
    type named.
    """
    text = folded_number(number)
    found = _answering(text, today)
    if len(text) > _LONGEST_PASSPORT:
        return found or [parse_document(DocumentType.RESIDENT_ID, number, today)]
    if _OTHER.fullmatch(text):
        found += other_documents(text)
    if not found:
        raise FieldProblem("document_number_form")
    return found


def other_documents(number: str) -> list[Document]:
    """Return the documents of the type 其他 with this number, of each continent."""
    other = _OTHER_READER(folded_number(number), date.min)
    return [Document(other.type, other.number, continent=one) for one in _CONTINENTS]


def _answering(text: str, today: date) -> list[Document]:
    """Return the documents but 其他 that a folded number fits; nearly all that is typed fits none or one, and to be refused is dear."""
    found: list[Document] = []
    for read in _CARDS.values() if len(text) in _CARD_LENGTHS else ():
        with suppress(FieldProblem):
            found.append(read(text, today))
    return found + [Document(kind, text) for kind, (form, _) in _FORMS.items() if form.fullmatch(text)]


def _key_of_other(continent: Continent | None, number: str) -> str:
    return f"{DocumentType.OTHER}:{continent}:{number}"


def _resident(text: str, today: date) -> Document:
    person = parse_person_number(text, today)
    if person.holder is not Holder.CITIZEN:
        raise FieldProblem("document_type_mismatch", type=_HELD[person.holder].value)
    return _of_person(DocumentType.RESIDENT_ID, person)


def _residence(text: str, today: date) -> Document:
    person = parse_person_number(text, today)
    if person.holder is not Holder.RESIDENCE_PERMIT:
        raise FieldProblem("document_type_mismatch", type=_HELD[person.holder].value)
    return _of_person(DocumentType.HK_MACAO_TAIWAN_RESIDENCE, person)


def _social(text: str, today: date) -> Document:
    return _of_person(DocumentType.SOCIAL_SECURITY_CARD, parse_person_number(text, today))


def _permanent(text: str, today: date) -> Document:
    kind = DocumentType.FOREIGN_PERMANENT_RESIDENT_ID
    if text[:1].isalpha():
        birth, warnings = parse_old_card(text, today)
        return Document(kind, text, birth, region=text[3:5], nationality=text[:3], warnings=warnings)
    if len(text) != LENGTH:
        raise FieldProblem("permanent_resident_form")
    person = parse_person_number(text, today)
    if person.holder is not Holder.PERMANENT_RESIDENT:
        raise FieldProblem("document_type_mismatch", type=_HELD[person.holder].value)
    return _of_person(kind, person)


def _of_person(kind: DocumentType, person: PersonNumber) -> Document:
    return Document(kind, person.number, person.birth, person.male, person.region, person.nationality, holder=person.holder)


def _of_form(kind: DocumentType, form: re.Pattern[str], rule: str) -> Callable[[str, date], Document]:
    def read(text: str, _today: date) -> Document:
        if form.fullmatch(text) is None:
            raise FieldProblem(rule)
        return Document(kind, text)

    return read


def _other(text: str, continent: Continent | None) -> Document:
    if continent is None:
        raise FieldProblem("continent_required").at("continent")
    return replace(_OTHER_READER(text, date.min), continent=continent)


_CHINESE = {
    DocumentType.RESIDENT_ID: "居民身份证",
    DocumentType.SOCIAL_SECURITY_CARD: "社会保障卡",
    DocumentType.FOREIGN_PERMANENT_RESIDENT_ID: "外国人永久居留身份证",
    DocumentType.HK_MACAO_PERMIT: "港澳居民来往内地通行证",
    DocumentType.TAIWAN_PERMIT: "台湾居民来往大陆通行证",
    DocumentType.HK_MACAO_TAIWAN_RESIDENCE: "港澳台居民居住证",
    DocumentType.PASSPORT: "护照",
    DocumentType.OTHER: "其他",
}
_HELD = {
    Holder.CITIZEN: DocumentType.RESIDENT_ID,
    Holder.RESIDENCE_PERMIT: DocumentType.HK_MACAO_TAIWAN_RESIDENCE,
    Holder.PERMANENT_RESIDENT: DocumentType.FOREIGN_PERMANENT_RESIDENT_ID,
}
_CARD_LENGTHS = {OLD_CARD_LENGTH, LENGTH}
_CARDS: dict[DocumentType, Callable[[str, date], Document]] = {
    DocumentType.RESIDENT_ID: _resident,
    DocumentType.SOCIAL_SECURITY_CARD: _social,
    DocumentType.FOREIGN_PERMANENT_RESIDENT_ID: _permanent,
    DocumentType.HK_MACAO_TAIWAN_RESIDENCE: _residence,
}
_FORMS = {
    DocumentType.HK_MACAO_PERMIT: (_HK_MACAO, "hk_macao_permit_form"),
    DocumentType.TAIWAN_PERMIT: (_TAIWAN, "taiwan_permit_form"),
    DocumentType.PASSPORT: (_PASSPORT, "passport_form"),
}
_READERS = _CARDS | {kind: _of_form(kind, *form) for kind, form in _FORMS.items()}
_OTHER_READER = _of_form(DocumentType.OTHER, _OTHER, "other_document_form")
_CONTINENTS = tuple(Continent)
