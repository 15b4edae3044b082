"""How the personal part of an account is laid out inside its sealed document."""

from dataclasses import asdict
from datetime import date
from typing import Any

from expertgate.account.model import (
    Account,
    HeldDocument,
    LegalPersonType,
    LegalRepresentative,
    MainAgent,
    RepresentativeType,
    SocialCardData,
    UnitFacts,
)
from expertgate.forms.documents import Continent, DocumentType


def pack(made: Account) -> dict[str, object]:
    """Return what is sealed of an account."""
    return {
        "name": made.name,
        "user_name": made.user_name,
        "mobile": made.mobile,
        "email": made.email,
        "email_proven": made.email_proven,
        "landline": made.landline,
        "legacy_id": made.legacy_id,
        "document": pack_document(made.document) if made.document else None,
        "unit": pack_unit(made.unit) if made.unit else None,
    }


def pack_document(held: HeldDocument) -> dict[str, Any]:
    """Return a document as JSON holds it."""
    packed = asdict(held)
    for name in ("valid_from", "valid_to"):
        packed[name] = packed[name].isoformat() if packed[name] else None
    return packed


def unpack_document(packed: dict[str, Any] | None) -> HeldDocument | None:
    """Return the document that was packed."""
    return _document(packed) if packed else None


def pack_unit(unit: UnitFacts) -> dict[str, Any]:
    """Return a unit's facts as JSON holds them."""
    packed = asdict(unit)
    if unit.legal_representative:
        packed["legal_representative"]["document"] = pack_document(unit.legal_representative.document)
    if unit.main_agent:
        packed["main_agent"]["document"] = pack_document(unit.main_agent.document)
    return packed


def unpack_unit(packed: dict[str, Any] | None) -> UnitFacts | None:
    """Return the unit's facts that were packed."""
    if not packed:
        return None
    return UnitFacts(
        unit_name=packed["unit_name"],
        name_key=packed["name_key"],
        uscc=packed["uscc"],
        legal_person_type=LegalPersonType(packed["legal_person_type"]),
        legal_representative=_representative(packed["legal_representative"]),
        main_agent=_agent(packed["main_agent"]),
        landline=packed["landline"],
        address=packed["address"],
    )


def _representative(packed: dict[str, Any] | None) -> LegalRepresentative | None:
    if not packed:
        return None
    kind = packed["type"]
    return LegalRepresentative(packed["name"], _document(packed["document"]), RepresentativeType(kind) if kind else None)


def _agent(packed: dict[str, Any] | None) -> MainAgent | None:
    return MainAgent(packed["name"], _document(packed["document"]), packed["mobile"]) if packed else None


def _document(packed: dict[str, Any]) -> HeldDocument:
    card, continent = packed["social_card"], packed["continent"]
    return HeldDocument(
        type=DocumentType(packed["type"]),
        number=packed["number"],
        unique_key=packed["unique_key"],
        valid_from=_day(packed["valid_from"]),
        valid_to=_day(packed["valid_to"]),
        continent=Continent(continent) if continent else None,
        social_card=SocialCardData(**card) if card else None,
    )


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
