"""The standing of a unit: one row beside its grants that rests all of them at once when the unit is not what it was (DEL-17)."""

from datetime import timedelta

from expertgate.outbound.attributes import NumberAttribute, UnicodeAttribute
from expertgate.outbound.change import Change
from expertgate.outbound.clock import stamp
from expertgate.outbound.rows import Key, Row
from expertgate.settings import LIMITS, variable

SHARDS = 16
_STANDING = "STANDING"


class StandingRow(Row):
    """The epoch of a unit's grants: those made or confirmed in an earlier one rest. A unit without a row is in epoch 0.

    Whose grants began to rest before epoch `told` knows it. While `due_at` is set somebody has still to be told: `telling` is the epoch
    the walk over the unit's grants goes up to, `cursor` where it stands, `rested` how many it found.
    """

    class Meta:
        """In the table of grants, so that the authority check reads it with the grant."""

        table_name = variable("GRANTS_TABLE")

    epoch = NumberAttribute(default=0)
    reason = UnicodeAttribute(null=True)
    since = UnicodeAttribute(null=True)
    told = NumberAttribute(default=0)
    telling = NumberAttribute(null=True)
    cursor = UnicodeAttribute(null=True)
    rested = NumberAttribute(null=True)
    due_shard = UnicodeAttribute(null=True)
    due_at = UnicodeAttribute(null=True)


def rest_grants(change: Change, unit_id: str, reason: str) -> None:
    """Rest all grants of a unit with this change: reason `closed`, `suspended` or `new_legal_representative`.

    However many they are, it is one row; the sweep tells both sides a little later, when the index by unit has caught up.
    """
    row = StandingRow(pk=unit_key(unit_id), sk=_STANDING)
    due = stamp(change.now + timedelta(seconds=LIMITS.resting_told_after))
    actions = [StandingRow.epoch.add(1), StandingRow.reason.set(reason), StandingRow.since.set(stamp(change.now))]
    actions += [StandingRow.due_shard.set(due_shard(unit_id)), StandingRow.due_at.set(due)]
    change.note(row, actions)
    change.audit("delegation:grants:rested", subject=subject_of(unit_id), reason=reason)


def standing_key(unit_id: str) -> Key:
    """Return where the standing of a unit lies."""
    return StandingRow, unit_key(unit_id), _STANDING


def is_standing(sk: str) -> bool:
    """Tell whether what is due is a unit's standing, not a grant."""
    return sk == _STANDING


def due_shard(one_id: str) -> str:
    """Return the partition of what the sweep must look at; a midnight with many ends must not fall into one."""
    return f"due#{sum(one_id.encode()) % SHARDS}"


def unit_key(unit_id: str) -> str:
    """Return the partition of what belongs to a unit among the grants."""
    return f"UNIT#{unit_id}"


def subject_of(unit_id: str) -> str:
    """Return the audit subject of a unit's standing."""
    return f"UNIT#{unit_id}#STANDING"
