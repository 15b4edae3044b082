"""Whom a name means in a unit: a user's name in the project system, in the old one, on the platform, or an account's id (REC-12)."""

from collections.abc import Iterable
from typing import cast

from expertgate.account.store import ClaimRow, claim_key
from expertgate.admission.rules.duplicates import USER_NAME, marks_of
from expertgate.admission.rules.holders import holder_of
from expertgate.admission.store.holders import with_successors
from expertgate.admission.store.legacy import LegacyRow, legacy_key
from expertgate.admission.store.marks import MarkRow, place_of
from expertgate.admission.store.standings import MemberRow, unit_key
from expertgate.forms.user_names import answering_keys, user_name_key
from expertgate.outbound.rows import Key, read_together
from expertgate.outbound.world import World


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
