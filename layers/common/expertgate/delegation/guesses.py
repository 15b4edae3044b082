"""How often a unit looked for people, and how often name and number did not belong together: counted before the compare."""

from pynamodb.attributes import NumberAttribute
from pynamodb.exceptions import UpdateError
from pynamodb.expressions.condition import Condition
from pynamodb.expressions.update import Action

from expertgate.errors.delegation import TooManyLookUps, TooManyWrongNames
from expertgate.errors.edge import TryAgain
from expertgate.outbound.rows import Row
from expertgate.outbound.world import World
from expertgate.settings import HOUR, LIMITS, variable


class GuessRow(Row):
    """How many guesses of one unit since its window began; dropped when the window is over."""

    class Meta:
        """In the table of short-lived rows."""

        table_name = variable("SESSIONS_TABLE")

    times = NumberAttribute(default=0)


def count_look_up(world: World, unit_id: str) -> None:
    """Count a look-up: 120 in an hour, whatever they find."""
    _count(world, f"FIND#{unit_id}", "LOOKS", LIMITS.look_ups_per_client_an_hour, HOUR, TooManyLookUps)


def count_guess(world: World, unit_id: str) -> None:
    """Count a pair as wrong before it is compared, so that many at once get no more tries than one after the other (DEL-01)."""
    _count(world, f"FIND#{unit_id}", "WRONG", LIMITS.find_person_wrong_names, LIMITS.find_person_lock_time, TooManyWrongNames)


def give_back(unit_id: str) -> None:
    """Take the guess out of the count again: the pair was right."""
    _updated(GuessRow(pk=f"FIND#{unit_id}", sk="WRONG"), [GuessRow.times.add(-1)], GuessRow.times > 0)


def _count(world: World, pk: str, sk: str, most: int, window: int, refusal: type[TooManyLookUps | TooManyWrongNames]) -> None:
    row, now = GuessRow(pk=pk, sk=sk), int(world.clock.now().timestamp())
    open_window = (GuessRow.times < most) & (GuessRow.expires > now)
    last = [GuessRow.expires.set(now + window)] if sk == "WRONG" else []
    if _updated(row, [GuessRow.times.add(1), *last], open_window):
        return
    fresh = GuessRow.pk.does_not_exist() | (GuessRow.expires <= now)
    if _updated(row, [GuessRow.times.set(1), GuessRow.expires.set(now + window)], fresh):
        return
    if _updated(row, [GuessRow.times.add(1), *last], open_window):  # another request opened the window between the two
        return
    read = GuessRow.find(pk, sk)
    raise refusal(int(read.expires or now) - now if read else 1)


def _updated(row: GuessRow, actions: list[Action], when: Condition) -> bool:
    try:
        row.update(actions, condition=when, add_version_condition=False)
    except UpdateError as exc:
        if exc.cause_response_code == "ConditionalCheckFailedException":
            return False
        raise TryAgain from exc
    return True
