"""What is good once is good once, also for two who hold it up in the same moment; who is shut out meanwhile does not get in."""

from functools import partial

import pytest

from expertgate.account import store
from expertgate.account.model import RealName, RealPerson
from expertgate.caller import system
from expertgate.outbound.change import Change
from expertgate.outbound.sessions import close_gate, gate_of, move_epoch
from expertgate.recovery.actions.codes import issue_one_time_code
from tests.builders.accounts import PASSWORD, Made, a_person, code_for, code_sent, log_in, person_form, proof_for
from tests.builders.cases import FakeWorkflow
from tests.builders.faces import call_back, scanned
from tests.builders.people import a_person as put_person
from tests.builders.people import a_verified_person, again, token_of
from tests.builders.recoveries import NEW_PASSWORD, begin, decided, last_message, refused
from tests.functions.recovery.test_submit_person_appeal import form, proven, submitted
from tests.races.meanwhile import meanwhile
from tests.stage import Answered, Stage

MOBILE = str(person_form()["mobile"])
NEW = "Wv8nTqrx3Ycd"


def _close(stage: Stage, account_id: str, *, closed: bool) -> None:
    """Shut the account out, or end its sessions."""
    gate, change = gate_of(account_id), Change(stage.world, system("test"))
    assert gate is not None
    close_gate(change, gate, closed=True) if closed else move_epoch(change, gate)
    change.commit(None)


@pytest.mark.parametrize("closed", [True, False])
def test_no_session_begins_beside_the_end_of_all(stage: Stage, closed: bool) -> None:
    made = a_person(stage)
    with meanwhile(partial(_close, stage, made.id, closed=closed), skipped=1):
        answered = log_in(stage, made.mobile)
    assert (answered.status, answered.code) == (409, "changed_meanwhile")


def test_a_gate_closed_beside_another_end_stays_closed(stage: Stage) -> None:
    made = a_person(stage)
    with meanwhile(partial(_close, stage, made.id, closed=True)):
        assert stage.call("account.end_all_sessions", token=made.token).code == "changed_meanwhile"
    gate = gate_of(made.id)
    assert gate is not None
    assert (gate.closed, gate.epoch) == (True, 2)


def _verify(stage: Stage, code: str) -> Answered:
    return stage.call("account.verify_sms_code", {"purpose": "register_person", "mobile": MOBILE, "sms_code": code})


def test_a_code_held_up_twice_gives_one_proof(stage: Stage) -> None:
    code = code_for(stage, "register_person", MOBILE)
    with meanwhile(partial(_verify, stage, code)):
        assert _verify(stage, code).broken == {"sms_code": "sms_code_wrong"}


def test_a_code_replaced_meanwhile_gives_no_proof(stage: Stage) -> None:
    code = code_for(stage, "register_person", MOBILE)
    stage.clock.advance(seconds=60)
    with meanwhile(partial(code_for, stage, "register_person", MOBILE)):
        assert _verify(stage, code).broken == {"sms_code": "sms_code_wrong"}
    assert _verify(stage, code_sent(stage, MOBILE)).status == 201


def test_a_proof_held_up_twice_registers_once(stage: Stage) -> None:
    proof = proof_for(stage, "register_person", MOBILE)
    forms = [person_form(seed, mobile=MOBILE) | {"sms_code": proof} for seed in (1, 2)]
    with meanwhile(partial(stage.call, "account.register_person", forms[0])):
        assert stage.call("account.register_person", forms[1]).broken == {"sms_code": "sms_code_wrong"}


def test_a_code_asked_twice_at_once_is_sent_once(stage: Stage) -> None:
    body = {"purpose": "register_person", "mobile": MOBILE}
    first = partial(stage.call, "account.send_sms_code", body, address="198.51.100.2")
    with meanwhile(first):
        answered = stage.call("account.send_sms_code", body)
    assert (answered.status, answered.code) == (429, "sms_code_too_soon")


def _ticket(stage: Stage) -> tuple[Made, str]:
    made = a_person(stage)
    stage.clock.advance(days=365)
    return made, str(log_in(stage, made.mobile).json["facts"]["ticket"])


def _set(stage: Stage, ticket: str, password: str) -> Answered:
    return stage.call("account.set_password", {"ticket": ticket, "password": password, "password_confirmation": password})


def test_a_ticket_held_up_twice_sets_one_password(stage: Stage) -> None:
    made, ticket = _ticket(stage)
    with meanwhile(partial(_set, stage, ticket, NEW)):
        answered = _set(stage, ticket, "Zx9kLmnp4Vbn")
    assert (answered.status, answered.code) == (410, "ticket_gone")
    assert log_in(stage, made.mobile, NEW).status == 201


def test_a_password_changed_meanwhile_is_not_changed_back(stage: Stage) -> None:
    made = a_person(stage)
    bodies = [{"current_password": PASSWORD, "password": one, "password_confirmation": one} for one in (NEW, "Zx9kLmnp4Vbn")]
    change = partial(stage.call, "account.change_password", token=made.token)
    with meanwhile(partial(change, bodies[0])):
        assert change(bodies[1]).code == "changed_meanwhile"
    assert log_in(stage, made.mobile, NEW).status == 201


def test_a_session_that_ends_meanwhile_is_not_kept(stage: Stage) -> None:
    made = a_person(stage)
    body = {"current_password": PASSWORD, "password": NEW, "password_confirmation": NEW}
    with meanwhile(partial(stage.call, "account.log_out", token=made.token)):
        assert stage.call("account.change_password", body, token=made.token).code == "changed_meanwhile"
    assert stage.call("account.list_sessions", token=log_in(stage, made.mobile).json["token"]).status == 200


def test_of_two_face_results_the_first_counts(stage: Stage) -> None:
    person = put_person(stage, real_name=RealName.PASSED)
    started = scanned(stage.call("identity.start_face_check", {}, token=token_of(stage, person)).json)
    with meanwhile(partial(call_back, stage, *started, "failed")):
        call_back(stage, *started, "passed")
    assert again(stage, person).real_person is RealPerson.NOT_PASSED


@pytest.fixture
def appellant(stage: Stage) -> str:
    """Give a person who appeals, in a world without a workflow, and the name to log in with."""
    stage.world.__dict__["workflow"] = FakeWorkflow()
    return str(a_verified_person(stage, user_name="wgzj_appellant").id)


def test_an_appeal_sent_twice_at_once_opens_one_case(stage: Stage, appellant: str) -> None:
    person = store.account(stage.world, appellant)
    assert person is not None
    recovery, _ = proven(stage)
    send = partial(recovery.call, "submit_person_appeal", form(recovery, person))
    first: list[Answered] = []
    with meanwhile(lambda: first.append(send())):
        second = send()
    assert (first[0].status, second.status) == (202, 409)


def test_a_code_begun_anew_meanwhile_sets_no_password(stage: Stage, appellant: str) -> None:
    person = store.account(stage.world, appellant)
    assert person is not None
    case_id, mobile = submitted(stage, person)
    decided(stage, case_id)
    once = {"login_name": "wgzj_appellant", "one_time_code": last_message(stage, mobile, "appeal_approved")["code"]}
    lost = begin(stage, "one_time_code", **once)
    with meanwhile(partial(begin, stage, "one_time_code", **once)):
        assert lost.set_password(NEW_PASSWORD).code == "recovery_over"


def _issue(stage: Stage, account_id: str) -> None:
    change = Change(stage.world, system("test"))
    issue_one_time_code(change, account_id)
    change.commit(None)


def test_a_code_that_another_replaces_meanwhile_begins_nothing(stage: Stage, appellant: str) -> None:
    change = Change(stage.world, system("test"))
    code = issue_one_time_code(change, appellant)
    change.commit(None)
    with meanwhile(partial(_issue, stage, appellant)):
        assert refused(stage, "one_time_code", login_name="wgzj_appellant", one_time_code=code) == "one_time_code_wrong"
