"""What is taken as evidence for what, and what is kept of it (ADM-05, REC-09, REC-11)."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Final

from expertgate.errors.evidence import EvidenceInUse, EvidenceMissing, EvidenceNotChecked, EvidencePurposeWrong, UploadExpired
from expertgate.evidence.images import check_colour, read_picture
from expertgate.evidence.model import Accepted, Evidence, EvidenceFacts, Format, Purpose, State
from expertgate.evidence.pdf import read_pdf
from expertgate.forms.problems import FieldProblem
from expertgate.forms.text import clean
from expertgate.settings import LIMITS

_PICTURES: Final = frozenset({Format.JPEG, Format.PNG})
_COLOUR_PICTURE: Final = Accepted(_PICTURES, colour=True)
_SCAN: Final = Accepted(_PICTURES | {Format.PDF}, colour=True)
ACCEPTED: Final = {
    Purpose.REGISTRATION_PROOF: _COLOUR_PICTURE,
    Purpose.BANK_PAGE: _COLOUR_PICTURE,
    Purpose.BUSINESS_LICENCE: _COLOUR_PICTURE,
    Purpose.ID_PORTRAIT: _COLOUR_PICTURE,
    Purpose.ID_EMBLEM: _COLOUR_PICTURE,
    Purpose.MOBILE_PROOF: _COLOUR_PICTURE,
    Purpose.DOCUMENT_FRONT: _COLOUR_PICTURE,
    Purpose.DOCUMENT_BACK: _COLOUR_PICTURE,
    Purpose.CHANGE_STATEMENT: _SCAN,
    Purpose.STAMPED_APPLICATION: Accepted(frozenset({Format.PDF}), colour=False),
    Purpose.RED_HEADED_DOCUMENT: _SCAN,
    Purpose.SUPPORTING_DOCUMENT: Accepted(_PICTURES | {Format.PDF}, colour=False),
}
LONGEST_NAME: Final = 200
_PDF_MARK: Final = b"%PDF-"


@dataclass(frozen=True, slots=True)
class Kept:
    """The clean copy of an upload and what was found out about it."""

    content: bytes
    facts: EvidenceFacts


def file_name(typed: str) -> str:
    """Take the name a file had at its owner's; it decides nothing and is shown to nobody but who may read the file."""
    return clean(typed.replace("\\", "/").rpartition("/")[2], LONGEST_NAME)


def check_format(purpose: Purpose, media_type: Format) -> None:
    """Refuse a type that the purpose has no use for before anything is sent."""
    formats = ACCEPTED[purpose].formats
    if media_type not in formats:
        raise FieldProblem("picture_format" if Format.PDF not in formats else "pdf_format").at("media_type")


def looked_at(purpose: Purpose, content: bytes) -> Kept:
    """Check by content, whatever was announced, and return what is kept.

    Raises FieldProblem with the rule that is broken.
    """
    formats = ACCEPTED[purpose].formats
    if Format.PDF in formats and (content.startswith(_PDF_MARK) or formats == {Format.PDF}):
        pdf = read_pdf(content)
        return Kept(pdf.content, EvidenceFacts(Format.PDF, len(pdf.content), _digest(pdf.content), pages=pdf.pages))
    picture = read_picture(content)
    if ACCEPTED[purpose].colour:
        check_colour(picture)
    kept = picture.content
    facts = EvidenceFacts(Format(picture.media_type), len(kept), _digest(kept), picture.width, picture.height, colour=picture.colour)
    return Kept(kept, facts)


def passed(evidence: Evidence, facts: EvidenceFacts, now: datetime) -> Evidence:
    """Return the evidence after its content was taken; from now on it waits for a case so long and no longer."""
    return replace(evidence, state=State.CHECKED, facts=facts, ends=now + timedelta(seconds=LIMITS.evidence_unused_life))


def failed(evidence: Evidence, problem: FieldProblem) -> Evidence:
    """Return the evidence after its content was refused; the reason is kept, so that a repeat hears the same."""
    return replace(evidence, state=State.REFUSED, reason=(problem.rule, problem.facts))


def demand_unfinished(evidence: Evidence, now: datetime) -> None:
    """Refuse the check of an upload whose time is over."""
    if now >= evidence.ends:
        raise UploadExpired


def is_dropped(evidence: Evidence, now: datetime) -> bool:
    """Tell whether a checked file that no case took is over: its row and its copy are removed some time later."""
    return evidence.state is State.CHECKED and evidence.case_id is None and now >= evidence.ends


def demand_usable(evidence: Evidence | None, owner: str, purpose: Purpose, case_id: str | None, field: str) -> EvidenceFacts:
    """Return the facts of a checked file of this owner and purpose that no other case has; a refusal names the form's field.

    A file of the case that is corrected may be another's: who corrects for the unit need not be who applied.

    Raises EvidenceMissing, EvidencePurposeWrong, EvidenceNotChecked, EvidenceInUse.
    """
    if evidence is None or (evidence.owner != owner and (case_id is None or evidence.case_id != case_id)):
        raise EvidenceMissing(purpose=purpose.value).at(field)
    if evidence.purpose is not purpose:
        raise EvidencePurposeWrong(purpose=purpose.value, uploaded=evidence.purpose.value).at(field)
    if evidence.state is not State.CHECKED or evidence.facts is None:
        raise EvidenceNotChecked(purpose=purpose.value).at(field)
    if evidence.case_id not in {None, case_id}:
        raise EvidenceInUse(purpose=purpose.value).at(field)
    return evidence.facts


def upload_key(evidence_id: str) -> str:
    """Return where an upload arrives; what stays there is dropped after two days."""
    return f"uploads/{evidence_id}"


def kept_key(evidence_id: str, facts: EvidenceFacts) -> str:
    """Return where the clean copy lies: named by its content, so that of two checks at once neither spoils the other's."""
    return kept_key_of(evidence_id, facts.sha256)


def kept_key_of(evidence_id: str, sha256: str) -> str:
    """Return where a clean copy with this digest lies."""
    return f"evidence/{evidence_id}/{sha256}"


def _digest(content: bytes) -> str:
    return sha256(content).hexdigest()
