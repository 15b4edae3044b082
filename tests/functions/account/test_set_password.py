"""A ticket of the log-in opens one new password, once, on its own client, for fifteen minutes."""

import pytest

from tests.builders.accounts import PASSWORD, a_person, log_in
from tests.builders.audits import facts_of
from tests.stage import Answered, Stage

NEW = "Wv8nTqrx3Ycd"


def _ticket(stage: Stage) -> tuple[str, str]:
    """Return mobile and ticket of somebody whose password has expired."""
    made = a_person(stage)
    stage.clock.advance(days=365)
    return made.mobile, str(log_in(stage, made.mobile).json["facts"]["ticket"])


def _set(stage: Stage, ticket: str, password: str = NEW, **request: object) -> Answered:
    body = {"ticket": ticket, "password": password, "password_confirmation": password}
    return stage.call("account.set_password", body, **request)


def test_the_ticket_sets_a_password_and_log_in_works(stage: Stage) -> None:
    mobile, ticket = _ticket(stage)
    answered = _set(stage, ticket)
    assert (answered.status, answered.json["password_expires_at"]) == (201, "2028-03-01T01:00:00.000Z")
    assert log_in(stage, mobile, NEW).status == 201
    assert log_in(stage, mobile, PASSWORD).code == "login_refused"


def test_eight_characters_are_enough_with_a_ticket(stage: Stage) -> None:
    _, ticket = _ticket(stage)
    assert _set(stage, ticket, "nW-7kQx#").status == 201


def test_own_data_is_refused_with_a_ticket(stage: Stage) -> None:
    mobile, ticket = _ticket(stage)
    assert _set(stage, ticket, f"Qz{mobile[-8:]}wX").broken == {"password": "password_own"}


def test_ticket_and_password_are_on_record(stage: Stage) -> None:
    made = a_person(stage)
    stage.clock.advance(days=365)
    ticket = str(log_in(stage, made.mobile).json["facts"]["ticket"])
    _set(stage, ticket)
    for tag in ("account:ticket:issued", "account:password:changed"):
        assert facts_of(f"ACCOUNT#{made.id}", tag) == [{}]


def test_a_ticket_is_good_once(stage: Stage) -> None:
    _, ticket = _ticket(stage)
    _set(stage, ticket)
    assert (_set(stage, ticket, "Zx9kLmnp4Vbn").status, _set(stage, ticket).code) == (410, "ticket_gone")


def test_a_ticket_is_worth_nothing_elsewhere(stage: Stage) -> None:
    mobile, ticket = _ticket(stage)
    assert _set(stage, ticket, address="198.51.100.9").code == "ticket_gone"
    assert log_in(stage, mobile).code == "password_expired"


def test_a_ticket_lives_fifteen_minutes(stage: Stage) -> None:
    _, ticket = _ticket(stage)
    stage.clock.advance(minutes=15)
    assert _set(stage, ticket).code == "ticket_gone"


@pytest.mark.parametrize(
    ("password", "rule"), [(PASSWORD, "password_unchanged"), ("Short1a", "password_length"), ("alllower12", "password_upper")]
)
def test_a_refused_password_keeps_the_ticket(stage: Stage, password: str, rule: str) -> None:
    _, ticket = _ticket(stage)
    assert _set(stage, ticket, password).broken == {"password": rule}
    assert _set(stage, ticket).status == 201


def test_a_new_password_ends_older_tickets(stage: Stage) -> None:
    mobile, ticket = _ticket(stage)
    other = log_in(stage, mobile).json["facts"]["ticket"]
    assert _set(stage, ticket).status == 201
    assert _set(stage, other, "Zx9kLmnp4Vbn").code == "ticket_gone"
    assert log_in(stage, mobile, NEW).status == 201


def test_a_made_up_ticket_is_gone(stage: Stage) -> None:
    assert _set(stage, "A" * 43, language="en").json["title"].startswith("The ticket was used")
