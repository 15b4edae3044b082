"""Importing accounts of the old platforms: refused with a reason, repeated without a change, stopped anywhere and gone on with."""

import hashlib
import json
from collections import Counter
from copy import replace
from typing import Any

import pytest

from expertgate.account import store
from expertgate.account.actions import importing, moving, parts
from expertgate.account.legacy import rows
from expertgate.account.model import Account, Channel
from expertgate.caller import system
from expertgate.errors.account import ImportInHand
from expertgate.errors.edge import ChangedMeanwhile, TryAgain
from expertgate.outbound.aws import client
from expertgate.outbound.change import Change
from expertgate.settings import LIMITS
from infra.local.naming import PREFIX
from tests.builders.accounts import a_person, a_unit, log_in, register_unit, unit_form
from tests.builders.legacy import InMemory, Values, a_moved_person, a_moved_unit, as_csv, as_json_lines
from tests.conftest import TEMPLATE
from tests.faults.harness import Faults, injected, state
from tests.stage import FakeClock, Stage

BUCKET = f"{PREFIX}-importbucket"


@pytest.fixture(autouse=True)
def small_parts(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    client("s3").create_bucket(Bucket=BUCKET)
    small = replace(LIMITS, import_part=3, import_workers=2, import_tries=2)
    for module in (parts, moving, importing):
        monkeypatch.setattr(module, "LIMITS", small)


def _event(key: str = "imports/a.csv", sequencer: str = "1") -> dict[str, Any]:
    return {"detail": {"bucket": {"name": BUCKET}, "object": {"key": key, "sequencer": sequencer}}}


def _imported(stage: Stage, data: bytes, sequencer: str = "1") -> dict[str, Any]:
    client("s3").put_object(Bucket=BUCKET, Key="imports/a.csv", Body=data)
    (answer,) = stage.run("account.import_accounts", _event(sequencer=sequencer))["imports"]
    assert answer["state"] == "finished"
    return {name: answer[name] for name in ("imported", "unchanged", "refused")}


def _report() -> list[dict[str, Any]]:
    body = client("s3").get_object(Bucket=BUCKET, Key="reports/a.csv.jsonl")["Body"].read().decode()
    return [json.loads(line) for line in body.splitlines()]


def _codes() -> list[tuple[int, str, str]]:
    return [(one["line"], one["column"], one["code"]) for one in _report()[1:]]


def _account(stage: Stage, user_name: str) -> Account:
    found = store.by_user_name(stage.world, user_name)
    assert found is not None
    return found


def _counts(imported: int, unchanged: int, refused: int) -> dict[str, int]:
    return {"imported": imported, "unchanged": unchanged, "refused": refused}


def test_persons_and_units_move_with_all_claims(stage: Stage) -> None:
    assert _imported(stage, as_csv(a_moved_person(1), a_moved_unit(2))) == _counts(2, 0, 0)
    person, unit = _account(stage, "person_1"), _account(stage, "unit_2")
    assert (person.channel, person.name, person.mobile, person.email) == (Channel.LEGACY, "李晓波", "+8613900000001", "p1@example.com")
    assert person.document is not None
    assert store.person_by_document(stage.world, person.document.type, person.document.unique_key) == person
    assert store.person_by_mobile(stage.world, "+8613900000001") == person
    assert unit.unit is not None
    assert store.unit_by_uscc(stage.world, unit.unit.uscc) == unit
    assert store.unit_by_name(stage.world, unit.unit.name_key) == unit


def test_the_report_counts_and_holds_nothing_personal(stage: Stage) -> None:
    _imported(stage, as_csv(a_moved_person(1), a_moved_person(2, mobile="139")))
    head, refused = _report()
    assert {name: head[name] for name in ("state", "imported", "refused", "next_line")} == {
        "state": "finished",
        "imported": 1,
        "refused": 1,
        "next_line": 4,
    }
    assert refused == {"line": 3, "column": "mobile", "code": "mobile_form"}


@pytest.mark.parametrize(
    "missing", [("mobile",), ("document_type", "document_number"), ("mobile", "document_type", "document_number", "name")]
)
def test_a_person_moves_without_mobile_or_document(stage: Stage, missing: tuple[str, ...]) -> None:
    values = {name: value for name, value in a_moved_person(1).items() if name not in missing}
    assert _imported(stage, as_json_lines(values)) == _counts(1, 0, 0)
    account = _account(stage, "person_1")
    assert (account.mobile is None, account.document is None) == ("mobile" in missing, "document_number" in missing)


def test_a_legacy_name_answers_with_its_prefix(stage: Stage) -> None:
    digest = hashlib.md5(b"Old-Password1", usedforsecurity=False).hexdigest()
    _imported(stage, as_csv(a_moved_person(1, user_name="Abc", password_scheme="md5", password_digest=digest)))
    answers = [log_in(stage, name, "Old-Password1").code for name in ("Abc", "WGZJXM_Abc", "wgzjxm_abc")]
    assert answers == ["password_reset_needed"] * 3
    assert stage.call("account.check_user_name", {"user_name": "wgzjxm_ABC"}).json["is_taken"] is True


def test_the_old_password_leads_to_a_new_one(stage: Stage) -> None:
    digest = hashlib.sha256(b"Old-Password1").hexdigest()
    _imported(stage, as_csv(a_moved_unit(1, password_scheme="sha256", password_digest=digest.upper())))
    assert log_in(stage, "unit_1", "Old-Password2", "unit").code == "login_refused"
    told = log_in(stage, "unit_1", "Old-Password1", "unit")
    assert (told.status, told.code) == (403, "password_reset_needed")
    assert "重置密码" in told.json["title"]
    new = {"ticket": told.json["facts"]["ticket"], "password": "Qk7mZrtw2Xb", "password_confirmation": "Qk7mZrtw2Xb"}
    assert stage.call("account.set_password", new).status == 201
    assert log_in(stage, "unit_1", "Qk7mZrtw2Xb", "unit").status == 201
    assert log_in(stage, "unit_1", "Old-Password1", "unit").code == "login_refused"


@pytest.mark.parametrize("password", ["", "x", "person_1", "None"])
def test_without_an_old_password_none_fits(stage: Stage, password: str) -> None:
    _imported(stage, as_csv(a_moved_person(1)))
    assert log_in(stage, "person_1", password or " ").code == "login_refused"


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"document_number": "{document_number}"}, "document_registered"),
        ({"mobile": "{mobile}"}, "mobile_registered"),
        ({"user_name": "{user_name}"}, "user_name_registered"),
        ({"user_name": "wgzjxm_{user_name}"}, "user_name_registered"),
    ],
)
def test_what_somebody_has_is_refused(stage: Stage, changed: Values, code: str) -> None:
    person, unit = a_person(stage), a_unit(stage)
    taken = {**person.form, "user_name": unit.form["user_name"]}
    values = a_moved_person(1, **{name: value.format(**taken) for name, value in changed.items()})
    assert _imported(stage, as_csv(values, a_moved_person(2))) == _counts(1, 0, 1)
    assert _codes() == [(2, "-", code)]


@pytest.mark.parametrize(("column", "code"), [("unit_name", "unit_name_registered"), ("uscc", "uscc_registered")])
def test_a_unit_that_is_there_is_refused(stage: Stage, column: str, code: str) -> None:
    there = a_unit(stage)
    assert _imported(stage, as_csv(a_moved_unit(1, **{column: there.form[column]}))) == _counts(0, 0, 1)
    assert _codes() == [(2, "-", code)]


def test_nobody_registers_an_imported_name(stage: Stage) -> None:
    _imported(stage, as_csv(a_moved_unit(1, user_name="WGZJXM_old")))
    assert register_unit(stage, unit_form(user_name="OLD")).code == "user_name_registered"


def test_the_same_file_again_changes_nothing(stage: Stage) -> None:
    data = as_csv(a_moved_person(1), a_moved_unit(2), a_moved_person(3, mobile="1"))
    _imported(stage, data)
    accounts = _accounts()
    assert _imported(stage, data, sequencer="2") == _counts(0, 2, 1)
    assert _imported(stage, as_json_lines(a_moved_unit(2), a_moved_person(1)), sequencer="3") == _counts(0, 2, 0)
    assert _accounts() == accounts


def _accounts() -> Counter[str]:
    """Return all rows but those that tell of the imports themselves."""
    return Counter({row: count for row, count in state(TEMPLATE).items() if "IMPORT" not in row})


def test_what_the_holder_may_have_changed_stays(stage: Stage) -> None:
    _imported(stage, as_csv(a_moved_person(1)))
    assert _imported(stage, as_csv(a_moved_person(1, name="王晓波"))) == _counts(0, 0, 1)
    assert _codes() == [(2, "-", "legacy_record_differs")]
    assert _account(stage, "person_1").name == "李晓波"


def test_of_two_lines_the_first_counts(stage: Stage) -> None:
    first = a_moved_person(1)
    data = as_csv(
        first, first, first | {"name": "王晓波"}, a_moved_person(2, mobile=first["mobile"]), a_moved_person(3, user_name="WGZJXM_person_1")
    )
    assert _imported(stage, data) == _counts(1, 0, 4)
    assert _codes() == [
        (3, "-", "legacy_record_repeated"),
        (4, "-", "legacy_record_differs"),
        (5, "-", "mobile_registered"),
        (6, "-", "user_name_registered"),
    ]


def test_one_refused_line_holds_up_no_other(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ten accounts go in one transaction; where one is refused the nine others come in all the same."""
    monkeypatch.setattr(parts, "LIMITS", LIMITS)
    taken = a_person(stage).form["mobile"]
    people = [a_moved_person(one, **({"mobile": taken} if one == 14 else {})) for one in range(25)]
    assert _imported(stage, as_csv(*people)) == _counts(24, 0, 1)
    assert _codes() == [(16, "-", "mobile_registered")]


def test_the_largest_accounts_fit_one_transaction(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parts, "LIMITS", LIMITS)
    long = {"email": "x" * 60 + "@example.com", "landline": "0310-3123456"}
    full = [a_moved_person(one, password_scheme="md5", password_digest="0" * 32, **long) for one in range(10)]
    units = [a_moved_unit(one, password_scheme="md5", password_digest="0" * 32, **long) for one in range(10)]
    assert _imported(stage, as_csv(*full, *units)) == _counts(20, 0, 0)


def test_the_same_id_of_two_platforms_are_two(stage: Stage) -> None:
    one, other = a_moved_person(1, legacy_id="7"), a_moved_person(2, legacy_id="7", source="project_system")
    assert _imported(stage, as_csv(one, other)) == _counts(2, 0, 0)


def test_a_second_message_about_an_upload_begins_nothing(stage: Stage) -> None:
    data = as_csv(a_moved_person(1))
    _imported(stage, data)
    report = _report()
    assert stage.run("account.import_accounts", _event()) == {"imports": []}
    assert _report() == report


def test_an_object_that_is_gone_begins_nothing(stage: Stage) -> None:
    assert stage.run("account.import_accounts", _event("imports/none.csv")) == {"imports": []}


def test_a_wrong_file_is_told_and_not_retried(stage: Stage) -> None:
    client("s3").put_object(Bucket=BUCKET, Key="imports/a.csv", Body=b"source,kind\n")
    assert stage.run("account.import_accounts", _event()) == {"refused": "column_missing"}


class _Hurrying(FakeClock):
    """A clock on which each question costs a minute."""

    def now(self) -> Any:
        self.advance(minutes=1)
        return super().now()


def test_a_long_file_goes_on_by_schedule(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    client("s3").put_object(Bucket=BUCKET, Key="imports/a.csv", Body=as_csv(*map(a_moved_person, range(10))))
    monkeypatch.setitem(stage.world.__dict__, "clock", _Hurrying())
    answers = [stage.run("account.import_accounts", _event())]
    while answers[-1]["imports"][0]["state"] == "running":
        answers.append(stage.run("account.import_accounts", {}))
    assert len(answers) > 2
    assert _report()[0]["imported"] == 10
    assert stage.run("account.import_accounts", {}) == {"imports": []}


def test_an_object_written_over_ends_its_import(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    client("s3").put_object(Bucket=BUCKET, Key="imports/a.csv", Body=as_csv(*map(a_moved_person, range(10))))
    monkeypatch.setitem(stage.world.__dict__, "clock", _Hurrying())
    stage.run("account.import_accounts", _event())
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
    assert _account(stage, "person_1").mobile == "+8613900000001"


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
    assert _account(stage, "person_1").name == "李晓波"


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
