"""Whom a name means in a unit: in the project system, in the old one (ADM-17), on the platform, or as an account's id (REC-12)."""

from collections.abc import Iterable
from typing import cast

from expertgate.account.store import ClaimRow, claim_key
from expertgate.admission.rules.duplicates import USER_NAME, marks_of
from expertgate.admission.rules.holders import holder_of
from expertgate.admission.store.marks import MarkRow, place_of
from expertgate.admission.store.standings import MemberRow, member, unit_key, with_successors
from expertgate.forms.user_names import LEGACY_PREFIX, answering_keys, user_name_key
from expertgate.outbound.attributes import UnicodeAttribute
from expertgate.outbound.rows import Key, Row, read_together
from expertgate.outbound.world import World
from expertgate.settings import variable


class LegacyRow(Row):
    """That a user name of the old system is a member of a unit here."""

    class Meta:
        """In the table of admission; the key is a blind index."""

        table_name = variable("ADMISSION_TABLE")

    member_id = UnicodeAttribute()


def legacy_key(world: World, user_name: str) -> str:
    """Return where a name of the old system lies; with its prefix it is the same name."""
    stem = user_name_key(user_name).removeprefix(LEGACY_PREFIX.lower())
    return f"LEGACY#{world.keys.index('legacy_member', stem)}"


def legacy_member(world: World, user_name: str, unit_id: str) -> MemberRow | None:
    """Return the member of the old system that an account of this name stands for in a unit."""
    places = dict.fromkeys(legacy_key(world, name) for name in answering_keys(user_name))
    found = read_together(*((LegacyRow, place, unit_key(unit_id)) for place in places))
    row = next((cast("LegacyRow", one) for one in found if one is not None), None)
    return member(unit_id, row.member_id) if row else None


def users_named(world: World, unit_id: str, names: Iterable[str]) -> tuple[dict[str, list[str]], dict[str, MemberRow]]:
    """Return whom each name means among the users of a unit, and their rows; of joined accounts the one that stands for them."""
    wanted = list(dict.fromkeys(names))
    candidates = _candidates(world, unit_id, wanted)
    asked = {one for ids in candidates.values() for one in ids}
    joined, rows = with_successors(unit_id, asked)
    meant = {name: [holder_of(one, joined) or one for one in ids] for name, ids in candidates.items()}
    return {name: [one for one in dict.fromkeys(ids) if one in rows] for name, ids in meant.items()}, rows


def _candidates(world: World, unit_id: str, names: list[str]) -> dict[str, list[str]]:
    """Return name -> accounts that might be meant, of whatever unit, in one read."""
    keys = {name: _places(world, unit_id, name) for name in names}
    found = iter(read_together(*(key for places in keys.values() for key in places)))
    return {name: [name, *(one for _ in places for one in _accounts(next(found)))] for name, places in keys.items()}


def _places(world: World, unit_id: str, name: str) -> list[Key]:
    (mark,) = marks_of((USER_NAME, user_name_key(name)))
    legacy: list[Key] = [(LegacyRow, place, unit_key(unit_id)) for place in {legacy_key(world, one) for one in answering_keys(name)}]
    return [(MarkRow, place_of(world, mark), "-"), *legacy, *(claim_key(world, "user_name", one) for one in answering_keys(name))]


def _accounts(row: object) -> list[str]:
    match row:
        case MarkRow():
            return list(cast("list[str]", row.accounts))
        case LegacyRow():
            return [str(row.member_id)]
        case ClaimRow():
            return [str(row.account_id)]
        case _:
            return []
