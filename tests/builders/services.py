"""Downstream systems and administrators for tests."""

from dataclasses import dataclass

from expertgate.caller import CallerKind
from tests.stage import Stage, session_for


@dataclass(frozen=True)
class System:
    """A registered downstream system with a token."""

    client_id: str
    secret: str
    token: str


def administrator(stage: Stage) -> str:
    """Return the token of an administrator."""
    return session_for(stage, CallerKind.OFFICIAL, "OFFICIAL1", duties=frozenset({"administrator"}))


def registered(stage: Stage, *scopes: str, services: tuple[str, ...] = ("fepms",)) -> System:
    """Register a system and get it a token."""
    body = {"name": "外国专家项目管理信息系统", "services": list(services), "scopes": list(scopes or ("authority:check", "tickets:redeem"))}
    made = stage.call("delegation.register_service_client", body, token=administrator(stage))
    assert made.status == 201, made.text
    return entered(stage, made.json["client_id"], made.json["client_secret"])


def entered(stage: Stage, client_id: str, secret: str) -> System:
    """Exchange credentials for a token as a stock OAuth client does."""
    form = f"grant_type=client_credentials&client_id={client_id}&client_secret={secret}"
    answered = stage.call("delegation.issue_service_token", raw=form, headers={"content-type": "application/x-www-form-urlencoded"})
    assert answered.status == 200, answered.text
    return System(client_id, secret, answered.json["access_token"])
