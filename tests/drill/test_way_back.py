"""The way back to a former release: what a later one wrote does not stop it."""

from expertgate.outbound.aws import client
from tests.builders.grants import person
from tests.conftest import TEMPLATE
from tests.stage import Stage


def test_a_column_of_a_later_release_is_passed_over(stage: Stage) -> None:
    somebody = person(stage)
    later = {"of_a_later_release": {"M": {"inside": {"L": [{"S": "new"}]}}}}
    for table in TEMPLATE.tables:
        for item in client("dynamodb").scan(TableName=table.name)["Items"]:
            client("dynamodb").put_item(TableName=table.name, Item=item | later)
    shown = stage.call("account.show_account", token=somebody.token)
    assert (shown.status, shown.json["account_id"]) == (200, somebody.id)
    assert stage.call("account.log_out", token=somebody.token).status == 200
