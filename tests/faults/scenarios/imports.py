"""Faults while accounts of the old platforms move in."""

from expertgate.outbound.aws import client
from infra.local.naming import PREFIX
from tests.builders.accounts import a_person
from tests.builders.legacy import a_moved_person, a_moved_unit, as_csv
from tests.faults.scenario import Send, running, scenario
from tests.stage import Stage

_BUCKET, _KEY = f"{PREFIX}-importbucket", "imports/a.csv"


@scenario("account.import_accounts")
def _import_accounts(stage: Stage) -> Send:
    client("s3").create_bucket(Bucket=_BUCKET)
    taken = a_person(stage).mobile
    lines = (a_moved_person(1), a_moved_unit(2), a_moved_person(3, mobile=taken), a_moved_person(4, mobile="1"))
    client("s3").put_object(Bucket=_BUCKET, Key=_KEY, Body=as_csv(*lines))
    stage.plays["settle"] = lambda: _go_on(stage)
    stage.plays["timeless"] = True
    event = {"detail": {"bucket": {"name": _BUCKET}, "object": {"key": _KEY, "sequencer": "1"}}}
    return running(stage, "account.import_accounts", event)


def _go_on(stage: Stage) -> None:
    """Let the schedule come by when nobody holds the import any more."""
    stage.clock.advance(minutes=3)
    stage.run("account.import_accounts", {})
