"""Cases in their table: read with what belongs to them, written on the version that was read."""

from dataclasses import asdict
from typing import Any, cast

from expertgate.errors.base import ExpertGateError
from expertgate.errors.review import CaseAlreadyOpen, CaseMoved, CaseUnknown
from expertgate.outbound.aws import client
from expertgate.outbound.change import Change
from expertgate.outbound.clock import instant, stamp
from expertgate.outbound.keys import Keys
from expertgate.outbound.rows import read_together
from expertgate.outbound.world import World
from expertgate.records import Record
from expertgate.review.model import Applicant, Case, CaseState, Decision, Level, Outcome, Remark, Round
from expertgate.review.rules.queues import queue_of
from expertgate.review.store import clocks, holdings, rows
from expertgate.review.store.counters import count_move
from expertgate.review.store.rows import META, UNIT_REF, CaseRow, DecisionRow, OpenRow, RoundRow, UnitRefRow
from expertgate.settings import LIMITS


class CaseFile(Record):
    """A case with all its rounds and decisions, oldest first; `listed_for` is who finds it among his own besides the applicant."""

    case: Case
    rounds: tuple[Round, ...]
    decisions: tuple[Decision, ...]
    listed_for: str | None = None

    @property
    def last(self) -> Round:
        """Return the round in hand."""
        return self.rounds[-1]


def case(world: World, case_id: str) -> Case:
    """Return the case as it stands now.

    Raises CaseUnknown.
    """
    row = CaseRow.find(rows.case_key(case_id), META)
    if row is None:
        raise CaseUnknown
    return to_case(row, world.keys)


def case_of_chain(world: World, case_id: str, bureau: str | None) -> Case:
    """Return a case whose chain this bureau is part of.

    Raises CaseUnknown also for any other, so that nobody elsewhere learns where it stands.
    """
    found = case(world, case_id)
    if bureau not in {level.bureau for level in found.chain}:
        raise CaseUnknown
    return found


def cases(world: World, case_ids: list[str]) -> list[Case]:
    """Return several cases as they stand now, in the order asked."""
    found = read_together(*((CaseRow, rows.case_key(one), META) for one in case_ids)) if case_ids else []
    return [to_case(cast("CaseRow", row), world.keys) for row in found if row is not None]


def file_of(world: World, case_id: str) -> CaseFile:
    """Return the case with its whole history, in one query of its partition.

    Raises CaseUnknown.
    """
    raw = _partition(case_id)
    if META not in raw:
        raise CaseUnknown
    names = sorted(name for name in raw if name.startswith("ROUND#"))
    keys = world.keys
    return CaseFile(
        to_case(CaseRow.from_raw_data(raw[META]), keys),
        tuple(_round(RoundRow.from_raw_data(raw[one]), keys) for one in names if "#LEVEL#" not in one),
        tuple(_decision(DecisionRow.from_raw_data(raw[one]), keys) for one in names if "#LEVEL#" in one),
        UnitRefRow.from_raw_data(raw[UNIT_REF]).applicant if UNIT_REF in raw else None,
    )


def open_case_of(world: World, kind: str, subject: str) -> Case | None:
    """Return the open case of this kind for a subject, if there is one."""
    sentinel = OpenRow.find(rows.open_key(kind, subject))
    return case(world, sentinel.case_id) if sentinel else None


def save_new(change: Change, new: Case) -> None:
    """Add a new case with its sentinel to the change."""
    sentinel = OpenRow(pk=rows.open_key(new.kind, new.subject), case_id=new.id)
    change.put(sentinel, when=OpenRow.pk.does_not_exist(), otherwise=CaseAlreadyOpen())
    change.put(_row(new, change.world.keys))
    clocks.follow(change, None, new)
    count_move(change, None, new)
    if new.applicant.unit_id is not None and new.applicant.unit_id != new.applicant.account_id:
        list_for(change, new, new.applicant.unit_id)


def list_for(change: Change, kept: Case, account_id: str) -> None:
    """Let one more account find the case among its own and look at it: the unit applied for, or the account it was about."""
    change.put(UnitRefRow(pk=rows.case_key(kept.id), sk=UNIT_REF, applicant=account_id, applicant_sort=_sort(kept)))


def save(change: Change, old: Case, new: Case, otherwise: ExpertGateError | None = None) -> None:
    """Write a changed case with all that follows it; nobody may have changed it since it was read."""
    change.put(_row(new, change.world.keys), when=CaseRow.version == old.version, otherwise=otherwise or CaseMoved())
    holdings.follow(change, old, new)
    clocks.follow(change, old, new)
    count_move(change, old, new)


def end(change: Change, ended: Case) -> None:
    """Free the subject for another case of the kind."""
    sentinel = OpenRow(pk=rows.open_key(ended.kind, ended.subject))
    change.delete(sentinel, when=OpenRow.case_id == ended.id)


def save_round(change: Change, case_id: str, submitted: Round) -> None:
    """Add a submission."""
    row = RoundRow(pk=rows.case_key(case_id), sk=rows.round_key(submitted.number), submitted=stamp(submitted.submitted))
    row.seal(change.world.keys, {"form": submitted.form, "attachments": list(submitted.attachments), "former": submitted.former})
    change.put(row)


def save_decision(change: Change, case_id: str, made: Decision) -> None:
    """Add a decision; there is one for each level of a round."""
    row = DecisionRow(
        pk=rows.case_key(case_id),
        sk=rows.decision_key(made.round, made.level),
        bureau=made.bureau,
        official_id=made.official_id,
        outcome=made.outcome.value,
        at=stamp(made.at),
    )
    row.seal(change.world.keys, {"reason": made.reason, "remarks": [asdict(one) for one in made.remarks]})
    change.put(row, otherwise=CaseMoved())


def decision(world: World, case_id: str, round_number: int, level: int) -> Decision | None:
    """Return the decision at a level of a round, if it was made."""
    row = DecisionRow.find(rows.case_key(case_id), rows.decision_key(round_number, level))
    return _decision(row, world.keys) if row else None


def reason_of(world: World, rejected: Case) -> str | None:
    """Return why a case was rejected, None for one that was not."""
    if rejected.state is not CaseState.REJECTED:
        return None
    made = decision(world, rejected.id, rejected.round, rejected.level)
    return made.reason if made else None


def round_of(world: World, case_id: str, number: int) -> Round:
    """Return one submission."""
    row = RoundRow.find(rows.case_key(case_id), rows.round_key(number))
    if row is None:
        raise CaseUnknown
    return _round(row, world.keys)


def to_case(row: CaseRow, keys: Keys) -> Case:
    """Return the case a row keeps."""
    personal = row.unseal(keys)
    applicant = Applicant(row.account_id, row.unit_id, **personal)
    return Case(
        id=row.pk.removeprefix("CASE#"),
        kind=row.kind,
        subject=row.subject,
        applicant=applicant,
        state=CaseState(row.state),
        round=int(row.round),
        level=int(row.level),
        chain=tuple(Level(*one) for one in row.chain),
        opened=instant(row.opened),
        at_level_since=instant(row.at_level_since),
        due=instant(row.due),
        version=int(row.version),
        claimed_by=row.claimed_by,
        deciders=frozenset(row.deciders),
        marks=frozenset(row.marks),
        open_fields=frozenset(row.open_fields),
        suspended_at=instant(row.suspended_at) if row.suspended_at else None,
        concluded=row.concluded,
    )


def _row(kept: Case, keys: Keys) -> CaseRow:
    queue = queue_of(kept)
    row = CaseRow(
        pk=rows.case_key(kept.id),
        sk=META,
        kind=kept.kind,
        subject=kept.subject,
        account_id=kept.applicant.account_id,
        unit_id=kept.applicant.unit_id,
        state=kept.state.value,
        round=kept.round,
        level=kept.level,
        chain=[[one.bureau, one.name, one.working_days] for one in kept.chain],
        opened=stamp(kept.opened),
        at_level_since=stamp(kept.at_level_since),
        due=stamp(kept.due),
        version=kept.version,
        claimed_by=kept.claimed_by,
        deciders=sorted(kept.deciders),
        marks=sorted(kept.marks),
        open_fields=sorted(kept.open_fields),
        suspended_at=stamp(kept.suspended_at) if kept.suspended_at else None,
        concluded=kept.concluded,
        queue=queue,
        queue_sort=f"{stamp(kept.due)}#{kept.id}" if queue else None,
        applicant=kept.applicant.account_id,
        applicant_sort=_sort(kept),
    )
    row.seal(keys, {name: getattr(kept.applicant, name) for name in ("name", "mobile", "document_key", "unit_name")})
    return row


def _sort(kept: Case) -> str:
    return f"{stamp(kept.opened)}#{kept.id}"


def _round(row: RoundRow, keys: Keys) -> Round:
    sealed = row.unseal(keys)
    number = int(row.sk.removeprefix("ROUND#"))
    return Round(number, sealed["form"], tuple(sealed["attachments"]), instant(row.submitted), sealed.get("former", {}))


def _decision(row: DecisionRow, keys: Keys) -> Decision:
    sealed = row.unseal(keys)
    _, number, _, level = row.sk.split("#")
    return Decision(
        round=int(number),
        level=int(level),
        bureau=row.bureau,
        official_id=row.official_id,
        outcome=Outcome(row.outcome),
        at=instant(row.at),
        reason=sealed["reason"],
        remarks=tuple(Remark(**one) for one in sealed["remarks"]),
    )


def _partition(case_id: str) -> dict[str, dict[str, Any]]:
    """Return the raw rows of a case by sort key: they are of several kinds, and one query brings them all."""
    found: dict[str, dict[str, Any]] = {}
    here: dict[str, Any] = {
        "TableName": CaseRow.Meta.table_name,
        "KeyConditionExpression": "pk = :pk",
        "ExpressionAttributeValues": {":pk": {"S": rows.case_key(case_id)}},
        "ConsistentRead": True,
    }
    while True:
        page = client("dynamodb").query(Limit=LIMITS.page_size_most, **here)
        found |= {one["sk"]["S"]: one for one in page["Items"]}
        if "LastEvaluatedKey" not in page:
            return found
        here["ExclusiveStartKey"] = page["LastEvaluatedKey"]
