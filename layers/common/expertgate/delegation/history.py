"""Who could act for a unit in a service at any past moment, folded from what was written down with each change (DEL-15)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from expertgate.delegation.facts import grant_of
from expertgate.delegation.model import Grant, State


@dataclass(frozen=True, slots=True)
class Written:
    """One entry about a grant: when it was written, as which version, and the grant as it was from then on."""

    at: datetime
    version: int
    grant: dict[str, Any]


def could_act(entries: Iterable[Written], epoch: int, moment: datetime) -> list[Grant]:
    """Return the grants that counted at a moment, when the unit's standing was in this epoch."""
    last: dict[str, Written] = {}
    for entry in entries:
        before = last.get(entry.grant["id"])
        if entry.at <= moment and (before is None or before.version < entry.version):
            last[entry.grant["id"]] = entry
    grants = [grant_of(entry.grant) for entry in last.values()]
    return [grant for grant in grants if grant.epoch == epoch and grant.state_at(moment) is State.IN_FORCE]
