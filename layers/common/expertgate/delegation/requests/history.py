"""Asking who could act for a unit at a past moment (DEL-15)."""

from dataclasses import dataclass
from datetime import date, datetime

from expertgate.inbound.fields import Answer, Instant


@dataclass(frozen=True)
class AskPast:
    """In which service, at which moment; the unit where an official asks."""

    service: str
    at: datetime
    unit_id: str | None = None


class PastAgent(Answer):
    """Somebody who could act."""

    agent_id: str
    agent_name: str
    grant_id: str
    roles: list[str]
    first_day: date
    last_day: date


class PastAuthority(Answer):
    """Everybody who could act for a unit in a service at a moment; a moment to come is answered as now."""

    at: Instant
    unit_id: str
    service: str
    agents: list[PastAgent]
