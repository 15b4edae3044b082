"""Service clients: registered, renewed and switched off by the administrator; their tokens for client credentials."""

from datetime import timedelta

from expertgate.caller import Caller, CallerKind
from expertgate.delegation import clients
from expertgate.delegation.actions.naming import service_named
from expertgate.delegation.clients import ClientRow, Credentials
from expertgate.delegation.requests.services import (
    ClientSecret,
    ClientSwitch,
    IssuedToken,
    NewServiceClient,
    ServiceClient,
    ServiceClients,
    TokenRequest,
)
from expertgate.errors.delegation import ClientRefused, GrantTypeUnsupported, ScopeNotYours, ScopeRefused, TokenRequestInvalid
from expertgate.errors.edge import ChangedMeanwhile
from expertgate.outbound.change import Change
from expertgate.outbound.clock import instant
from expertgate.outbound.sessions import begin_session, close_gate, gate_of, open_gate
from expertgate.outbound.world import World
from expertgate.review.model import Duty
from expertgate.review.rules.officials import require_duty
from expertgate.settings import LIMITS


def register_service_client(body: NewServiceClient, caller: Caller, world: World) -> ClientSecret:
    """Give a downstream system credentials; the secret is shown this once."""
    require_duty(caller, Duty.ADMINISTRATOR)
    for place, code in enumerate(body.services):
        service_named(code, f"services.{place}")
    change, secret = Change(world, caller), world.codes.secret()
    client_id = world.codes.ulid(change.now)
    row = clients.new_client(client_id, body.name, list(dict.fromkeys(body.services)), [str(one) for one in body.scopes], change.now)
    clients.with_secret(row, secret, change.now, change.now)
    change.put(row)
    open_gate(change, client_id, CallerKind.SERVICE)
    change.audit("delegation:client:registered", subject=f"CLIENT#{client_id}", services=row.services, scopes=row.scopes)
    return change.commit(ClientSecret(client_id=client_id, client_secret=secret, old_until=None))


def renew_client_secret(client_id: str, caller: Caller, world: World) -> ClientSecret:
    """Add a secret; the one before it stays good for a week, so that the system can change over.

    Of a system that is switched off, as one whose secret leaked, nothing older stays good.
    """
    require_duty(caller, Duty.ADMINISTRATOR)
    row, change, secret = clients.client_with_id(client_id), Change(world, caller), world.codes.secret()
    old_until = change.now + timedelta(seconds=LIMITS.old_service_secret_life) if row.enabled else None
    clients.with_secret(row, secret, change.now, old_until)
    change.replace(row)
    change.audit("delegation:client:renewed", subject=f"CLIENT#{client_id}")
    return change.commit(ClientSecret(client_id=client_id, client_secret=secret, old_until=old_until))


def switch_service_client(client_id: str, body: ClientSwitch, caller: Caller, world: World) -> ServiceClient:
    """Let a client in or keep it out; its tokens end at once."""
    require_duty(caller, Duty.ADMINISTRATOR)
    row, gate, change = clients.client_with_id(client_id), gate_of(client_id), Change(world, caller)
    if gate is None:
        raise ChangedMeanwhile
    row.enabled = body.enabled
    change.replace(row)
    close_gate(change, gate, closed=not body.enabled)
    change.audit("delegation:client:switched", subject=f"CLIENT#{client_id}", enabled=body.enabled)
    return change.commit(_shown(row))


def list_service_clients(caller: Caller) -> ServiceClients:
    """Return all service clients."""
    require_duty(caller, Duty.ADMINISTRATOR)
    return ServiceClients(items=[_shown(row) for row in clients.all_clients()])


def issue_service_token(body: TokenRequest, authorization: str | None, caller: Caller, world: World) -> IssuedToken:
    """Give a client a token for its credentials (RFC 6749, 4.4)."""
    if authorization and body.client_secret:
        raise TokenRequestInvalid
    if body.grant_type != "client_credentials":
        raise GrantTypeUnsupported
    shown = clients.from_basic(authorization) or Credentials(body.client_id or "", body.client_secret or "")
    change = Change(world, caller)
    row = clients.client_row(shown.client_id) if shown.client_id else None
    gate = gate_of(shown.client_id) if row else None
    if row is None or gate is None or not row.enabled or not clients.knows(row, shown.secret, change.now):
        raise ClientRefused
    scopes = _scopes(row, body.scope)
    token = begin_session(change, gate, duties=frozenset([*scopes, *(f"service:{code}" for code in row.services)]))
    change.audit("delegation:client:entered", subject=f"CLIENT#{row.sk}", scopes=scopes)
    return change.commit(IssuedToken(access_token=token, expires_in=LIMITS.service_token_life, scope=" ".join(scopes)))


def demand_scope(caller: Caller, scope: str, service: str) -> None:
    """Demand that the service client may do this for this service item."""
    for needed in (scope, f"service:{service}"):
        if needed not in caller.duties:
            raise ScopeRefused(scope=needed)


def _scopes(row: ClientRow, asked: str | None) -> list[str]:
    wanted = asked.split() if asked else list(row.scopes)
    for scope in wanted:
        if scope not in row.scopes:
            raise ScopeNotYours(scope=_ascii(scope))
    return wanted


def _ascii(scope: str) -> str:
    """Return a scope as it may be repeated in a description (RFC 6749, 5.2): printable ASCII without quotes and backslashes."""
    return "".join(one for one in scope if "!" <= one <= "~" and one not in '"\\')


def _shown(row: ClientRow) -> ServiceClient:
    return ServiceClient(
        client_id=row.sk,
        name=row.name,
        services=row.services,
        scopes=row.scopes,
        enabled=row.enabled,
        made_at=instant(row.made),
        secrets=[instant(one["made"]) for one in row.secrets],
    )
