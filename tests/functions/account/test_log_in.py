"""Logging in: by every name an account answers to; failures slow down, then lock; nothing tells who has an account."""

from dataclasses import replace

import pytest
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

from expertgate.account import passwords, store
from expertgate.account.store import AccountRow, PasswordRow, key_of
from expertgate.caller import CallerKind, system
from expertgate.errors.account import UserNameRegistered
from expertgate.outbound.change import Change
from expertgate.outbound.limits import LimitRow, count
from expertgate.outbound.sessions import close_gate, gate_of
from expertgate.settings import HOUR, LIMITS
from tests.builders.accounts import PASSWORD, a_person, a_unit, an_app_person, log_in, person_form
from tests.builders.captchas import TEXT, drawn
from tests.stage import Answered, Stage

WRONG = "Wrong12345"


def test_a_person_logs_in_by_mobile_and_document(stage: Stage) -> None:
    made = a_person(stage)
    for name in (made.mobile, f"+86{made.mobile}", made.form["document_number"], made.form["document_number"].lower()):
        answered = log_in(stage, name)
        assert (answered.status, answered.json["account_id"], answered.json["name"]) == (201, made.id, "陈*波")
    assert answered.json["next"] == ["check_real_person"]


@pytest.mark.parametrize(
    "document",
    [
        {"document_type": "passport", "document_number": "E12345678"},
        {"document_type": "hk_macao_permit", "document_number": "H1234567801"},
        {"document_type": "other", "document_number": "AB-2026/17", "continent": "africa"},
    ],
)
def test_any_document_number_is_a_log_in_name(stage: Stage, document: dict[str, str]) -> None:
    made = a_person(stage, validity=None, **document)
    assert log_in(stage, document["document_number"].lower()).json["account_id"] == made.id


def test_the_last_log_in_is_told(stage: Stage) -> None:
    made = a_person(stage)
    stage.clock.advance(hours=1)
    assert log_in(stage, made.mobile).json["last_login"] == "2026-03-02T01:00:00.000Z"


def test_a_unit_and_a_person_are_not_mistaken(stage: Stage) -> None:
    unit, person = a_unit(stage), a_person(stage)
    assert log_in(stage, unit.login_name, kind="person").code == "login_refused"
    assert log_in(stage, person.mobile, kind="unit").code == "login_refused"


def test_no_single_row_stands_for_unknown_names(stage: Stage) -> None:
    made = a_person(stage)
    for row in (AccountRow.find(key_of(made.id)), PasswordRow.find(key_of(made.id), "PASSWORD"), gate_of(made.id)):
        assert row is not None
        row.pk = "ACCOUNT#NOBODY"
        row.save()
    assert log_in(stage, "13900000000").code == "login_refused"


@pytest.mark.parametrize("name", ["13900000000", "130403198506150013", "nobody", "没有此人", "E12345678"])
def test_wrong_and_unknown_answer_the_same(stage: Stage, name: str) -> None:
    made = a_person(stage)
    wrong, unknown = log_in(stage, made.mobile, WRONG), log_in(stage, name, WRONG)
    shown = [{key: value for key, value in one.json.items() if key != "request_id"} for one in (wrong, unknown)]
    assert shown[0] == shown[1]
    assert (wrong.status, wrong.json["title"]) == (401, "登录名或密码错误")
    assert log_in(stage, made.mobile, WRONG, language="en").json["title"] == "The log-in name or the password is wrong"


def _fail(stage: Stage, name: str, times: int) -> list[Answered]:
    """Fail with a solved captcha each, waiting as long as is asked."""
    answers = []
    for _ in range(times):
        body = {"kind": "person", "login_name": name, "password": WRONG}
        answers.append(stage.call("account.log_in", body | {"captcha": {"captcha_id": drawn(stage), "text": TEXT}}))
        stage.clock.advance(seconds=40)
    return answers


@pytest.mark.parametrize("name", [person_form()["mobile"], "13900000000"])
def test_failures_slow_down_then_lock(stage: Stage, name: str) -> None:
    made = a_person(stage)
    for _ in range(5):
        _fail(stage, name, 1)
    sixth = stage.call("account.log_in", _with_captcha(stage, name))
    at_once = stage.call("account.log_in", _with_captcha(stage, name))
    assert (sixth.code, at_once.code, at_once.headers["Retry-After"]) == ("login_refused", "login_slowed_down", "2")
    stage.clock.advance(seconds=40)
    assert {one.code for one in _fail(stage, name, 4)} == {"login_refused"}
    locked = stage.call("account.log_in", _with_captcha(stage, name, PASSWORD))
    assert (locked.status, locked.code, locked.headers["Retry-After"]) == (429, "login_locked", str(15 * 60 - 40))
    stage.clock.advance(minutes=15)
    assert stage.call("account.log_in", _with_captcha(stage, name, PASSWORD)).status == (201 if name == made.mobile else 401)


def _with_captcha(stage: Stage, name: str, password: str = WRONG) -> dict[str, object]:
    captcha = {"captcha_id": drawn(stage), "text": TEXT}
    return {"kind": "person", "login_name": name, "password": password, "captcha": captcha}


def test_another_client_is_not_locked_out(stage: Stage) -> None:
    made = a_person(stage)
    _fail(stage, made.mobile, 10)
    assert log_in(stage, made.mobile).code == "login_locked"
    assert log_in(stage, made.mobile, address="198.51.100.9").status == 201


def test_failures_do_not_link_the_names_of_an_account(stage: Stage) -> None:
    made = a_person(stage)
    for _ in range(3):
        log_in(stage, made.mobile, WRONG)
    assert log_in(stage, made.mobile, WRONG).code == "captcha_required"
    assert log_in(stage, made.form["document_number"], WRONG).code == "login_refused"


def test_many_clients_meet_a_limit_per_name(stage: Stage) -> None:
    made = a_person(stage)
    log_in(stage, made.mobile, WRONG)
    (row,) = [one for one in LimitRow.scan() if one.pk.startswith("LIMIT#login#TRIES")]
    row.update([LimitRow.times.set(LIMITS.login_failures_per_name_an_hour - 1)])
    assert log_in(stage, made.mobile, WRONG, address="192.0.2.1").code == "login_refused"
    answered = log_in(stage, made.mobile, address="192.0.2.2")
    assert (answered.status, answered.code) == (429, "too_many_requests")


def test_a_success_forgets_the_failures(stage: Stage) -> None:
    made = a_person(stage)
    for _ in range(3):
        log_in(stage, made.mobile, WRONG)
        log_in(stage, made.mobile, WRONG)
        assert log_in(stage, made.mobile).status == 201


def test_a_closed_account_pardons_only_its_own_name(stage: Stage) -> None:
    """It forgets the failures under its own name, where nothing is left to guess; those under others stay, for name and client."""
    other, made = a_person(stage, 1), a_person(stage, 2)
    gate = gate_of(made.id)
    assert gate is not None
    change = Change(stage.world, system("test"))
    close_gate(change, gate, closed=True)
    change.commit(None)
    for _ in range(3):
        log_in(stage, other.mobile, WRONG)
        log_in(stage, made.mobile, WRONG)
        assert log_in(stage, made.mobile).code == "account_suspended"
    assert log_in(stage, other.mobile, WRONG).code == "captcha_required"
    client = stage.world.keys.digest("client", stage.address)[:16]
    counts = [int(one.times) for one in LimitRow.scan() if one.pk == f"LIMIT#login#{client}"]
    assert counts == [6]


def test_one_client_fails_only_so_often(stage: Stage) -> None:
    client = stage.world.keys.digest("client", stage.address)[:16]
    for _ in range(LIMITS.login_failures_per_client_an_hour - 1):
        count(stage.world, f"login#{client}", LIMITS.login_failures_per_client_an_hour, HOUR)
    assert log_in(stage, "13911111111", WRONG).code == "login_refused"
    answered = log_in(stage, "13922222222", WRONG)
    assert (answered.status, answered.code) == (429, "too_many_requests")


def test_a_repeated_refusal_is_a_refusal(stage: Stage) -> None:
    made = a_person(stage)
    stage.clock.advance(days=365)
    answers = [log_in(stage, made.mobile, key="expired-00001") for _ in range(2)]
    assert [one.code for one in answers] == ["password_expired"] * 2


def test_an_expired_password_leads_to_a_ticket(stage: Stage) -> None:
    made = a_person(stage)
    stage.clock.advance(days=365)
    assert log_in(stage, made.mobile, WRONG).code == "login_refused"
    answered = log_in(stage, made.mobile)
    assert (answered.status, answered.code, answered.json["facts"]["expires_in"]) == (403, "password_expired", 900)
    assert len(answered.json["facts"]["ticket"]) == 43


def test_a_legacy_password_leads_to_a_ticket(stage: Stage) -> None:
    made = a_person(stage)
    row = store.password_of(made.id)
    assert row is not None
    legacy = passwords.legacy_stored(stage.world, "md5", "5F4DCC3B5AA765D61D8327DEB882CF99")
    row.update([PasswordRow.stored.set(legacy), PasswordRow.must_be_reset.set(value=True)])
    assert log_in(stage, made.mobile, "wrong").code == "login_refused"
    answered = log_in(stage, made.mobile, "password")
    assert (answered.status, answered.code) == (403, "password_reset_needed")
    assert answered.json["facts"]["ticket"]


def _legacy_named(stage: Stage, user_name: str) -> str:
    """Give an account that was registered in the app the user name it had on the old project system."""
    made = an_app_person(stage)
    row = store.row_of(made.id)
    assert row is not None
    before = store.to_account(stage.world, row)
    change = Change(stage.world, system("import"))
    store.save(change, row, replace(before, user_name=user_name))
    store.claim(change, made.id, store.Claimed("user_name", user_name.lower(), UserNameRegistered()))
    change.commit(None)
    return made.id


@pytest.mark.parametrize("held", ["Wang_li", "WGZJXM_Wang_li"])
def test_a_legacy_name_answers_in_both_forms(stage: Stage, held: str) -> None:
    account_id = _legacy_named(stage, held)
    for typed in ("wang_li", "WGZJXM_WANG_LI", "wgzjxm_Wang_li"):
        assert log_in(stage, typed).json["account_id"] == account_id


def test_the_exact_name_counts_before_the_legacy_form(stage: Stage) -> None:
    unit = a_unit(stage, user_name="wang_li")
    stage.clock.advance(seconds=60)
    legacy = _legacy_named(stage, "WGZJXM_wang_li")
    assert log_in(stage, "wang_li", kind="unit").json["account_id"] == unit.id
    assert log_in(stage, "WGZJXM_wang_li").json["account_id"] == legacy


def test_a_closed_gate_lets_nobody_in(stage: Stage) -> None:
    made = a_person(stage)
    change = Change(stage.world, system("test"))
    gate = gate_of(made.id)
    assert gate is not None
    close_gate(change, gate, closed=True)
    change.commit(None)
    assert log_in(stage, made.mobile, WRONG).code == "login_refused"
    assert (log_in(stage, made.mobile).status, log_in(stage, made.mobile).code) == (403, "account_suspended")
    assert stage.call("account.show_account", token=made.token).code == "login_required"


@pytest.mark.parametrize(
    ("body", "broken"),
    [
        ({"kind": "person", "login_name": "x"}, {"password": "missing"}),
        ({"kind": "robot", "login_name": "x", "password": "y"}, {"kind": "not_in_list"}),
        ({"kind": "person", "login_name": "", "password": "y"}, {"login_name": "required"}),
        ({"kind": "person", "login_name": "x", "password": "y" * 65}, {"password": "too_long"}),
    ],
)
def test_a_broken_form_counts_no_failure(stage: Stage, body: dict[str, str], broken: dict[str, str]) -> None:
    assert stage.call("account.log_in", body).broken == broken


def test_the_session_knows_its_kind(stage: Stage) -> None:
    assert log_in(stage, a_unit(stage).login_name, kind="unit").json["kind"] == CallerKind.UNIT.value


def test_a_password_is_hashed_anew_when_parameters_grow(stage: Stage) -> None:
    made = a_person(stage)
    weak = Argon2id(salt=b"0123456789abcdef", length=32, iterations=1, lanes=1, memory_cost=8 * 1024)
    row = PasswordRow.find(f"ACCOUNT#{made.id}", "PASSWORD")
    assert row is not None
    row.update([PasswordRow.stored.set(weak.derive_phc_encoded(PASSWORD.encode()))])
    assert [log_in(stage, made.mobile).status for _ in range(2)] == [201, 201]
    kept = PasswordRow.find(f"ACCOUNT#{made.id}", "PASSWORD")
    assert kept is not None
    assert str(kept.stored).startswith("$argon2id$v=19$m=19456,t=2,p=1$")
