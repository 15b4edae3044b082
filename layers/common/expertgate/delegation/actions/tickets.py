"""Entry tickets: what an agent carries into a downstream system, readable there without asking back (D-12)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from expertgate.caller import Caller
from expertgate.delegation import ticket_keys
from expertgate.delegation.actions.authority import Question, verdicts
from expertgate.delegation.actions.checking import shown
from expertgate.delegation.actions.clients import demand_scope
from expertgate.delegation.requests.services import RedeemedTicket, RedeemTicket, Scope
from expertgate.delegation.used import UsedTicketRow
from expertgate.errors.delegation import TicketRefused, TicketUsed
from expertgate.outbound.change import Change
from expertgate.outbound.world import World
from expertgate.settings import LIMITS, settings

if TYPE_CHECKING:
    from jwt.types import Options

# Times are compared with our own clock below; the audience with the services of whoever redeems.
_UNTIMED: "Options" = {
    "require": ["iss", "aud", "sub", "iat", "exp", "jti"],
    "verify_exp": False,
    "verify_iat": False,
    "verify_nbf": False,
    "verify_aud": False,
}


@dataclass(frozen=True)
class Entry:
    """Who enters which service for which unit; without an agent it is the unit's own account. `until` is the grant's end."""

    service: str
    unit_id: str
    roles: tuple[str, ...]
    agent_id: str | None = None
    grant_id: str | None = None
    until: datetime | None = None


def issue_ticket(world: World, entry: Entry) -> str:
    """Return a signed ticket (JWT, ES256) that lives five minutes at most and never longer than the grant."""
    import jwt  # noqa: PLC0415 -- PyJWT only where a ticket is made or read

    now, key = world.clock.now(), ticket_keys.signing_key(world)
    longest = now + timedelta(seconds=LIMITS.ticket_life)
    claims: dict[str, Any] = {
        "iss": settings().public_url,
        "aud": entry.service,
        "sub": entry.unit_id,
        "roles": list(entry.roles),
        "iat": int(now.timestamp()),
        "exp": int(min(longest, entry.until or longest).timestamp()),
        "jti": world.codes.ulid(now),
    }
    if entry.agent_id is not None:
        claims |= {"act": {"sub": entry.agent_id}, "grant": entry.grant_id}
    return jwt.encode(claims, key.pem, ticket_keys.ALGORITHM, {"kid": key.id})


def redeem_ticket(body: RedeemTicket, caller: Caller, world: World) -> RedeemedTicket:
    """Use a ticket up, once, and say whether the grant still stands."""
    change = Change(world, caller)
    claims = _claims(body.ticket, world, change.now)
    demand_scope(caller, Scope.REDEEM, str(claims["aud"]))
    unit_id, agent_id = str(claims["sub"]), claims.get("act", {}).get("sub")
    (verdict,) = verdicts([Question(agent_id or unit_id, unit_id, str(claims["aud"]))], change.now)
    change.put(UsedTicketRow(pk=f"TICKET#{claims['jti']}", expires=int(claims["exp"]) + LIMITS.ticket_life), otherwise=TicketUsed())
    change.audit("delegation:ticket:redeemed", subject=f"TICKET#{claims['jti']}", unit=unit_id, agent=agent_id)
    answer = RedeemedTicket(
        unit_id=unit_id,
        agent_id=agent_id,
        service=str(claims["aud"]),
        grant_id=claims.get("grant"),
        authority=shown(verdict, change.now, caller.language),
    )
    return change.commit(answer)


def _claims(ticket: str, world: World, now: datetime) -> Mapping[str, Any]:
    """Return the claims of a ticket that we signed and that is not over, by our clock."""
    import jwt  # noqa: PLC0415 -- as above

    try:
        jwk = ticket_keys.public_key(world, str(jwt.get_unverified_header(ticket).get("kid")))
        if jwk is None:
            raise TicketRefused
        claims: dict[str, Any] = jwt.decode(ticket, jwt.PyJWK(jwk), [ticket_keys.ALGORITHM], _UNTIMED, issuer=settings().public_url)
    except jwt.PyJWTError as exc:
        raise TicketRefused from exc
    if not now.timestamp() < int(claims["exp"]):
        raise TicketRefused
    return claims
