"""Importing accounts of the old platforms: which records come in, which are refused and why, repeated without a change."""

import hashlib
from collections import Counter

import pytest

from expertgate.account import store
from expertgate.account.actions import parts
from expertgate.account.model import Channel
from expertgate.settings import LIMITS
from tests.builders.accounts import a_person, a_unit, log_in, register_unit, unit_form
from tests.builders.audits import facts_of
from tests.builders.imports import account_named, counts, import_file, in_small_parts, refusals, report_lines
from tests.builders.legacy import Values, a_moved_person, a_moved_unit, as_csv, as_json_lines
from tests.conftest import TEMPLATE
from tests.faults.harness import state
from tests.stage import Stage


@pytest.fixture(autouse=True)
def small_parts(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    in_small_parts(monkeypatch)


def test_persons_and_units_move_with_all_claims(stage: Stage) -> None:
    assert import_file(stage, as_csv(a_moved_person(1), a_moved_unit(2))) == counts(2, 0, 0)
    person, unit = account_named(stage, "person_1"), account_named(stage, "unit_2")
    assert (person.channel, person.name, person.mobile, person.email) == (Channel.LEGACY, "李晓波", "+8613900000001", "p1@example.com")
    assert person.document is not None
    assert store.holder(stage.world, "document", person.document.unique_key) == person
    assert store.person_by_mobile(stage.world, "+8613900000001") == person
    assert unit.unit is not None
    assert store.unit_by_uscc(stage.world, unit.unit.uscc) == unit
    assert store.holder(stage.world, "unit_name", unit.unit.name_key) == unit


def test_the_audit_names_the_line_that_moved(stage: Stage) -> None:
    import_file(stage, as_csv(a_moved_person(1)))
    (said,) = facts_of(store.key_of(account_named(stage, "person_1").id), "account:person:imported")
    assert said.keys() == {"platform", "run", "line"}
    assert said["line"] == 2


def test_the_report_counts_and_holds_nothing_personal(stage: Stage) -> None:
    import_file(stage, as_csv(a_moved_person(1), a_moved_person(2, mobile="139")))
    head, refused = report_lines()
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
    assert import_file(stage, as_json_lines(values)) == counts(1, 0, 0)
    account = account_named(stage, "person_1")
    assert (account.mobile is None, account.document is None) == ("mobile" in missing, "document_number" in missing)


def test_a_legacy_name_answers_with_its_prefix(stage: Stage) -> None:
    digest = hashlib.md5(b"Old-Password1", usedforsecurity=False).hexdigest()
    import_file(stage, as_csv(a_moved_person(1, user_name="Abc", password_scheme="md5", password_digest=digest)))
    answers = [log_in(stage, name, "Old-Password1").code for name in ("Abc", "WGZJXM_Abc", "wgzjxm_abc")]
    assert answers == ["password_reset_needed"] * 3
    assert stage.call("account.check_user_name", {"user_name": "wgzjxm_ABC"}).json["is_taken"] is True


def test_the_old_password_leads_to_a_new_one(stage: Stage) -> None:
    digest = hashlib.sha256(b"Old-Password1").hexdigest()
    import_file(stage, as_csv(a_moved_unit(1, password_scheme="sha256", password_digest=digest.upper())))
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
    import_file(stage, as_csv(a_moved_person(1)))
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
    assert import_file(stage, as_csv(values, a_moved_person(2))) == counts(1, 0, 1)
    assert refusals() == [(2, "-", code)]


@pytest.mark.parametrize(("column", "code"), [("unit_name", "unit_name_registered"), ("uscc", "uscc_registered")])
def test_a_unit_that_is_there_is_refused(stage: Stage, column: str, code: str) -> None:
    there = a_unit(stage)
    assert import_file(stage, as_csv(a_moved_unit(1, **{column: there.form[column]}))) == counts(0, 0, 1)
    assert refusals() == [(2, "-", code)]


def test_nobody_registers_an_imported_name(stage: Stage) -> None:
    import_file(stage, as_csv(a_moved_unit(1, user_name="WGZJXM_old")))
    assert register_unit(stage, unit_form(user_name="OLD")).code == "user_name_registered"


def test_the_same_file_again_changes_nothing(stage: Stage) -> None:
    data = as_csv(a_moved_person(1), a_moved_unit(2), a_moved_person(3, mobile="1"))
    import_file(stage, data)
    accounts = _accounts()
    assert import_file(stage, data, sequencer="2") == counts(0, 2, 1)
    assert import_file(stage, as_json_lines(a_moved_unit(2), a_moved_person(1)), sequencer="3") == counts(0, 2, 0)
    assert _accounts() == accounts


def _accounts() -> Counter[str]:
    """Return all rows but those that tell of the imports themselves."""
    return Counter({row: count for row, count in state(TEMPLATE).items() if "IMPORT" not in row})


def test_what_the_holder_may_have_changed_stays(stage: Stage) -> None:
    import_file(stage, as_csv(a_moved_person(1)))
    assert import_file(stage, as_csv(a_moved_person(1, name="王晓波"))) == counts(0, 0, 1)
    assert refusals() == [(2, "-", "legacy_record_differs")]
    assert account_named(stage, "person_1").name == "李晓波"


def test_of_two_lines_the_first_counts(stage: Stage) -> None:
    first = a_moved_person(1)
    data = as_csv(
        first, first, first | {"name": "王晓波"}, a_moved_person(2, mobile=first["mobile"]), a_moved_person(3, user_name="WGZJXM_person_1")
    )
    assert import_file(stage, data) == counts(1, 0, 4)
    assert refusals() == [
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
    assert import_file(stage, as_csv(*people)) == counts(24, 0, 1)
    assert refusals() == [(16, "-", "mobile_registered")]


def test_the_largest_accounts_fit_one_transaction(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parts, "LIMITS", LIMITS)
    long = {"email": "x" * 60 + "@example.com", "landline": "0310-3123456"}
    full = [a_moved_person(one, password_scheme="md5", password_digest="0" * 32, **long) for one in range(10)]
    units = [a_moved_unit(one, password_scheme="md5", password_digest="0" * 32, **long) for one in range(10)]
    assert import_file(stage, as_csv(*full, *units)) == counts(20, 0, 0)


def test_the_same_id_of_two_platforms_are_two(stage: Stage) -> None:
    one, other = a_moved_person(1, legacy_id="7"), a_moved_person(2, legacy_id="7", source="project_system")
    assert import_file(stage, as_csv(one, other)) == counts(2, 0, 0)
