"""Which accounts of a unit were joined into others: what turns the name of a desk into its present holder (ADM-10)."""

from collections.abc import Iterable
from typing import cast

from expertgate.admission.model import Succession
from expertgate.admission.store.standings import MemberRow, member_id, member_key, unit_key
from expertgate.outbound.rows import read_together


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
