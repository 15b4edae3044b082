"""A row's requests, and the row of an item, are those PynamoDB would make."""

import pytest
from pynamodb.attributes import AttributeContainer  # noqa: TID251 -- ours is compared with it
from pynamodb.exceptions import AttributeDeserializationError, AttributeNullError, UpdateError
from pynamodb.expressions.condition import Condition
from pynamodb.expressions.update import Action

from expertgate.account.store import AccountRow, ClaimRow
from expertgate.outbound.rows import Row, condition_failed
from expertgate.outbound.sessions import GateRow
from tests.stage import Stage

CLAIM = ClaimRow(pk="CLAIM#mobile#1", account_id="A1")
GATE = GateRow(pk="ACCOUNT#A1", sk="GATE", kind="person", version=3, sealed=b"\x01sealed", expires=7)


@pytest.mark.parametrize(
    ("row", "when"),
    [
        (CLAIM, None),
        (CLAIM, ClaimRow.pk.does_not_exist()),
        (GATE, (GateRow.version == 2) & (GateRow.closed == False)),  # noqa: E712 -- an expression of PynamoDB
        (GATE, GateRow.pk.does_not_exist() | (GateRow.expires <= 5)),
    ],
)
def test_the_request_is_that_of_pynamodb(row: Row, when: Condition | None, stage: Stage) -> None:
    assert row.put_request(when) == row.get_save_kwargs_from_instance(condition=when)


@pytest.mark.parametrize("when", [None, GateRow.pk.exists(), (GateRow.epoch == 2) & (GateRow.closed == False)])  # noqa: E712 -- as above
def test_requests_on_a_key_are_those_of_pynamodb(when: Condition | None, stage: Stage) -> None:
    actions: list[Action] = [GateRow.epoch.set(GateRow.epoch + 1), GateRow.sealed.remove(), GateRow.version.add(1)]
    assert GATE.update_request(actions, when) == GATE.get_update_kwargs_from_instance(actions=actions, condition=when)
    assert GATE.key_request(when) == GATE.get_delete_kwargs_from_instance(condition=when)
    assert GATE.key_request(when) == GateRow.get_operation_kwargs_from_class(GATE.pk, range_key=GATE.sk, condition=when)


@pytest.mark.parametrize("row", [CLAIM, GATE, AccountRow(pk="A", consents=[{"version": 1}])])
def test_an_item_is_read_as_by_pynamodb(row: Row) -> None:
    item = row.serialize(null_check=False) | {"strange": {"S": "kept elsewhere"}}
    item["expires"] = {"NULL": True}
    usual = type(row)()
    AttributeContainer._container_deserialize(usual, item)
    assert type(row).from_raw_data(item).attribute_values == usual.attribute_values


def test_what_a_row_does_not_have_is_refused() -> None:
    with pytest.raises(ValueError, match="no such attributes"):
        GateRow(pk="A", colour="red")
    with pytest.raises(AttributeDeserializationError, match="epoch"):
        GateRow.from_raw_data({"pk": {"S": "A"}, "epoch": {"S": "1"}})


def test_a_row_holds_what_it_became(stage: Stage) -> None:
    row = GateRow(pk="ACCOUNT#A1", sk="GATE", kind="person")
    row.save()
    row.update([GateRow.epoch.add(1)], condition=GateRow.epoch == 1)
    assert (row.epoch, row.kind, row.closed) == (2, "person", False)
    with pytest.raises(UpdateError) as refused:
        row.update([GateRow.epoch.add(1)], condition=GateRow.epoch == 1)
    assert condition_failed(refused.value)


def test_a_row_with_something_missing_is_not_written() -> None:
    with pytest.raises(AttributeNullError, match="cannot be None"):
        AccountRow(pk="ACCOUNT#A1").put_request(None)
