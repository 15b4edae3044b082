"""Chapters 1 and 2: a unit and its people register, are real-named, show their faces and log in."""

from infra.local.demo.cast import CONSENTS, PASSWORD, Cast, Person, Unit
from infra.local.demo.client import Client


def register_everybody(client: Client, cast: Cast) -> None:
    """Play registration, checks and log-ins (ACC-02, ACC-05 … ACC-12, ID-01, ID-04, ID-05)."""
    client.story.chapter("The unit registers and opens the service (法人注册)")
    _register_unit(client, cast.unit)
    client.story.step("The unit enters the service item once, so that it may grant it (服务事项)")
    client.ask("POST", "/v1/services/fepms/openings", {}, token=cast.unit.token, expect=201)
    client.story.chapter("Two people register and show their faces (个人注册 · 实人认证)")
    for person in (cast.agent, cast.second_agent):
        _register_person(client, person)
        _show_face(client, person)


def log_in(client: Client, kind: str, login_name: str) -> str:
    """Log in and return the token."""
    body = {"kind": kind, "login_name": login_name, "password": PASSWORD}
    return str(client.ask("POST", "/v1/sessions", body, expect=201)["token"])


def _code(client: Client, purpose: str, mobile: str) -> str:
    seen = len(client.inbox(mobile))
    client.ask("POST", "/v1/sms-codes", {"purpose": purpose, "mobile": mobile}, expect=201)
    code = client.sms_code(mobile, seen)
    client.story.note(f"SMS to {mobile[:3]}****{mobile[-4:]}: the code is {code}")
    return code


def _register_unit(client: Client, unit: Unit) -> None:
    story = client.story
    story.step(f"Is the user name {unit.user_name} free?")
    taken = client.ask("POST", "/v1/user-name-checks", {"user_name": unit.user_name})
    story.expect("the user name is free", taken["is_taken"], wanted=False)
    story.step("The mobile gets a code")
    code = _code(client, "register_unit", unit.mobile)
    story.step("A wrong credit code is refused by name of the field")
    form = _unit_form(unit, code)
    wrong = client.ask("POST", "/v1/units", form | {"uscc": unit.uscc[:-1] + ("0" if unit.uscc[-1] != "0" else "1")}, expect=422)
    story.expect("the broken field", [one["field"] for one in wrong["errors"]], ["uscc"])
    story.step(f"{unit.name} registers and is compared with the authority's register (实名认证)")
    registered = client.ask("POST", "/v1/units", form, expect=201)
    story.expect("real-name result", registered["real_name"], "passed")
    unit.account_id = registered["account_id"]
    story.step("The same unit again is told the way out")
    again = form | {"user_name": f"{unit.user_name}_2", "sms_code": _code_later(client, unit)}
    taken = client.ask("POST", "/v1/units", again, expect=409)
    story.note(taken["title"])
    story.step("A wrong password says no more than that")
    refused = client.ask("POST", "/v1/sessions", {"kind": "unit", "login_name": unit.user_name, "password": "Wrong#1234"}, expect=401)
    story.note(refused["title"])
    story.step("The unit logs in")
    unit.token = log_in(client, "unit", unit.user_name)


def _code_later(client: Client, unit: Unit) -> str:
    client.advance(minutes=2)
    return _code(client, "register_unit", unit.mobile)


def _unit_form(unit: Unit, code: str) -> dict[str, object]:
    person = unit.representative
    document = {"document_type": "resident_id", "document_number": person.document_number, "name": person.name}
    return {
        "legal_person_type": "enterprise",
        "unit_name": unit.name,
        "uscc": unit.uscc,
        "legal_representative": {**document, "type": "legal_representative", "validity": {"start": "2015-05-20", "term": "20"}},
        "main_agent": document,
        "user_name": unit.user_name,
        "password": PASSWORD,
        "password_confirmation": PASSWORD,
        "mobile": unit.mobile,
        "sms_code": code,
        "consents": CONSENTS,
    }


def _register_person(client: Client, person: Person) -> None:
    story = client.story
    story.step(f"{person.name} registers on the web")
    form = {
        "document_type": "resident_id",
        "document_number": person.document_number,
        "name": person.name,
        "password": PASSWORD,
        "password_confirmation": PASSWORD,
        "mobile": person.mobile,
        "sms_code": _code(client, "register_person", person.mobile),
        "consents": CONSENTS,
    }
    registered = client.ask("POST", "/v1/persons", form, expect=201)
    story.expect("real-name result", registered["real_name"], "passed")
    person.account_id = registered["account_id"]
    person.token = log_in(client, "person", person.mobile)


def _show_face(client: Client, person: Person) -> None:
    story = client.story
    story.step(f"{person.name} starts the face check on the web and scans the code (去认证)")
    started = client.ask("POST", "/v1/face-checks", {"channel": "web"}, token=person.token, expect=201)
    check = started["face_check_id"]
    story.step("A forged call-back changes nothing")
    client.send("POST", "/v1/face-results", {"face_check_id": check, "outcome": "passed"})
    pending = client.send("GET", f"/v1/face-checks/{check}", token=person.token)
    story.expect("the check still waits", pending["state"], started["state"])
    story.step("The face provider's signed call-back says: passed")
    client.press_phone(started["scan"]["text"])
    done = client.until("face check", "GET", f"/v1/face-checks/{check}", person.token, {"state": "passed"})
    story.note(done["message"])
