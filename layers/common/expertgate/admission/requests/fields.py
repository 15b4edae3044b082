"""Types of fields of the two forms: each is read by its own rule (ADM-04, ADM-07)."""

import re
import unicodedata
from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator, Field, StringConstraints, model_validator

from expertgate.catalogue import store as catalogue
from expertgate.forms.bank import parse_cnaps, parse_unit_account
from expertgate.forms.contact import parse_chinese, parse_email, parse_english, parse_landline, parse_money, parse_postcode, parse_url
from expertgate.forms.mobile import parse_mobile
from expertgate.forms.names import parse_person_name, parse_unit_name
from expertgate.forms.problems import FieldProblem
from expertgate.forms.text import LONGEST_TYPED, clean, number
from expertgate.forms.uscc import parse_uscc
from expertgate.forms.user_names import parse_user_name
from expertgate.inbound.fields import Id, Request, ruled

_NAME, _TEXT, _INTRODUCTION = 100, 200, 4000
_DOCUMENT_NUMBER = re.compile(r"^[A-Z0-9][A-Z0-9/-]{3,29}$")


def _introduction_in_english(raw: str) -> str:
    """Refuse at once what the reviewers would return: a missing introduction or one that is not English."""
    if not raw.strip():
        raise FieldProblem("english_introduction_required")
    return parse_english(raw, _INTRODUCTION, lines=True)


def _document_number(raw: str) -> str:
    """Read the number of any document; its type is not asked for here."""
    typed = number(raw)
    if not _DOCUMENT_NUMBER.fullmatch(typed):
        raise FieldProblem("contact_document_form")
    return typed


def _in_ascii(typed: object) -> object:
    return unicodedata.normalize("NFKC", typed[:LONGEST_TYPED]) if isinstance(typed, str) else typed


def _catalogued(name: str) -> AfterValidator:
    def code_of(typed: str) -> str:
        return catalogue.named(name, typed).code

    return ruled(code_of)


class Part(Request):
    """A part of a form: an input without a star that is empty was left out, as browsers send it."""

    @model_validator(mode="before")
    @classmethod
    def _leaves_out(cls, typed: Any) -> Any:  # noqa: ANN401 -- whatever was sent
        if not isinstance(typed, dict):
            return typed
        unstarred = {name for name, field in cls.model_fields.items() if not field.is_required()}
        return {name: value for name, value in typed.items() if not (name in unstarred and isinstance(value, str) and not value.strip())}


type Typed = Annotated[str, StringConstraints(max_length=400)]
type Prose = Annotated[str, StringConstraints(max_length=8000)]

Chinese = Annotated[Typed, ruled(lambda raw: parse_chinese(raw, _TEXT))]
English = Annotated[Typed, ruled(lambda raw: parse_english(raw, _TEXT))]
ShortChinese = Annotated[Typed, ruled(lambda raw: parse_chinese(raw, _NAME))]
ShortEnglish = Annotated[Typed, ruled(lambda raw: parse_english(raw, _NAME))]
Text = Annotated[Typed, ruled(lambda raw: clean(raw, _TEXT))]
ChineseProse = Annotated[Prose, ruled(lambda raw: parse_chinese(raw, _INTRODUCTION, lines=True))]
EnglishProse = Annotated[Prose, ruled(_introduction_in_english)]

UnitNameField = Annotated[Typed, ruled(lambda raw: parse_unit_name(raw).display)]
PersonNameField = Annotated[Typed, ruled(parse_person_name)]
UserNameField = Annotated[Typed, ruled(parse_user_name)]
UsccField = Annotated[Typed, ruled(lambda raw: str(parse_uscc(raw).code))]
DocumentNumberField = Annotated[
    Typed,
    ruled(_document_number),
    Field(description="Of any document (rule `contact_document_form`)", json_schema_extra={"pattern": _DOCUMENT_NUMBER.pattern}),
]
MobileField = Annotated[Typed, ruled(lambda raw: str(parse_mobile(raw)))]
LandlineField = Annotated[Typed, ruled(parse_landline)]
EmailField = Annotated[Typed, ruled(lambda raw: str(parse_email(raw)))]
PostcodeField = Annotated[Typed, ruled(parse_postcode)]
UrlField = Annotated[Typed, ruled(parse_url)]
CnapsField = Annotated[Typed, ruled(parse_cnaps)]
UnitAccountField = Annotated[Typed, ruled(parse_unit_account)]
MoneyField = Annotated[Typed, ruled(lambda raw: f"{parse_money(raw):f}")]
PeopleField = Annotated[int, BeforeValidator(_in_ascii), Field(ge=0, le=10_000_000)]

BureauField = Annotated[Typed, ruled(lambda code: str(catalogue.bureau(code).code))]
IndustryField = Annotated[Typed, _catalogued("industries")]
NatureField = Annotated[Typed, _catalogued("unit_natures")]
UnitTypeField = Annotated[Typed, _catalogued("unit_types")]
DisciplineField = Annotated[Typed, _catalogued("disciplines")]
CountyField = Annotated[Typed, ruled(lambda code: catalogue.place(code)[2].code)]
EvidenceField = Id
