"""The standing of a unit: one row beside its grants that rests all of them at once when the unit is not what it was (DEL-17)."""

from pynamodb.attributes import NumberAttribute, UnicodeAttribute

from expertgate.outbound.change import Change
from expertgate.outbound.clock import stamp
from expertgate.outbound.rows import Key, Row
from expertgate.settings import variable

_STANDING = "STANDING"


class StandingRow(Row):
    """The epoch of a unit's grants: those made or confirmed in an earlier one rest. A unit without a row is in epoch 0."""

    class Meta:
        """In the table of grants, so that the authority check reads it with the grant."""

        table_name = variable("GRANTS_TABLE")

    epoch = NumberAttribute(default=0)
    reason = UnicodeAttribute(null=True)
    since = UnicodeAttribute(null=True)


def rest_grants(change: Change, unit_id: str, reason: str) -> None:
    """Rest all grants of a unit with this change: reason `closed`, `suspended` or `new_legal_representative`."""
    row = StandingRow(pk=unit_key(unit_id), sk=_STANDING)
    actions = [StandingRow.epoch.add(1), StandingRow.reason.set(reason), StandingRow.since.set(stamp(change.now))]
    change.update(row, actions, when=StandingRow.pk.exists() | StandingRow.pk.does_not_exist())
    change.audit("delegation:grants:rested", subject=subject_of(unit_id), reason=reason)


def standing_key(unit_id: str) -> Key:
    """Return where the standing of a unit lies."""
    return StandingRow, unit_key(unit_id), _STANDING


def unit_key(unit_id: str) -> str:
    """Return the partition of what belongs to a unit among the grants."""
    return f"UNIT#{unit_id}"


def subject_of(unit_id: str) -> str:
    """Return the audit subject of a unit's standing."""
    return f"UNIT#{unit_id}#STANDING"
