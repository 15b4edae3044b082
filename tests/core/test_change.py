"""A change is all or nothing, says why not, and is done once however often it is asked for."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from expertgate.caller import Caller, CallerKind, Repeat
from expertgate.errors.base import Conflict
from expertgate.errors.edge import ChangedMeanwhile, IdempotencyKeyReused
from expertgate.inbound.fields import Answer
from expertgate.outbound.attributes import UnicodeAttribute
from expertgate.outbound.audit import AuditRow
from expertgate.outbound.change import Change
from expertgate.outbound.repeats import AlreadyDone, done_before
from expertgate.outbound.rows import Row, read_together
from expertgate.settings import variable
from tests.faults.harness import Faults, cancelled, injected
from tests.stage import Stage


class Thing(Row):
    """A row for these tests."""

    class Meta:
        """Lives among the accounts."""

        table_name = variable("ACCOUNTS_TABLE")

    colour = UnicodeAttribute()


class Taken(Conflict):
    """The thing exists."""


class Done(Answer):
    """What the change answers."""

    colour: str


def _caller(repeat: Repeat | None = None) -> Caller:
    return Caller(CallerKind.PERSON, "request", account_id="A1", repeat=repeat)


def _paint(stage: Stage, colour: str, repeat: Repeat | None = None) -> Done:
    change = Change(stage.world, _caller(repeat))
    change.put(Thing(pk="T1", colour=colour), otherwise=Taken())
    change.audit("thing:painted", subject="T1", colour=colour)
    return change.commit(Done(colour=colour))


def test_a_failed_condition_raises_its_error_and_writes_nothing(stage: Stage) -> None:
    _paint(stage, "red")
    with pytest.raises(Taken):
        _paint(stage, "blue")
    thing = Thing.find("T1")
    assert thing is not None
    assert thing.colour == "red"
    assert [row.tag for row in AuditRow.query("T1")] == ["thing:painted"]


@pytest.mark.parametrize("reason", ["TransactionConflict", "ThrottlingError", "ProvisionedThroughputExceeded"])
def test_a_change_that_meets_traffic_is_tried_again(stage: Stage, reason: str) -> None:
    with injected(Faults(fail_at=0, error=cancelled(reason))) as faults:
        assert _paint(stage, "red").colour == "red"
    assert faults.calls == ["dynamodb.TransactWriteItems"] * 2


def test_a_change_wider_than_a_transaction_is_a_fault(stage: Stage) -> None:
    change = Change(stage.world, _caller())
    for number in range(101):
        change.put(Thing(pk=f"T{number}", colour="red"))
    with pytest.raises(ValueError, match="100"):
        change.commit(None)


def test_a_repeated_key_gives_the_first_answer(stage: Stage) -> None:
    repeat = Repeat("key", "same request", 201)
    _paint(stage, "red", repeat)
    with pytest.raises(AlreadyDone) as done:
        _paint(stage, "red", repeat)
    assert (done.value.status, done.value.body) == (201, '{"colour":"red"}')
    assert done_before(stage.world, repeat) is not None


def test_a_key_used_for_another_request_is_refused(stage: Stage) -> None:
    _paint(stage, "red", Repeat("key", "one request", 201))
    with pytest.raises(IdempotencyKeyReused):
        done_before(stage.world, Repeat("key", "another request", 201))


def test_a_key_is_free_again_after_a_day(stage: Stage) -> None:
    _paint(stage, "red", Repeat("key", "one request", 201))
    stage.clock.advance(days=1, seconds=1)
    assert done_before(stage.world, Repeat("key", "another request", 201)) is None
    with pytest.raises(Taken):
        _paint(stage, "red", Repeat("key", "another request", 201))


def test_replacing_an_old_reading_is_refused(stage: Stage) -> None:
    _paint(stage, "red")
    first, second = Thing.find("T1"), Thing.find("T1")
    assert first is not None
    assert second is not None
    for row in (first, second):
        row.colour = "green"
    change = Change(stage.world, _caller())
    change.replace(first)
    change.commit(None)
    late = Change(stage.world, _caller())
    late.replace(second)
    with pytest.raises(ChangedMeanwhile):
        late.commit(None)


def test_one_of_many_racing_changes_wins(stage: Stage, engine: str | None) -> None:
    if engine is None:
        pytest.skip("moto's transactions are not safe in threads; run with dynoxide")

    def attempt(colour: str) -> bool:
        try:
            _paint(stage, colour)
        except Taken:
            return False
        return True

    with ThreadPoolExecutor(16) as pool:
        won = list(pool.map(attempt, [f"colour {n}" for n in range(64)]))
    assert won.count(True) == 1


def test_rows_are_read_together_in_the_order_asked(stage: Stage) -> None:
    _paint(stage, "red")
    found = read_together((Thing, "none", "-"), (Thing, "T1", "-"), (Thing, "T1", "-"))
    assert [row and row.pk for row in found] == [None, "T1", "T1"]


def test_a_sealed_document_opens_only_in_its_place(stage: Stage) -> None:
    keys = stage.world.keys
    thing, other = Thing(pk="T1", colour="red"), Thing(pk="T2", colour="red")
    thing.seal(keys, {"mobile": "+8613800138000"})
    assert thing.unseal(keys) == {"mobile": "+8613800138000"}
    other.sealed = thing.sealed
    with pytest.raises(RuntimeError):
        other.unseal(keys)
    assert b"13800138000" not in thing.sealed
