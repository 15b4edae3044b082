"""The rows of one-time codes: hashed, counted before they are compared, dropped after their time."""

from expertgate.outbound.attributes import NumberAttribute, UnicodeAttribute
from expertgate.outbound.rows import Row, updated
from expertgate.outbound.world import World
from expertgate.settings import LIMITS, variable


class OneTimeCodeRow(Row):
    """The one living code of an account."""

    class Meta:
        """In the table of sessions."""

        table_name = variable("SESSIONS_TABLE")

    digest = UnicodeAttribute()
    ends = NumberAttribute()
    tries = NumberAttribute(default=0)


def code_key(account_id: str) -> str:
    """Return where the code of an account lies."""
    return f"ONCE#{account_id}"


def code_digest(world: World, account_id: str, code: str) -> str:
    """Return the keyed hash of a code, bound to its account."""
    return world.keys.digest("one_time_code", f"{account_id}|{code}")


def count_try(world: World, account_id: str) -> OneTimeCodeRow | None:
    """Count one try in one conditional write and return the code; None where none is alive or all tries are gone."""
    row = OneTimeCodeRow(pk=code_key(account_id))
    now = int(world.clock.now().timestamp())
    alive = OneTimeCodeRow.pk.exists() & (OneTimeCodeRow.tries < LIMITS.one_time_code_tries) & (OneTimeCodeRow.ends > now)
    return row if updated(row, [OneTimeCodeRow.tries.add(1)], alive) else None
