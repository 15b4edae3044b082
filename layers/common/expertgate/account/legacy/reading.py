"""From a record of a file to the account it becomes; everything that breaks a rule is told together (ACC-15)."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from functools import cache

from expertgate.account.legacy.columns import renamed, unknown_names
from expertgate.account.model import Account, AccountKind, Channel, HeldDocument, LegalPersonType, Status, UnitFacts
from expertgate.account.passwords import LEGACY_SCHEMES
from expertgate.catalogue.store import catalogue
from expertgate.forms.contact import parse_email, parse_landline
from expertgate.forms.dates import shanghai_day
from expertgate.forms.documents import Continent, DocumentType, parse_document
from expertgate.forms.gathering import Gathering
from expertgate.forms.mobile import parse_mobile
from expertgate.forms.names import parse_person_name, parse_unit_name
from expertgate.forms.problems import FieldProblem
from expertgate.forms.text import narrow
from expertgate.forms.uscc import parse_uscc
from expertgate.forms.user_names import parse_user_name

_DIGEST_LENGTHS = {"md5": 32, "sha1": 40, "sha256": 64}


class Platform(StrEnum):
    """Where the account was before: 科技部政务服务平台, or the old system of projects (外国专家项目管理信息系统)."""

    GOVERNMENT_SERVICES = "government_services"
    PROJECT_SYSTEM = "project_system"


_CHINESE: Mapping[str, str] = {
    "科技部政务服务平台": Platform.GOVERNMENT_SERVICES,
    "外国专家项目管理信息系统": Platform.PROJECT_SYSTEM,
    "自然人": AccountKind.PERSON,
    "个人": AccountKind.PERSON,
    "法人": AccountKind.UNIT,
    "单位": AccountKind.UNIT,
}
_CATALOGUES = ("continents", "document_types", "legal_person_types")


@dataclass(frozen=True, slots=True)
class Moved:
    """An account that moves: under which key it is known for ever, and what the old platform kept of its password."""

    platform: Platform
    legacy_id: str
    account: Account
    scheme: str | None = None
    digest: str | None = None

    @property
    def key(self) -> str:
        """Return what is the same each time the account is imported."""
        return f"{self.platform}:{self.legacy_id}"


def read(values: dict[str, str], account_id: str, now: datetime) -> Moved:
    """Return the account of a record; empty columns are left out.

    Raises InvalidInput with all that is broken.
    """
    return _Reader(values, account_id, now).moved()


class _Reader:
    """Reads one record; nothing read may be used before the gathering is settled."""

    def __init__(self, values: dict[str, str], account_id: str, now: datetime) -> None:
        self._gathering = Gathering()
        self._gathering.attempt("-", _known, values)
        self._gathering.settle()
        self._values = {name: value for name, value in renamed(values).items() if value}
        self._id, self._now = account_id, now

    def moved(self) -> Moved:
        read = self._gathering.read
        platform = read("source", _chosen, Platform, self._values.get("source"))
        legacy_id = read("legacy_id", narrow, self._values.get("legacy_id", ""))
        kind = read("kind", _chosen, AccountKind, self._values.get("kind"))
        account = self._account(kind, platform, legacy_id)
        scheme = read("password_scheme", _scheme, self._values.get("password_scheme"), self._values.get("password_digest"))
        read("password_digest", _check_digest, scheme, self._values.get("password_digest"))
        self._gathering.attempt("-", _check_found, account, self._values)
        self._gathering.settle()
        return Moved(platform, legacy_id, account, scheme, self._values.get("password_digest"))

    def _account(self, kind: AccountKind, platform: Platform, legacy_id: str) -> Account:
        given, optional = self._values, self._optional
        unit = self._unit() if kind is AccountKind.UNIT else None
        email = optional("email", parse_email)
        return Account(
            id=self._id,
            kind=kind,
            status=Status.ACTIVE,
            channel=Channel.LEGACY,
            created=self._now,
            name=unit.unit_name if unit else optional("name", parse_person_name),
            user_name=optional("user_name", parse_user_name),
            document=self._document(shanghai_day(self._now)) if kind is AccountKind.PERSON and "document_number" in given else None,
            mobile=optional("mobile", parse_mobile),
            email=email,
            email_proven=is_reserved(kind, email),
            landline=None if unit else optional("landline", parse_landline),
            unit=unit,
            legacy_id=f"{platform}:{legacy_id}",
        )

    def _optional[Value](self, name: str, parse: Callable[[str], Value]) -> Value | None:
        return self._gathering.attempt(name, parse, self._values[name]) if name in self._values else None

    def _document(self, today: date) -> HeldDocument | None:
        kind = self._gathering.attempt("document_type", _chosen, DocumentType, self._values.get("document_type"))
        continent = self._optional("continent", lambda typed: _chosen(Continent, typed))
        if kind is None:
            return None
        document = self._gathering.attempt("document_number", parse_document, kind, self._values["document_number"], today, continent)
        return HeldDocument.of(document) if document else None

    def _unit(self) -> UnitFacts | None:
        name = self._gathering.attempt("unit_name", parse_unit_name, self._values.get("unit_name", ""))
        uscc = self._gathering.attempt("uscc", parse_uscc, self._values.get("uscc", ""))
        typed = self._values.get("legal_person_type")
        named = self._gathering.attempt("legal_person_type", _person_type, typed, uscc.legal_person if uscc else "")
        landline = self._optional("landline", parse_landline)
        if name is None or uscc is None or named is None:
            return None
        return UnitFacts(name.display, name.key, uscc.code, named, landline=landline)


def is_reserved(kind: AccountKind, email: str | None) -> bool:
    """Tell whether an address may recover the password: a person reserved his on the old platform for that (REC-05)."""
    return kind is AccountKind.PERSON and email is not None


def _known(values: dict[str, str]) -> None:
    if unknown_names(values):
        raise FieldProblem("column_unknown")


def _chosen[Choice: StrEnum](choices: type[Choice], typed: str | None) -> Choice:
    if typed is None:
        raise FieldProblem("required")
    name = _codes().get(typed, typed)
    if name not in list(choices):
        raise FieldProblem("not_in_list", expected="|".join(choices))
    return choices(name)


@cache
def _codes() -> Mapping[str, str]:
    """Return the code of every Chinese name a file may have instead, those of the catalogues as they are served."""
    return {**_CHINESE, **{row["name"]: row["code"] for name in _CATALOGUES for row in catalogue(name).rows}}


def _person_type(typed: str | None, by_uscc: str) -> LegalPersonType:
    """Choose the type that was given, else the one the credit code registers."""
    if typed is not None:
        return _chosen(LegalPersonType, typed)
    return LegalPersonType(by_uscc) if by_uscc else LegalPersonType.OTHER


def _scheme(typed: str | None, digest: str | None) -> str | None:
    if (typed is None) != (digest is None):
        raise FieldProblem("password_digest_form")
    if typed is not None and typed.lower() not in LEGACY_SCHEMES:
        raise FieldProblem("not_in_list", expected="|".join(LEGACY_SCHEMES))
    return typed.lower() if typed else None


def _check_digest(scheme: str | None, digest: str | None) -> None:
    if scheme is None or digest is None:
        return
    is_hex = all(one in "0123456789abcdefABCDEF" for one in digest)
    if not is_hex or len(digest) != _DIGEST_LENGTHS[scheme]:
        raise FieldProblem("password_digest_form")


def _check_found(account: Account, values: dict[str, str]) -> None:
    """Refuse an account that nobody could log in to: a unit has only its user name, a person one of three names."""
    names = ["user_name"] if account.kind is AccountKind.UNIT else ["user_name", "mobile", "document_number"]
    if not any(name in values for name in names):
        raise FieldProblem("no_login_name")
