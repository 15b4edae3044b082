"""Asking the audit trail who could act for a unit (DEL-15)."""

import json
from collections.abc import Iterator
from datetime import datetime
from itertools import batched

from expertgate.account import store as accounts
from expertgate.caller import Caller, CallerKind
from expertgate.delegation.actions.naming import service_named
from expertgate.delegation.history import Written, could_act
from expertgate.delegation.model import Grant
from expertgate.delegation.requests.history import AskPast, PastAgent, PastAuthority
from expertgate.delegation.store import subject_of
from expertgate.errors.delegation import HistoryTooLong, UnitUnknown
from expertgate.forms.masks import mask_name
from expertgate.outbound import standing
from expertgate.outbound.audit import AuditRow
from expertgate.outbound.change import Change
from expertgate.outbound.clock import instant, stamp
from expertgate.outbound.world import World
from expertgate.settings import LIMITS

_GRANT = "delegation:grant:"
_LAST = "~"  # behind every random tail of a sort key
_NAMED_IN_A_ROW = 5_000  # ids of 26 signs: a row holds 400 KB


def show_past_authority(asked: AskPast, caller: Caller, world: World) -> PastAuthority:
    """Return who could act for a unit in a service at a moment: a unit asks for itself, an official for any, which is on record."""
    unit_id = caller.id if caller.kind is CallerKind.UNIT else asked.unit_id
    if unit_id is None:
        raise UnitUnknown
    service_named(asked.service)
    moment = min(asked.at, world.clock.now())
    epoch = sum(1 for _ in _entries(standing.subject_of(unit_id), moment))
    written = (_written(row) for row in _entries(subject_of(unit_id, asked.service), moment) if row.tag.startswith(_GRANT))
    agents = _named(could_act(written, epoch, moment), world)
    answer = PastAuthority(at=moment, unit_id=unit_id, service=asked.service, agents=agents)
    return answer if caller.kind is CallerKind.UNIT else _on_record(answer, Change(world, caller))


def _on_record(answer: PastAuthority, change: Change) -> PastAuthority:
    people = [one.agent_id for one in answer.agents]
    for some in [*batched(people, _NAMED_IN_A_ROW, strict=False)] or [()]:
        change.audit("delegation:agents:read", subject=standing.unit_key(answer.unit_id), service=answer.service, agents=some)
    return change.commit(answer)


def _entries(subject: str, until: datetime) -> Iterator[AuditRow]:
    """Yield what was written about a subject up to a moment, in order."""
    most = LIMITS.history_rows_most
    rows = AuditRow.query(
        subject, AuditRow.sk < stamp(until) + _LAST, consistent_read=True, limit=most + 1, page_size=LIMITS.page_size_most
    )
    for number, row in enumerate(rows):
        if number == most:
            raise HistoryTooLong
        yield row


def _written(row: AuditRow) -> Written:
    facts = json.loads(row.facts)
    return Written(instant(row.at), int(facts["version"]), facts["grant"])


def _named(grants: list[Grant], world: World) -> list[PastAgent]:
    names = {one.id: mask_name(one.known_as) for one in accounts.accounts(world, (grant.agent_id for grant in grants))}
    return [
        PastAgent(
            agent_id=grant.agent_id,
            agent_name=names.get(grant.agent_id, ""),
            grant_id=grant.id,
            roles=list(grant.roles),
            first_day=grant.period.first_day,
            last_day=grant.period.last_day,
        )
        for grant in grants
    ]
