"""Officials for tests: named the way the administrator does it, ready to work, with a token."""

from dataclasses import dataclass

from expertgate.caller import CallerKind, system
from expertgate.forms.documents import Document, DocumentType
from expertgate.outbound.change import Change
from expertgate.review.actions.officials import invite
from expertgate.review.model import Duty, OfficialStatus
from expertgate.review.requests.officials import CreateOfficial
from expertgate.review.store.officials import OfficialRow
from tests.stage import Stage, session_for

HANDAN, HEBEI, NATIONAL, PLATFORM = "130400", "130000", "100000", "platform"


@dataclass(frozen=True)
class Desk:
    """An official at work."""

    id: str
    token: str


def official(stage: Stage, bureau: str = HANDAN, *duties: Duty, mobile: str = "", document: Document | None = None) -> Desk:
    """Return an active official of a bureau, a reviewer (operator on the platform) unless told otherwise."""
    number = stage.plays["officials"] = stage.plays.get("officials", 0) + 1
    change = Change(stage.world, system("test"))
    usual = Duty.OPERATOR if bureau == PLATFORM else Duty.REVIEWER
    chosen = frozenset(duties or {usual})
    request = CreateOfficial(
        user_name=f"official_{number}",
        name="王建国",
        mobile=mobile or f"1390000{number:04d}",
        document_type=document.type if document else DocumentType.PASSPORT,
        document_number=document.number if document else f"E1000{number:04d}",
        bureau=bureau,
        duties=chosen,
    )
    made = invite(change, request)
    change.commit(None)
    OfficialRow(pk=f"OFFICIAL#{made.id}", sk="META").update([OfficialRow.status.set(OfficialStatus.ACTIVE.value)])
    return Desk(made.id, session_for(stage, CallerKind.OFFICIAL, made.id, duties=frozenset(chosen), bureau=bureau))
