"""A grant as codes and instants, without personal data: what its row holds and what its audit rows repeat (DEL-15)."""

from datetime import datetime
from typing import Any

from expertgate.delegation.model import Ending, Extension, Grant, State
from expertgate.forms.dates import Period
from expertgate.outbound.clock import instant, stamp


def facts_of(grant: Grant) -> dict[str, Any]:
    """Return everything about a grant but the reason an agent gave."""
    ending, extension = grant.ending, grant.extension
    return {
        "id": grant.id,
        "agent": grant.agent_id,
        "unit": grant.unit_id,
        "service": grant.service,
        "roles": list(grant.roles),
        "begins": stamp(grant.period.begins),
        "ends": stamp(grant.period.ends),
        "made": stamp(grant.made),
        "epoch": grant.epoch,
        "offer_until": _stamped(grant.offer_until),
        "accepted": _stamped(grant.accepted),
        "disabled": grant.disabled,
        "ending": [ending.state.value, stamp(ending.at), ending.why] if ending else None,
        "extension": [stamp(extension.until), stamp(extension.asked)] if extension else None,
        "previous": grant.previous,
        "reminded": grant.reminded,
    }


def grant_of(facts: dict[str, Any], reason: str = "") -> Grant:
    """Return the grant that was written down."""
    ending, extension = facts["ending"], facts["extension"]
    return Grant(
        id=facts["id"],
        agent_id=facts["agent"],
        unit_id=facts["unit"],
        service=facts["service"],
        roles=tuple(facts["roles"]),
        period=Period(instant(facts["begins"]), instant(facts["ends"])),
        made=instant(facts["made"]),
        epoch=int(facts["epoch"]),
        offer_until=_moment(facts["offer_until"]),
        accepted=_moment(facts["accepted"]),
        disabled=facts["disabled"],
        ending=Ending(State(ending[0]), instant(ending[1]), ending[2]) if ending else None,
        extension=Extension(instant(extension[0]), instant(extension[1]), reason) if extension else None,
        previous=facts["previous"],
        reminded=facts["reminded"],
    )


def _stamped(moment: datetime | None) -> str | None:
    return stamp(moment) if moment else None


def _moment(stamped: str | None) -> datetime | None:
    return instant(stamped) if stamped else None
