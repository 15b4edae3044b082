"""How often a unit looked for people, and how often name and number did not belong together: counted before the compare."""

from expertgate.errors.delegation import TooManyLookUps, TooManyWrongNames
from expertgate.outbound.attributes import NumberAttribute
from expertgate.outbound.limits import count
from expertgate.outbound.rows import Row, updated
from expertgate.outbound.world import World
from expertgate.settings import HOUR, LIMITS, variable

_ATTEMPTS = 2


class GuessRow(Row):
    """How many wrong pairs of one unit, until when the last of them counts."""

    class Meta:
        """In the table of short-lived rows."""

        table_name = variable("SESSIONS_TABLE")

    times = NumberAttribute(default=0)


def count_look_up(world: World, unit_id: str) -> None:
    """Count a look-up, whatever it finds."""
    count(world, f"find#{unit_id}", LIMITS.look_ups_per_client_an_hour, HOUR, TooManyLookUps)


def count_guess(world: World, unit_id: str) -> None:
    """Count a pair as wrong before it is compared, so that many at once get no more tries than one after the other (DEL-01).

    Raises TooManyWrongNames for an hour after the last one allowed.
    """
    row, now = _row(unit_id), int(world.clock.now().timestamp())
    until = GuessRow.expires.set(now + LIMITS.find_person_lock_time)
    counting = (GuessRow.times < LIMITS.find_person_wrong_names) & (GuessRow.expires > now)
    fresh = GuessRow.pk.does_not_exist() | (GuessRow.expires <= now)
    for _ in range(_ATTEMPTS):  # another request may begin the count between the two writes
        if updated(row, [GuessRow.times.add(1), until], counting) or updated(row, [GuessRow.times.set(1), until], fresh):
            return
    read = GuessRow.find(row.pk, row.sk)
    raise TooManyWrongNames(int(read.expires or now) - now if read else 1)


def give_back(unit_id: str) -> None:
    """Take the guess out of the count again: the pair was right."""
    updated(_row(unit_id), [GuessRow.times.add(-1)], GuessRow.times > 0)


def _row(unit_id: str) -> GuessRow:
    return GuessRow(pk=f"FIND#{unit_id}", sk="WRONG")
