"""Faults while accounts are made, entered and left."""

from expertgate.account.store import AccountRow
from expertgate.notice.store import NoticeRow
from tests.builders.accounts import CONSENTS, PASSWORD, Made, a_person, a_unit, an_app_person, code_for, log_in, person_form, unit_form
from tests.builders.grants import document_of
from tests.builders.officials import PLATFORM, official
from tests.builders.recoveries import email_code_for
from tests.faults.scenario import Asked, Send, asking, scenario
from tests.stage import Stage

_NEXT = "Wv8nTqrx3Ycd"
_MOBILE = "13700001111"
_EMAIL = "li.xiaobo@example.org"


@scenario("account.send_sms_code")
def _send_sms_code(stage: Stage) -> Send:
    return asking(stage, "account.send_sms_code", {"purpose": "register_person", "mobile": person_form()["mobile"]})


@scenario("account.send_email_code")
def _send_email_code(stage: Stage) -> Send:
    return asking(stage, "account.send_email_code", {"purpose": "reset_password", "email": _EMAIL})


def _confirming(stage: Stage, made: Made, email: str = _EMAIL) -> Asked:
    body = {"email": email, "email_code": email_code_for(stage, email, "confirm_email"), "current_password": PASSWORD}
    return asking(stage, "account.confirm_email", body, token=made.token)


@scenario("account.confirm_email")
def _confirm_email(stage: Stage) -> Send:
    return _confirming(stage, a_person(stage))


@scenario("account.confirm_email:another")
def _confirm_another_email(stage: Stage) -> Send:
    made = a_person(stage)
    assert _confirming(stage, made)(key=None).status == 200
    stage.clock.advance(minutes=2)
    return _confirming(stage, made, "li.xb@example.org")


@scenario("account.verify_sms_code")
def _verify_sms_code(stage: Stage) -> Send:
    mobile = person_form()["mobile"]
    code = code_for(stage, "register_person", mobile)
    return asking(stage, "account.verify_sms_code", {"purpose": "register_person", "mobile": mobile, "sms_code": code})


@scenario("account.register_person")
def _register_person(stage: Stage) -> Send:
    form = person_form()
    return asking(stage, "account.register_person", form | {"sms_code": code_for(stage, "register_person", form["mobile"])})


@scenario("account.register_person_by_app")
def _register_person_by_app(stage: Stage) -> Send:
    form = {name: value for name, value in person_form().items() if name in {"password", "password_confirmation", "mobile", "consents"}}
    code = code_for(stage, "register_person", form["mobile"])
    return asking(stage, "account.register_person_by_app", form | {"channel": "app", "sms_code": code})


@scenario("account.register_unit")
def _register_unit(stage: Stage) -> Send:
    form = unit_form()
    return asking(stage, "account.register_unit", form | {"sms_code": code_for(stage, "register_unit", form["mobile"])})


@scenario("account.log_in")
def _log_in(stage: Stage) -> Send:
    made = a_person(stage)
    return asking(stage, "account.log_in", {"kind": "person", "login_name": made.mobile, "password": PASSWORD})


def _other_session(stage: Stage, made: Made) -> str:
    items = stage.call("account.list_sessions", token=made.token).json["items"]
    return str(next(one["session_id"] for one in items if not one["is_this_one"]))


@scenario("account.end_session")
def _end_session(stage: Stage) -> Send:
    made = a_person(stage)
    stage.clock.advance(minutes=1)
    stage.call("account.log_in", {"kind": "person", "login_name": made.mobile, "password": PASSWORD})
    return asking(stage, "account.end_session", token=made.token, path={"session_id": _other_session(stage, made)})


@scenario("account.end_all_sessions")
def _end_all_sessions(stage: Stage) -> Send:
    return asking(stage, "account.end_all_sessions", token=a_person(stage).token, query={"keep_this_one": "true"})


@scenario("account.change_password")
def _change_password(stage: Stage) -> Send:
    body = {"current_password": PASSWORD, "password": _NEXT, "password_confirmation": _NEXT}
    return asking(stage, "account.change_password", body, token=a_person(stage).token)


@scenario("account.set_password")
def _set_password(stage: Stage) -> Send:
    made = a_person(stage)
    stage.clock.advance(days=365)
    ticket = log_in(stage, made.mobile).json["facts"]["ticket"]
    return asking(stage, "account.set_password", {"ticket": ticket, "password": _NEXT, "password_confirmation": _NEXT})


def _new_mobile(stage: Stage) -> dict[str, str]:
    return {"mobile": _MOBILE, "sms_code": code_for(stage, "change_mobile", _MOBILE), "current_password": PASSWORD}


@scenario("account.change_mobile")
def _change_mobile(stage: Stage) -> Send:
    made = a_person(stage)
    return asking(stage, "account.change_mobile", _new_mobile(stage), token=made.token)


@scenario("account.change_mobile:proven address")
def _change_mobile_with_email(stage: Stage) -> Send:
    made = a_person(stage)
    assert _confirming(stage, made)(key=None).status == 200
    stage.clock.advance(minutes=2)
    return asking(stage, "account.change_mobile", _new_mobile(stage), token=made.token)


@scenario("account.object_to_mobile_change")
def _object_to_mobile_change(stage: Stage) -> Send:
    made = a_person(stage)
    assert stage.call("account.change_mobile", _new_mobile(stage), token=made.token).status == 200
    rows = NoticeRow.query(f"MOBILE#{stage.world.keys.index('mobile', f'+86{made.mobile}')}", page_size=10)
    (told,) = [row for row in rows if row.template == "mobile_changed_object"]
    return asking(stage, "account.object_to_mobile_change", {"objection_code": str(told.unseal(stage.world.keys)["facts"]["code"])})


@scenario("account.complete_information")
def _complete_information(stage: Stage) -> Send:
    form = {name: person_form(5)[name] for name in ("document_type", "document_number", "name", "validity")}
    return asking(stage, "account.complete_information", form, token=an_app_person(stage).token)


@scenario("account.change_information")
def _change_information(stage: Stage) -> Send:
    made = a_unit(stage)
    version = stage.call("account.show_account", token=made.token).json["version"]
    representative = unit_form(3)["legal_representative"]
    body = {"version": version, "unit": {"unit_name": "邯郸市改名试验有限公司"}, "legal_representative": representative}
    return asking(stage, "account.change_information", body, token=made.token)


@scenario("account.give_consents")
def _give_consents(stage: Stage) -> Send:
    made = a_person(stage)
    AccountRow(pk=f"ACCOUNT#{made.id}").update([AccountRow.consents.set([])], add_version_condition=False)  # as one that moved in
    return asking(stage, "account.give_consents", CONSENTS, token=made.token)


@scenario("account.close_account")
def _close_account(stage: Stage) -> Send:
    made = an_app_person(stage)
    assert _confirming(stage, made)(key=None).status == 200
    return asking(stage, "account.close_account", {"current_password": PASSWORD}, token=made.token)


@scenario("account.log_out")
def _log_out(stage: Stage) -> Send:
    return asking(stage, "account.log_out", token=a_person(stage).token)


def _operator(stage: Stage) -> str:
    return official(stage, PLATFORM, mobile="13911110077", document=document_of(5077)).token


@scenario("account.find_account")
def _find_account(stage: Stage) -> Send:
    body = {"kind": "person", "login_name": a_person(stage).mobile}
    return asking(stage, "account.find_account", body, token=_operator(stage))


@scenario("account.suspend_account")
def _suspend_account(stage: Stage) -> Send:
    body = {"reason": "account_at_risk", "statement": "持有人来电"}
    return asking(stage, "account.suspend_account", body, token=_operator(stage), path={"account_id": a_unit(stage).id})


@scenario("account.reinstate_account")
def _reinstate_account(stage: Stage) -> Send:
    made, operator = a_unit(stage), _operator(stage)
    body = {"reason": "account_at_risk", "statement": "持有人来电"}
    assert stage.call("account.suspend_account", body, token=operator, path={"account_id": made.id}).status == 200
    return asking(stage, "account.reinstate_account", {"statement": "已核实"}, token=operator, path={"account_id": made.id})
