"""Imports of accounts begun by an upload, stopped anywhere and gone on with, each file in one hand."""

from copy import replace
from typing import Any

import pytest

from expertgate.account.actions import moving, parts
from expertgate.account.legacy import rows
from expertgate.caller import system
from expertgate.errors.account import ImportInHand
from expertgate.errors.edge import ChangedMeanwhile, TryAgain
from expertgate.outbound.aws import client
from expertgate.outbound.change import Change
from expertgate.settings import LIMITS
from tests.builders.imports import BUCKET, account_named, import_file, in_small_parts, report_lines, upload
from tests.builders.legacy import InMemory, a_moved_person, a_moved_unit, as_csv
from tests.conftest import TEMPLATE
from tests.faults.harness import Faults, injected, state
from tests.stage import FakeClock, Stage


@pytest.fixture(autouse=True)
def small_parts(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    in_small_parts(monkeypatch)


def test_a_second_message_about_an_upload_begins_nothing(stage: Stage) -> None:
    data = as_csv(a_moved_person(1))
    import_file(stage, data)
    report = report_lines()
    assert stage.run("account.import_accounts", upload()) == {"imports": []}
    assert report_lines() == report


def test_an_object_that_is_gone_begins_nothing(stage: Stage) -> None:
    assert stage.run("account.import_accounts", upload("imports/none.csv")) == {"imports": []}


def test_a_wrong_file_is_told_and_not_retried(stage: Stage) -> None:
    client("s3").put_object(Bucket=BUCKET, Key="imports/a.csv", Body=b"source,kind\n")
    assert stage.run("account.import_accounts", upload()) == {"refused": "column_missing"}


class _Hurrying(FakeClock):
    """A clock on which each question costs a minute."""

    def now(self) -> Any:
        self.advance(minutes=1)
        return super().now()


def test_a_long_file_goes_on_by_schedule(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    client("s3").put_object(Bucket=BUCKET, Key="imports/a.csv", Body=as_csv(*map(a_moved_person, range(10))))
    monkeypatch.setitem(stage.world.__dict__, "clock", _Hurrying())
    answers = [stage.run("account.import_accounts", upload())]
    while answers[-1]["imports"][0]["state"] == "running":
        answers.append(stage.run("account.import_accounts", {}))
    assert len(answers) > 2
    assert report_lines()[0]["imported"] == 10
    assert stage.run("account.import_accounts", {}) == {"imports": []}


def test_an_object_written_over_ends_its_import(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    client("s3").put_object(Bucket=BUCKET, Key="imports/a.csv", Body=as_csv(*map(a_moved_person, range(10))))
    monkeypatch.setitem(stage.world.__dict__, "clock", _Hurrying())
    stage.run("account.import_accounts", upload())
    client("s3").put_object(Bucket=BUCKET, Key="imports/a.csv", Body=as_csv(*map(a_moved_person, range(20))))
    (answer,) = stage.run("account.import_accounts", {})["imports"]
    assert answer["state"] == "failed"


def _records() -> InMemory:
    good = [a_moved_person(one) for one in range(4)]
    return InMemory(as_csv(*good, good[0], a_moved_unit(5), a_moved_person(6, mobile="1"), a_moved_person(7, mobile=good[1]["mobile"])))


def _walk(stage: Stage, source: InMemory, *, resume: bool) -> None:
    caller = system("import")
    row = parts.start_import(stage.world, caller, source, resume=resume)
    if row.state == rows.RUNNING:
        list(parts.go_on(stage.world, caller, row, source))


def test_an_import_killed_anywhere_ends_the_same(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    """Calls of the run fail before or after they took effect; what is resumed ends as what was never stopped."""
    monkeypatch.setattr(parts, "LIMITS", replace(LIMITS, import_part=3, import_workers=1))
    source = _records()
    with injected(Faults()) as seen:
        _walk(stage, source, resume=True)
    wanted = state(TEMPLATE)
    for fail_at in range(len(seen.calls)):
        _empty()
        with injected(Faults(fail_at=fail_at, after=fail_at % 2 == 0, error=_Killed)), pytest.raises(_Killed):
            _walk(stage, source, resume=True)
        _walk(stage, source, resume=True)
        assert state(TEMPLATE) == wanted, fail_at


class _Killed(BaseException):
    """The process ends here."""


def _empty() -> None:
    for table in TEMPLATE.tables:
        for page in client("dynamodb").get_paginator("scan").paginate(TableName=table.name):
            for item in page["Items"]:
                client("dynamodb").delete_item(TableName=table.name, Key={"pk": item["pk"], "sk": item["sk"]})


def test_a_silent_store_is_asked_again(stage: Stage) -> None:
    source = InMemory(as_csv(a_moved_person(1)))
    with injected(Faults(fail_at=4, after=True)):
        _walk(stage, source, resume=False)
    assert account_named(stage, "person_1").mobile == "+8613900000001"


def test_a_store_silent_for_long_ends_the_run(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    class Silent(Change):
        def commit[Answer](self, answer: Answer) -> Answer:  # noqa: ARG002 -- as in Change
            raise TryAgain

    source = InMemory(as_csv(a_moved_person(1)))
    with monkeypatch.context() as patch:
        patch.setattr(moving, "Change", Silent)
        with pytest.raises(TryAgain):
            _walk(stage, source, resume=False)
    _walk(stage, source, resume=True)
    assert account_named(stage, "person_1").name == "李晓波"


def test_one_file_is_in_one_hand(stage: Stage) -> None:
    source, caller = _records(), system("import")
    row = parts.start_import(stage.world, caller, source, resume=False)
    first = parts.go_on(stage.world, caller, row, source)
    next(first)
    with pytest.raises(ImportInHand):
        parts.start_import(stage.world, caller, source, resume=False)
    taken_over = parts.start_import(stage.world, caller, source, resume=True)
    list(parts.go_on(stage.world, caller, taken_over, source))
    with pytest.raises(ChangedMeanwhile):
        list(first)
