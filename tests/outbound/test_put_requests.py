"""A row's request to be written whole is the one PynamoDB would build."""

import pytest
from pynamodb.exceptions import AttributeNullError
from pynamodb.expressions.condition import Condition

from expertgate.account.store import AccountRow, ClaimRow
from expertgate.outbound.rows import Row
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


def test_a_row_with_something_missing_is_not_written() -> None:
    with pytest.raises(AttributeNullError, match="cannot be None"):
        AccountRow(pk="ACCOUNT#A1").put_request(None)
