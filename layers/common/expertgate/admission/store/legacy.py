"""Members of the old project system, found by their user names (ADM-17)."""

from typing import cast

from pynamodb.attributes import UnicodeAttribute

from expertgate.admission.store.standings import MemberRow, member, unit_key
from expertgate.forms.user_names import LEGACY_PREFIX, answering_keys, user_name_key
from expertgate.outbound.rows import Row, read_together
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
