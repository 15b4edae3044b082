"""An entry ticket is used up once, by the system it is for (DEL-12)."""

from datetime import timedelta

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import ec

from expertgate.delegation import ticket_keys
from expertgate.delegation.actions.tickets import Entry, issue_ticket
from expertgate.errors.edge import TryAgain
from tests.builders.grants import ROLE, Somebody, act, bound, opened, person, unit
from tests.builders.services import System, entered, registered
from tests.stage import Answered, Stage


@pytest.fixture
def bound_pair(stage: Stage) -> tuple[Somebody, Somebody, str]:
    """Give a unit, its agent and their grant, with a key to sign."""
    stage.run("delegation.rotate_ticket_keys")
    employer, agent = opened(stage, unit(stage)), person(stage)
    return employer, agent, bound(stage, employer, agent).json["id"]


def _ticket(stage: Stage, pair: tuple[Somebody, Somebody, str], service: str = "fepms") -> str:
    employer, agent, grant_id = pair
    return issue_ticket(stage.world, Entry(service, employer.id, (ROLE,), agent.id, grant_id))


def _redeem(stage: Stage, system: System, ticket: str, key: str = "") -> Answered:
    return stage.call("delegation.redeem_ticket", {"ticket": ticket}, token=system.token, key=key)


def test_a_ticket_says_who_acts_for_whom(stage: Stage, bound_pair: tuple[Somebody, Somebody, str]) -> None:
    employer, agent, grant_id = bound_pair
    claims = jwt.decode(_ticket(stage, bound_pair), options={"verify_signature": False})
    assert (claims["sub"], claims["act"], claims["grant"], claims["aud"], claims["roles"]) == (
        employer.id,
        {"sub": agent.id},
        grant_id,
        "fepms",
        [ROLE],
    )
    assert claims["exp"] - claims["iat"] == 300


def test_a_ticket_never_outlives_the_grant(stage: Stage, bound_pair: tuple[Somebody, Somebody, str]) -> None:
    employer, agent, grant_id = bound_pair
    until = stage.clock.now() + timedelta(seconds=90)
    ticket = issue_ticket(stage.world, Entry("fepms", employer.id, (ROLE,), agent.id, grant_id, until))
    assert jwt.decode(ticket, options={"verify_signature": False})["exp"] == int(until.timestamp())


def test_a_ticket_is_used_up_once(stage: Stage, bound_pair: tuple[Somebody, Somebody, str]) -> None:
    system, ticket = registered(stage), _ticket(stage, bound_pair)
    first = _redeem(stage, system, ticket, key="redeem-once-01")
    assert (first.status, first.json["agent_id"], first.json["authority"]["allowed"]) == (200, bound_pair[1].id, True)
    assert _redeem(stage, system, ticket, key="redeem-once-01").json == first.json
    again = _redeem(stage, system, ticket)
    assert (again.status, again.code) == (410, "ticket_used")


def test_a_revoked_grant_shows_when_redeemed(stage: Stage, bound_pair: tuple[Somebody, Somebody, str]) -> None:
    system, ticket = registered(stage), _ticket(stage, bound_pair)
    act(stage, bound_pair[0], "revoke_grant", bound_pair[2])
    assert _redeem(stage, system, ticket).json["authority"]["reason"] == "revoked"


def test_a_units_own_ticket_names_no_agent(stage: Stage, bound_pair: tuple[Somebody, Somebody, str]) -> None:
    ticket = issue_ticket(stage.world, Entry("fepms", bound_pair[0].id, ("unit_administrator",)))
    redeemed = _redeem(stage, registered(stage), ticket).json
    assert (redeemed["agent_id"], redeemed["authority"]["allowed"]) == (None, True)


@pytest.mark.parametrize(("seconds", "status"), [(299, 200), (300, 422)])
def test_a_late_ticket_is_refused(stage: Stage, bound_pair: tuple[Somebody, Somebody, str], seconds: int, status: int) -> None:
    stage.clock.set(stage.clock.now().replace(microsecond=0))
    ticket, system = _ticket(stage, bound_pair), registered(stage)
    stage.clock.advance(seconds=seconds)
    assert _redeem(stage, entered(stage, system.client_id, system.secret), ticket).status == status


def test_forged_and_foreign_tickets_are_refused(stage: Stage, bound_pair: tuple[Somebody, Somebody, str]) -> None:
    system, good = registered(stage), _ticket(stage, bound_pair)
    header, claims = jwt.get_unverified_header(good), jwt.decode(good, options={"verify_signature": False})
    other_key = jwt.encode(claims, ec.generate_private_key(ec.SECP256R1()), "ES256", {"kid": header["kid"]})
    unknown_key = jwt.encode(claims, ec.generate_private_key(ec.SECP256R1()), "ES256", {"kid": "other"})
    unsigned = jwt.encode(claims, "", "none", {"kid": header["kid"]})
    altered = good[:-6] + ("A" * 6 if good[-6:] != "A" * 6 else "B" * 6)
    for ticket in (other_key, unknown_key, unsigned, altered, "not a ticket, only long"):
        assert (_redeem(stage, system, ticket).status, _redeem(stage, system, ticket).code) == (422, "ticket_refused")
    foreign = _redeem(stage, system, _ticket(stage, bound_pair, "work_permit"))
    assert (foreign.status, foreign.json["facts"]) == (403, {"scope": "service:work_permit"})


@pytest.mark.parametrize("changed", [{"iss": "https://elsewhere.example"}, {"iss": None}, {"jti": None}])
def test_a_ticket_without_our_name_or_number_is_refused(
    stage: Stage, bound_pair: tuple[Somebody, Somebody, str], changed: dict[str, str | None]
) -> None:
    claims = jwt.decode(_ticket(stage, bound_pair), options={"verify_signature": False}) | changed
    key = ticket_keys.signing_key(stage.world)
    ticket = jwt.encode({name: one for name, one in claims.items() if one is not None}, key.pem, "ES256", {"kid": key.id})
    answered = _redeem(stage, registered(stage), ticket)
    assert (answered.status, answered.code) == (422, "ticket_refused")


def test_an_old_keys_ticket_outlives_the_turn(stage: Stage, bound_pair: tuple[Somebody, Somebody, str]) -> None:
    stage.clock.advance(days=30)
    stage.run("delegation.rotate_ticket_keys")
    stage.clock.advance(days=1, seconds=-60)
    old = _ticket(stage, bound_pair)
    stage.clock.advance(seconds=60)
    new = _ticket(stage, bound_pair)
    assert jwt.get_unverified_header(old)["kid"] != jwt.get_unverified_header(new)["kid"]
    stage.run("delegation.rotate_ticket_keys")
    system = registered(stage)
    assert [_redeem(stage, system, one).status for one in (old, new)] == [200, 200]


def test_no_ticket_is_signed_before_there_is_a_key(stage: Stage) -> None:
    with pytest.raises(TryAgain):
        issue_ticket(stage.world, Entry("fepms", "U", (ROLE,)))
