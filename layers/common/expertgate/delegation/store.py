"""Grants in their table: the live one lies where the authority check looks, an ended one moves aside when a new one takes its place."""

from typing import cast

from pynamodb.expressions.condition import Condition
from pynamodb.indexes import AllProjection, GlobalSecondaryIndex, KeysOnlyProjection

from expertgate.delegation.facts import facts_of, grant_of
from expertgate.delegation.model import Grant, Opening
from expertgate.delegation.rules import due_at
from expertgate.errors.base import ExpertGateError
from expertgate.errors.delegation import GrantUnknown
from expertgate.errors.edge import ChangedMeanwhile
from expertgate.outbound.attributes import JSONAttribute, UnicodeAttribute
from expertgate.outbound.change import Change
from expertgate.outbound.clock import instant, stamp
from expertgate.outbound.keys import Keys
from expertgate.outbound.rows import Key, Row, read_together
from expertgate.outbound.standing import StandingRow, due_shard, is_standing, standing_key, unit_key
from expertgate.records import Record
from expertgate.settings import LIMITS, variable


class ByUnit(GlobalSecondaryIndex["GrantRow"]):
    """All grants of a unit, ended ones too, in the order they were made."""

    class Meta:
        """As declared in the template."""

        index_name = "by_unit"
        projection = AllProjection()

    unit = UnicodeAttribute(hash_key=True)
    unit_sort = UnicodeAttribute(range_key=True)


class ByDue(GlobalSecondaryIndex["GrantRow"]):
    """What the sweep must look at and when; sharded, sparse."""

    class Meta:
        """As declared in the template."""

        index_name = "by_due"
        projection = KeysOnlyProjection()

    due_shard = UnicodeAttribute(hash_key=True)
    due_at = UnicodeAttribute(range_key=True)


class GrantRow(Row):
    """One grant; pk the agent, sk unit and service, the grant's id behind when a newer one took the place. Sealed: names, a reason."""

    class Meta:
        """In the table of grants."""

        table_name = variable("GRANTS_TABLE")

    grant_id = UnicodeAttribute()
    facts = JSONAttribute()
    unit = UnicodeAttribute()
    unit_sort = UnicodeAttribute()
    due_shard = UnicodeAttribute(null=True)
    due_at = UnicodeAttribute(null=True)
    by_unit = ByUnit()
    by_due = ByDue()


class PlaceRow(Row):
    """Where the grant with an id lies: agent, unit and service never change."""

    class Meta:
        """In the table of grants."""

        table_name = variable("GRANTS_TABLE")

    agent_id = UnicodeAttribute()
    unit_id = UnicodeAttribute()
    service = UnicodeAttribute()


class OpeningRow(Row):
    """That a unit entered a service; beside its standing."""

    class Meta:
        """In the table of grants."""

        table_name = variable("GRANTS_TABLE")

    roles = JSONAttribute()
    opened = UnicodeAttribute()


class Kept(Record):
    """A grant with the row it was read from, the names sealed in it, and the epoch its unit is in."""

    grant: Grant
    row: GrantRow
    agent_name: str
    unit_name: str
    epoch: int = 0


def live_key(agent_id: str, unit_id: str, service: str) -> Key:
    """Return where the live grant of agent, unit and service lies: there is room for one."""
    return GrantRow, agent_key(agent_id), f"UNIT#{unit_id}#SERVICE#{service}"


def opening_key(unit_id: str, service: str) -> Key:
    """Return where the opening of a service lies."""
    return OpeningRow, unit_key(unit_id), f"SERVICE#{service}"


def agent_key(agent_id: str) -> str:
    """Return the partition of a person's grants."""
    return f"AGENT#{agent_id}"


def subject_of(unit_id: str, service: str) -> str:
    """Return the audit subject that answers who could act for a unit in a service (DEL-15)."""
    return f"UNIT#{unit_id}#SERVICE#{service}"


def opening(unit_id: str, service: str) -> Opening | None:
    """Return the opening of a service by a unit, or None."""
    _, pk, sk = opening_key(unit_id, service)
    row = OpeningRow.find(pk, sk)
    return to_opening(row) if row else None


def to_opening(row: OpeningRow) -> Opening:
    """Read an opening out of its row."""
    return Opening(row.pk.removeprefix("UNIT#"), row.sk.removeprefix("SERVICE#"), tuple(row.roles), instant(row.opened))


def add_opening(change: Change, opened: Opening, otherwise: ExpertGateError) -> None:
    """Write that a unit entered a service for the first time."""
    _, pk, sk = opening_key(opened.unit_id, opened.service)
    change.put(OpeningRow(pk=pk, sk=sk, roles=list(opened.roles), opened=stamp(opened.opened)), otherwise=otherwise)


def in_place(keys: Keys, agent_id: str, unit_id: str, service: str) -> Kept | None:
    """Return what lies in the place of agent, unit and service: the live grant or the last ended one."""
    _, pk, sk = live_key(agent_id, unit_id, service)
    row = GrantRow.find(pk, sk)
    return to_kept(row, keys) if row else None


def grant_with_id(keys: Keys, grant_id: str) -> Kept:
    """Return the grant with this id.

    Raises GrantUnknown.
    """
    place = PlaceRow.find(f"GRANT#{grant_id}")
    if place is None:
        raise GrantUnknown
    _, pk, sk = live_key(place.agent_id, place.unit_id, place.service)
    *found, standing = read_together((GrantRow, pk, sk), (GrantRow, pk, _aside(sk, grant_id)), standing_key(place.unit_id))
    rows = cast("list[GrantRow | None]", found)
    row = next((row for row in rows if row is not None and row.grant_id == grant_id), None)
    if row is None:
        raise GrantUnknown
    return to_kept(row, keys, epoch_of(standing))


def add(change: Change, made: Kept, over: Kept | None, taken: ExpertGateError) -> None:
    """Write a new grant into its place; what ended there before moves aside under its own id."""
    if over is None:
        change.put(made.row, otherwise=taken)
    else:
        change.put(made.row, when=_as_read(over), otherwise=taken)
        change.put(_moved_aside(over, change.world.keys))
    grant = made.grant
    change.put(PlaceRow(pk=f"GRANT#{grant.id}", agent_id=grant.agent_id, unit_id=grant.unit_id, service=grant.service))


def save(change: Change, read: Kept, changed: Grant) -> Kept:
    """Write a changed grant over the row it was read from; nobody may have written it since."""
    row = GrantRow(pk=read.row.pk, sk=read.row.sk, version=read.row.version + 1, sealed=read.row.sealed)
    _fill(row, changed)
    written = Kept(changed, row, read.agent_name, read.unit_name, read.epoch)
    if changed.extension != read.grant.extension:
        _seal(row, written, change.world.keys)
    change.put(row, when=_as_read(read), otherwise=ChangedMeanwhile())
    return written


def new(keys: Keys, made: Grant, agent_name: str, unit_name: str) -> Kept:
    """Return a new grant with a row of its own."""
    _, pk, sk = live_key(made.agent_id, made.unit_id, made.service)
    row = GrantRow(pk=pk, sk=sk)
    _fill(row, made)
    fresh = Kept(made, row, agent_name, unit_name, made.epoch)
    _seal(row, fresh, keys)
    return fresh


def to_kept(row: GrantRow, keys: Keys, epoch: int = 0) -> Kept:
    """Read a grant and its names out of a row."""
    opened = row.unseal(keys)
    return Kept(grant_of(row.facts, opened["reason"]), row, opened["agent_name"], opened["unit_name"], epoch)


def epoch_of(standing: Row | None) -> int:
    """Return the epoch of a unit's standing; a unit without a row is in the first."""
    return int(cast("StandingRow", standing).epoch) if standing else 0


def epoch_of_unit(unit_id: str) -> int:
    """Return the epoch a unit is in."""
    _, pk, sk = standing_key(unit_id)
    return epoch_of(StandingRow.find(pk, sk))


def to_grant(row: GrantRow) -> Grant:
    """Read a grant out of a row where names and reasons are not needed."""
    return grant_of(row.facts)


def of_agent(agent_id: str, size: int, after: str | None) -> list[GrantRow]:
    """Return grants to a person, live and ended, at most `size`, after the sort key of an earlier page."""
    later = GrantRow.sk > after if after else None
    return list(GrantRow.query(agent_key(agent_id), later, consistent_read=True, limit=size, page_size=size))


def in_places_of(agent_id: str, service: str) -> list[GrantRow]:
    """Return what lies in a person's places of a service, one for each unit: the live grant or the last ended one."""
    most = LIMITS.agent_grants_looked_at
    rows = GrantRow.query(agent_key(agent_id), consistent_read=True, limit=most, page_size=LIMITS.page_size_most)
    return [row for row in rows if row.sk.endswith(f"#SERVICE#{service}")]


def of_unit(unit_id: str, size: int, before: str | None) -> list[GrantRow]:
    """Return grants of a unit, newest first, at most `size`, before the grant id of an earlier page."""
    older = ByUnit.unit_sort < before if before else None
    return list(GrantRow.by_unit.query(unit_key(unit_id), older, scan_index_forward=False, limit=size, page_size=size))


def due_keys(shard: int, until: str) -> list[Key]:
    """Return grants and standings of a shard that must be looked at, the longest due first, at most a page."""
    size = LIMITS.page_size_most
    found = GrantRow.by_due.query(f"due#{shard}", ByDue.due_at <= until, limit=size, page_size=size)
    return [(StandingRow if is_standing(row.sk) else GrantRow, row.pk, row.sk) for row in found]


def as_they_stand(rows: list[GrantRow]) -> list[GrantRow]:
    """Return rows of an index as their table has them now, without those whose place another grant took."""
    read = cast("list[GrantRow | None]", read_together(*((GrantRow, row.pk, row.sk) for row in rows))) if rows else []
    return [now for row, now in zip(rows, read, strict=True) if now is not None and now.grant_id == row.grant_id]


def _fill(row: GrantRow, grant: Grant) -> None:
    row.grant_id, row.facts = grant.id, facts_of(grant)
    row.unit, row.unit_sort = unit_key(grant.unit_id), grant.id
    due = due_at(grant)
    row.due_shard, row.due_at = (due_shard(grant.id), stamp(due)) if due else (None, None)


def _seal(row: GrantRow, kept: Kept, keys: Keys) -> None:
    extension = kept.grant.extension
    names = {"agent_name": kept.agent_name, "unit_name": kept.unit_name}
    row.seal(keys, {**names, "reason": extension.reason if extension else ""})


def _as_read(read: Kept) -> Condition:
    unmoved: Condition = (GrantRow.version == read.row.version) & (GrantRow.grant_id == read.grant.id)
    return unmoved


def _moved_aside(over: Kept, keys: Keys) -> GrantRow:
    """Return the row of an ended grant under a key of its own, out of the sweep's sight."""
    row = GrantRow(pk=over.row.pk, sk=_aside(over.row.sk, over.grant.id), version=over.row.version)
    _fill(row, over.grant)
    row.due_shard, row.due_at = None, None
    _seal(row, Kept(over.grant, row, over.agent_name, over.unit_name), keys)
    return row


def _aside(sk: str, grant_id: str) -> str:
    return f"{sk}#GRANT#{grant_id}"
