"""Accounts made the way people make them: through the doors, with a code that came by short message."""

from dataclasses import dataclass
from typing import Any

from expertgate.notice.store import NoticeRow
from tests.builders.numbers import Numbers
from tests.stage import Answered, Stage

PASSWORD = "Qk7mZrtw2Xb"
CONSENTS = {"user_agreement": "2024-06", "privacy_policy": "2024-06"}


@dataclass(frozen=True)
class Made:
    """A registered account, logged in, with what its holder typed."""

    id: str
    token: str
    mobile: str
    login_name: str
    form: dict[str, Any]


def code_sent(stage: Stage, mobile: str) -> str:
    """Return the newest code that a mobile got."""
    partition = f"MOBILE#{stage.world.keys.index('mobile', f'+86{mobile}')}"
    newest = next(row for row in NoticeRow.query(partition, scan_index_forward=False, limit=1) if row.secret)
    return str(newest.unseal(stage.world.keys)["facts"]["code"])


def code_for(stage: Stage, purpose: str, mobile: str) -> str:
    """Ask for a code and return it."""
    answered = stage.call("account.send_sms_code", {"purpose": purpose, "mobile": mobile})
    assert answered.status == 201, answered.text
    return code_sent(stage, mobile)


def person_form(seed: int | str = 1, **changed: Any) -> dict[str, Any]:
    """Return the web form of a person, complete but for the code."""
    numbers = Numbers(seed)
    form = {
        "document_type": "resident_id",
        "document_number": numbers.resident_id(),
        "name": "陈晓波",
        "validity": {"start": "2020-03-01", "term": "20"},
        "password": PASSWORD,
        "password_confirmation": PASSWORD,
        "mobile": numbers.mobile(),
        "consents": CONSENTS,
    }
    return form | changed


def unit_form(seed: int | str = 1, **changed: Any) -> dict[str, Any]:
    """Return the form of a unit, complete but for the code."""
    numbers = Numbers(f"unit {seed}")
    person = {"document_type": "resident_id", "document_number": numbers.resident_id(), "name": "赵晓波"}
    form = {
        "legal_person_type": "enterprise",
        "unit_name": f"邯郸市第{seed}试验有限公司",
        "uscc": numbers.uscc(),
        "legal_representative": person | {"type": "legal_representative", "validity": {"start": "2020-03-01", "term": "20"}},
        "main_agent": {"document_type": "resident_id", "document_number": numbers.resident_id(), "name": "钱文静"},
        "user_name": f"unit_{seed}",
        "password": PASSWORD,
        "password_confirmation": PASSWORD,
        "mobile": numbers.mobile("138"),
        "consents": CONSENTS,
    }
    return form | changed


def register_person(stage: Stage, form: dict[str, Any]) -> Answered:
    """Send the web form with a fresh code."""
    return stage.call("account.register_person", {"sms_code": code_for(stage, "register_person", form["mobile"])} | form)


def register_unit(stage: Stage, form: dict[str, Any]) -> Answered:
    """Send a unit's form with a fresh code."""
    return stage.call("account.register_unit", {"sms_code": code_for(stage, "register_unit", form["mobile"])} | form)


def log_in(stage: Stage, login_name: str, password: str = PASSWORD, kind: str = "person", **request: Any) -> Answered:
    """Try to log in."""
    return stage.call("account.log_in", {"kind": kind, "login_name": login_name, "password": password}, **request)


def a_person(stage: Stage, seed: int | str = 1, **changed: Any) -> Made:
    """Register a person and log in."""
    form = person_form(seed, **changed)
    registered = register_person(stage, form)
    assert registered.status == 201, registered.text
    return _logged_in(stage, registered.json["account_id"], form["mobile"], "person", form)


def a_unit(stage: Stage, seed: int | str = 1, **changed: Any) -> Made:
    """Register a unit and log in."""
    form = unit_form(seed, **changed)
    registered = register_unit(stage, form)
    assert registered.status == 201, registered.text
    return _logged_in(stage, registered.json["account_id"], form["user_name"], "unit", form)


def _logged_in(stage: Stage, account_id: str, login_name: str, kind: str, form: dict[str, Any]) -> Made:
    answered = log_in(stage, login_name, form["password"], kind)
    assert answered.status == 201, answered.text
    return Made(account_id, answered.json["token"], form["mobile"], login_name, form)


def an_app_person(stage: Stage, mobile: str = "13712345678") -> Made:
    """Register a person in the app, who has said nothing but a mobile, and log in."""
    form = {"channel": "app", "mobile": mobile, "password": PASSWORD, "password_confirmation": PASSWORD, "consents": CONSENTS}
    registered = stage.call("account.register_person_by_app", form | {"sms_code": code_for(stage, "register_person", mobile)})
    assert registered.status == 201, registered.text
    return _logged_in(stage, registered.json["account_id"], mobile, "person", form)


def proof_for(stage: Stage, purpose: str, mobile: str) -> str:
    """Send a code, have it checked, and return the proof that stands for it."""
    body = {"purpose": purpose, "mobile": mobile, "sms_code": code_for(stage, purpose, mobile)}
    return str(stage.call("account.verify_sms_code", body).json["mobile_proof"])
