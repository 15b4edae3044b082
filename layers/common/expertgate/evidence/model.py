"""What an uploaded file is: whose, what for, how far it was looked at (D-13, ADM-05, REC-09)."""

from datetime import datetime
from enum import StrEnum

from expertgate.evidence.colour import Colour
from expertgate.records import Record


class Purpose(StrEnum):
    """What a file proves; the names of the forms' fields."""

    REGISTRATION_PROOF = "registration_proof"
    BANK_PAGE = "bank_page"
    BUSINESS_LICENCE = "business_licence"
    ID_PORTRAIT = "id_portrait"
    ID_EMBLEM = "id_emblem"
    MOBILE_PROOF = "mobile_proof"
    DOCUMENT_FRONT = "document_front"
    DOCUMENT_BACK = "document_back"
    CHANGE_STATEMENT = "change_statement"
    STAMPED_APPLICATION = "stamped_application"
    RED_HEADED_DOCUMENT = "red_headed_document"
    SUPPORTING_DOCUMENT = "supporting_document"


class Format(StrEnum):
    """Media types that are taken."""

    JPEG = "image/jpeg"
    PNG = "image/png"
    PDF = "application/pdf"


class State(StrEnum):
    """How far an upload has come."""

    REQUESTED = "requested"
    CHECKED = "checked"
    REFUSED = "refused"


class Accepted(Record):
    """What is taken for a purpose; with `colour` a black-and-white picture is refused."""

    formats: frozenset[Format]
    colour: bool


class EvidenceFacts(Record):
    """What the check found out about a file; the size is that of the copy that is kept."""

    media_type: Format
    size: int
    sha256: str
    width: int | None = None
    height: int | None = None
    pages: int | None = None
    colour: Colour | None = None


class Evidence(Record):
    """One upload; `owner` is an account, or a recovery as FLOW#id. Its file name is personal and stays in the row."""

    id: str
    owner: str
    purpose: Purpose
    state: State
    ends: datetime
    file_name: str
    facts: EvidenceFacts | None = None
    reason: tuple[str, dict[str, object]] | None = None
    case_id: str | None = None
