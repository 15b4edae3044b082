"""Which files prove a name when the register did not (ID-02)."""

from expertgate.account.model import Account, AccountKind
from expertgate.errors.base import InvalidInput

EVIDENCE_KIND = "real_name_evidence"
NEEDED = {
    AccountKind.PERSON: ("document_front",),
    AccountKind.UNIT: ("business_licence", "id_portrait", "id_emblem"),
}
POSSIBLE = {
    AccountKind.PERSON: ("document_front", "document_back"),
    AccountKind.UNIT: ("business_licence", "id_portrait", "id_emblem", "document_front", "document_back"),
}


def proofs(kind: AccountKind, given: dict[str, str | None]) -> dict[str, str]:
    """Return the files by purpose: of a person his document, of a unit its licence and its representative's ID.

    Raises InvalidInput.
    """
    problems: list[tuple[str, str, dict[str, object]]] = [(name, "missing", {}) for name in NEEDED[kind] if given.get(name) is None]
    problems += [(name, "unknown_field", {}) for name, value in given.items() if value is not None and name not in POSSIBLE[kind]]
    if problems:
        raise InvalidInput(problems)
    return {name: value for name, value in given.items() if value is not None}


def said_by(account: Account) -> dict[str, object]:
    """Return what the files have to prove, as the account says it."""
    if account.unit is not None:
        unit, representative = account.unit, account.unit.legal_representative
        said: dict[str, object] = {"unit_name": unit.unit_name, "uscc": unit.uscc, "legal_person_type": unit.legal_person_type.value}
        return said | ({"legal_representative": representative.name} if representative else {})
    document = account.document
    number = {"document_type": document.type.value, "document_number": document.number} if document else {}
    return {"name": account.name or "", **number}
