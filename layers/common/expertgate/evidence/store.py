"""Evidence in its table: one row a file; the file itself is in the bucket."""

from dataclasses import asdict
from typing import Any, cast

from expertgate.errors.evidence import EvidenceInUse
from expertgate.evidence.colour import Colour
from expertgate.evidence.model import Evidence, EvidenceFacts, Format, Purpose, State
from expertgate.outbound.attributes import JSONAttribute, UnicodeAttribute
from expertgate.outbound.change import Change
from expertgate.outbound.clock import instant, stamp
from expertgate.outbound.keys import Keys
from expertgate.outbound.rows import ONLY, Row, read_together
from expertgate.settings import DAY, variable


class EvidenceRow(Row):
    """One upload; sealed: the name the file had. What led nowhere is dropped: checked files no case took, and all else a day later."""

    class Meta:
        """In the table of evidence."""

        table_name = variable("EVIDENCE_TABLE")

    owner = UnicodeAttribute()
    purpose = UnicodeAttribute()
    state = UnicodeAttribute()
    ends = UnicodeAttribute()
    facts = JSONAttribute(null=True)
    reason = JSONAttribute(null=True)
    case_id = UnicodeAttribute(null=True)


def find(evidence_id: str) -> EvidenceRow | None:
    """Return the row of an upload."""
    return EvidenceRow.find(key_of(evidence_id))


def find_all(evidence_ids: list[str]) -> list[EvidenceRow | None]:
    """Return the rows of several uploads, in the order asked, in one read."""
    return [cast("EvidenceRow | None", row) for row in read_together(*((EvidenceRow, key_of(one), ONLY) for one in evidence_ids))]


def add(change: Change, new: Evidence) -> None:
    """Add a requested upload to the change."""
    row = EvidenceRow(pk=key_of(new.id), owner=new.owner, purpose=new.purpose.value)
    row.seal(change.world.keys, {"file_name": new.file_name})
    change.put(_filled(row, new))


def save(change: Change, row: EvidenceRow, now: Evidence) -> None:
    """Write what the check of an upload said; nobody may have checked it since."""
    change.replace(_filled(row, now))


def bind(change: Change, evidence_id: str, case_id: str) -> None:
    """Give a checked file to a case for good: it is dropped no more."""
    row = EvidenceRow(pk=key_of(evidence_id))
    free = EvidenceRow.case_id.does_not_exist() | (EvidenceRow.case_id == case_id)
    is_free = (EvidenceRow.state == State.CHECKED.value) & free
    actions = [EvidenceRow.case_id.set(case_id), EvidenceRow.expires.remove()]
    change.update(row, actions, when=is_free, otherwise=EvidenceInUse(evidence_id=evidence_id))


def to_evidence(row: EvidenceRow, keys: Keys) -> Evidence:
    """Read an upload out of its row."""
    return Evidence(
        id=row.pk.removeprefix("EVIDENCE#"),
        owner=row.owner,
        purpose=Purpose(row.purpose),
        state=State(row.state),
        ends=instant(row.ends),
        file_name=str(row.unseal(keys)["file_name"]),
        facts=_facts(row.facts) if row.facts else None,
        reason=(row.reason[0], row.reason[1]) if row.reason else None,
        case_id=row.case_id,
    )


def key_of(evidence_id: str) -> str:
    """Return the partition of an upload, which is also its subject in the audit."""
    return f"EVIDENCE#{evidence_id}"


def _filled(row: EvidenceRow, kept: Evidence) -> EvidenceRow:
    row.state, row.ends = kept.state.value, stamp(kept.ends)
    row.facts = asdict(kept.facts) if kept.facts else None
    row.reason = list(kept.reason) if kept.reason else None
    row.expires = int(kept.ends.timestamp()) + (0 if kept.state is State.CHECKED else DAY)
    return row


def _facts(stored: dict[str, Any]) -> EvidenceFacts:
    colour = stored["colour"]
    return EvidenceFacts(**{**stored, "media_type": Format(stored["media_type"]), "colour": Colour(colour) if colour else None})
