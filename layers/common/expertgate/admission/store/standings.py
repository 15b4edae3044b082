"""Units, members, holds and drafts in their table; everything of one unit lies in its partition."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, cast

from expertgate.admission.model import HoldState, MemberRole, Standing, Succession
from expertgate.outbound.attributes import JSONAttribute, UnicodeAttribute
from expertgate.outbound.change import Change
from expertgate.outbound.rows import Key, Row, page_of, read_many, read_together
from expertgate.outbound.world import World
from expertgate.settings import LIMITS, variable

_TABLE = variable("ADMISSION_TABLE")
_OF_A_FORM = frozenset({Standing.SUBMITTED, Standing.ENDED})


class UnitRow(Row):
    """A unit in the project system; sealed: its form (what a change asks for lies in the rounds of its case)."""

    class Meta:
        """In the table of admission."""

        table_name = _TABLE

    standing = UnicodeAttribute()
    submitted_by = UnicodeAttribute()
    submitted_at = UnicodeAttribute()
    bureau = UnicodeAttribute()
    case_id = UnicodeAttribute(null=True)
    marks = JSONAttribute()


class MemberRow(Row):
    """A user of the project system (外专系统用户); sealed: the form."""

    class Meta:
        """In the table of admission."""

        table_name = _TABLE

    standing = UnicodeAttribute()
    role = UnicodeAttribute()
    submitted_at = UnicodeAttribute()
    case_id = UnicodeAttribute(null=True)
    admitted_at = UnicodeAttribute(null=True)
    retired_at = UnicodeAttribute(null=True)
    joined_into = UnicodeAttribute(null=True)
    desks = JSONAttribute(null=True)
    marks = JSONAttribute()


class MembershipRow(Row):
    """That an account is or was a member of a unit: the way from the account to its units."""

    class Meta:
        """In the table of admission."""

        table_name = _TABLE


class HoldRow(Row):
    """挂起: an account suspended because it looks like others (ADM-10)."""

    class Meta:
        """In the table of admission."""

        table_name = _TABLE

    state = UnicodeAttribute()
    waiting = UnicodeAttribute()
    others = JSONAttribute()
    case_id = UnicodeAttribute()
    opened_at = UnicodeAttribute()
    closed_at = UnicodeAttribute(null=True)
    resolution = UnicodeAttribute(null=True)
    joined = JSONAttribute(null=True)


class DraftRow(Row):
    """A form somebody is still filling in; sealed: the form as typed."""

    class Meta:
        """In the table of admission."""

        table_name = _TABLE

    saved_at = UnicodeAttribute()


@dataclass(frozen=True)
class Found:
    """What the project system knows of an account and its unit."""

    unit: UnitRow | None
    member: MemberRow | None
    hold: HoldRow | None

    @property
    def unit_standing(self) -> Standing:
        """Return where the unit stands."""
        return Standing(self.unit.standing) if self.unit else Standing.UNKNOWN

    @property
    def member_standing(self) -> Standing:
        """Return where the account stands."""
        return Standing(self.member.standing) if self.member else Standing.UNKNOWN

    @property
    def hold_state(self) -> HoldState:
        """Return whether the account is suspended."""
        return HoldState(self.hold.state) if self.hold else HoldState.NONE

    @property
    def case_id(self) -> str | None:
        """Return the case of the form in question, also of one that ended: the unit's until it is admitted, then the member's."""
        row = self.form
        return row.case_id if row and row.standing in _OF_A_FORM else None

    @property
    def form(self) -> UnitRow | MemberRow | None:
        """Return the row of the form in question: the unit's until it is admitted, then the member's."""
        return self.member if self.unit_standing is Standing.ADMITTED else self.unit

    @property
    def refused_by(self) -> str | None:
        """Return the case by which the form was refused as a duplicate's; None where another was sent since."""
        hold, form = self.hold, self.form
        if hold is None or form is None or self.hold_state is not HoldState.REFUSED or hold.opened_at != form.submitted_at:
            return None
        return hold.case_id


def found_keys(unit_id: str, account_id: str) -> tuple[Key, Key, Key]:
    """Return where unit, member and hold lie, to be read together with other rows."""
    unit = unit_key(unit_id)
    return (UnitRow, unit, PROFILE), (MemberRow, unit, member_key(account_id)), (HoldRow, unit, hold_key(account_id))


def to_found(rows: list[Row | None]) -> Found:
    """Return what was read with `found_keys`."""
    return Found(cast("UnitRow | None", rows[0]), cast("MemberRow | None", rows[1]), cast("HoldRow | None", rows[2]))


def find(unit_id: str, account_id: str) -> Found:
    """Return what is known of an account and its unit, in one read."""
    return to_found(read_together(*found_keys(unit_id, account_id)))


def form_of(world: World, row: UnitRow | MemberRow) -> dict[str, Any]:
    """Return the form of a unit or a member."""
    return dict(row.unseal(world.keys).get("form", {}))


def save(change: Change, row: UnitRow | MemberRow | HoldRow, *, is_new: bool) -> None:
    """Write a row that is new, or over the one that was read."""
    if is_new:
        change.put(row)
    else:
        change.replace(row)


PROFILE = "PROFILE"


def unit_key(unit_id: str) -> str:
    """Return the partition of a unit; also the subject of its audit rows."""
    return f"UNIT#{unit_id}"


def member_key(account_id: str) -> str:
    """Return the sort key of a member."""
    return f"MEMBER#{account_id}"


def hold_key(account_id: str) -> str:
    """Return the sort key of a hold."""
    return f"HOLD#{account_id}"


def account_key(account_id: str) -> str:
    """Return the partition of an account's memberships."""
    return f"ACCOUNT#{account_id}"


def member_id(row: MemberRow) -> str:
    """Return the account of a member."""
    return row.sk.removeprefix("MEMBER#")


def desks_of(row: MemberRow) -> list[str]:
    """Return the desks of a member: the own one, and those of accounts that were joined into it."""
    return list(row.desks or [member_id(row)])


def unit_id_of(row: Row) -> str:
    """Return the unit in whose partition a row lies."""
    return row.pk.removeprefix("UNIT#")


def unit(unit_id: str) -> UnitRow | None:
    """Return the row of a unit."""
    return UnitRow.find(unit_key(unit_id), PROFILE)


def member(unit_id: str, account_id: str) -> MemberRow | None:
    """Return the row of a member."""
    return MemberRow.find(unit_key(unit_id), member_key(account_id))


def members(unit_id: str, size: int, after: str | None) -> tuple[list[MemberRow], str | None]:
    """Return members of a unit in the order of their ids, retired ones too, behind the one with this id, and where the next page begins."""
    within = MemberRow.sk.between(f"{member_key(after)}!" if after else member_key(""), member_key("~"))
    found = MemberRow.query(unit_key(unit_id), within, consistent_read=True, limit=size + 1, page_size=size + 1)
    return page_of(list(found), size, member_id)


def administrators(unit_id: str) -> tuple[list[MemberRow], bool]:
    """Return who administers or administered a unit, and whether all of its members could be looked at."""
    found: list[MemberRow] = []
    after, size = None, LIMITS.page_size_most
    for _ in range(0, LIMITS.members_looked_at, size):
        rows, after = members(unit_id, size, after)
        found += [row for row in rows if row.role == MemberRole.UNIT_ADMINISTRATOR]
        if after is None:
            return found, True
    return found, False


def hold(unit_id: str, account_id: str) -> HoldRow | None:
    """Return the row of a hold."""
    return HoldRow.find(unit_key(unit_id), hold_key(account_id))


def draft_of(unit_id: str, account_id: str, subject: str) -> DraftRow | None:
    """Return the draft of one form of an account for a unit."""
    return DraftRow.find(unit_key(unit_id), draft_key(account_id, subject))


def draft_key(account_id: str, subject: str) -> str:
    """Return the sort key of a draft."""
    return f"DRAFT#{subject}#{account_id}"


def memberships(account_id: str) -> list[str]:
    """Return the units an account is or was a member of, all of them: who is joined leaves nothing behind."""
    units = MembershipRow.sk.startswith("UNIT#")
    rows = MembershipRow.query(account_key(account_id), units, consistent_read=True, page_size=LIMITS.page_size_most)
    return [row.sk.removeprefix("UNIT#") for row in rows]


def places_of(account_id: str) -> dict[str, MemberRow | None]:
    """Return what an account is in each unit it is or was a member of, None where it never sent its form."""
    units = memberships(account_id)
    rows = read_many((MemberRow, unit_key(one), member_key(account_id)) for one in units)
    return dict(zip(units, cast("list[MemberRow | None]", rows), strict=True))


def units_by_id(unit_ids: Iterable[str]) -> dict[str, UnitRow]:
    """Return the rows of units by id, without those that have none."""
    rows = read_many((UnitRow, unit_key(one), PROFILE) for one in unit_ids)
    return {unit_id_of(row): row for row in cast("list[UnitRow | None]", rows) if row is not None}


def add_membership(change: Change, account_id: str, unit_id: str) -> None:
    """Note the way from the account to the unit; noting it again changes nothing."""
    change.overwrite(MembershipRow(pk=account_key(account_id), sk=unit_key(unit_id)))


def successions(unit_id: str, account_ids: Iterable[str | None]) -> dict[str, Succession]:
    """Return who was joined into whom of these accounts and of their successors; one read, and one more for each step on."""
    return with_successors(unit_id, {one for one in account_ids if one is not None})[0]


def with_successors(unit_id: str, account_ids: set[str]) -> tuple[dict[str, Succession], dict[str, MemberRow]]:
    """Return who was joined into whom, and the rows of these accounts and of their successors."""
    found: dict[str, Succession] = {}
    read: dict[str, MemberRow] = {}
    wanted = account_ids
    while wanted:
        rows = members_by_id(unit_id, wanted)
        steps = {one: Succession(row.joined_into, row.retired_at or "") for one, row in rows.items() if row.joined_into}
        found, read = found | steps, read | rows
        wanted = {one.into for one in steps.values()} - read.keys()
    return found, read


def members_by_id(unit_id: str, account_ids: Iterable[str]) -> dict[str, MemberRow]:
    """Return the rows of these accounts in a unit by account, without those that have none."""
    rows = read_together(*((MemberRow, unit_key(unit_id), member_key(one)) for one in sorted(set(account_ids))))
    return {member_id(row): row for row in cast("list[MemberRow | None]", rows) if row is not None}
