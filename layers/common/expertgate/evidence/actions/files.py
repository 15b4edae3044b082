"""What other areas do with evidence: demand it, give it to a case, read it (D-13)."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from expertgate.caller import Caller
from expertgate.errors.evidence import EvidenceUnknown
from expertgate.evidence import rules, store
from expertgate.evidence.actions.answering import answer_of
from expertgate.evidence.model import Evidence, EvidenceFacts, Purpose, State
from expertgate.evidence.requests import EvidenceAnswer
from expertgate.outbound.change import Change
from expertgate.outbound.clock import stamp
from expertgate.outbound.world import World
from expertgate.readers import may_read_case
from expertgate.records import Record
from expertgate.settings import LIMITS


class ReadLink(Record):
    """Where a file can be read, and until when."""

    url: str
    expires: datetime


def require(world: World, evidence_id: str, owner: str, purpose: str, case_id: str | None = None, *, field: str = "") -> EvidenceFacts:
    """Return what is known of a checked file of this owner; `case_id` is the case that may have it already (a correction).

    `field` is where the form names it, under its purpose unless told.

    Raises EvidenceMissing, EvidencePurposeWrong, EvidenceNotChecked, EvidenceInUse.
    """
    return rules.demand_usable(_evidence(store.find(evidence_id), world), owner, Purpose(purpose), case_id, field or purpose)


def require_all(world: World, files: Mapping[str, str], owner: str, case_id: str | None = None, *, part: str = "") -> None:
    """Demand a form's files, purpose -> id, as `require` does, in one read; they are fields of this part of the form."""
    for purpose, row in zip(files, store.find_all(list(files.values())), strict=True):
        rules.demand_usable(_evidence(row, world), owner, Purpose(purpose), case_id, f"{part}{purpose}")


def bind(change: Change, evidence_id: str, case_id: str) -> None:
    """Give a checked file to a case; of two cases that want it, one gets it, the other's change fails with EvidenceInUse."""
    store.bind(change, evidence_id, case_id)


def show_evidence(evidence_id: str, caller: Caller, world: World) -> EvidenceAnswer:
    """Tell its owner, the applicant, or the official who holds its case how a file stands, with a link to read it.

    Raises EvidenceUnknown, also for everybody else.
    """
    found = _evidence(store.find(evidence_id), world)
    if found is None or not _may_read(found, caller):
        raise EvidenceUnknown
    if found.state is not State.CHECKED:
        return answer_of(found, caller.language)
    change = Change(world, caller)
    link = _read_link(change, found)
    return change.commit(answer_of(found, caller.language, link.url, stamp(link.expires)))


def _evidence(row: store.EvidenceRow | None, world: World) -> Evidence | None:
    """Return what a row keeps, None where it is over though the table has not dropped it yet."""
    found = store.to_evidence(row, world.keys) if row else None
    return None if found is None or rules.is_dropped(found, world.clock.now()) else found


def _may_read(found: Evidence, caller: Caller) -> bool:
    return found.owner == caller.id or (found.case_id is not None and may_read_case(found.case_id, caller))


def _read_link(change: Change, found: Evidence) -> ReadLink:
    if found.facts is None:
        raise EvidenceUnknown
    key = rules.kept_key(found.id, found.facts)
    url = change.world.evidence.presigned_get(key, found.facts.media_type.value, found.file_name)
    change.audit("evidence:file:read", subject=store.key_of(found.id), case=found.case_id or "")
    return ReadLink(url, change.now + timedelta(seconds=LIMITS.evidence_link_life))
