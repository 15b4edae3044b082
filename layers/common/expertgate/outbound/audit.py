"""The audit trail: put-only rows that say who did what to whom, without personal data."""

import json
from datetime import datetime
from typing import TYPE_CHECKING

from expertgate.outbound.attributes import UnicodeAttribute
from expertgate.outbound.clock import stamp
from expertgate.outbound.rows import Row
from expertgate.settings import variable

if TYPE_CHECKING:
    from expertgate.caller import Caller
    from expertgate.outbound.world import World

_FACTS = json.JSONEncoder(ensure_ascii=False, sort_keys=True, default=str)


class AuditRow(Row):
    """One deed: pk the subject, sk the instant and a random tail."""

    class Meta:
        """In the table no function may update or delete in."""

        table_name = variable("AUDIT_TABLE")

    tag = UnicodeAttribute()
    actor = UnicodeAttribute()
    actor_kind = UnicodeAttribute()
    client = UnicodeAttribute(null=True)
    request_id = UnicodeAttribute()
    at = UnicodeAttribute()
    facts = UnicodeAttribute()


def audit_row(world: "World", caller: "Caller", now: datetime, tag: str, subject: str, facts: dict[str, object]) -> AuditRow:
    """Return the row of a deed done now by this caller."""
    at = stamp(now)
    return AuditRow(
        pk=subject,
        sk=f"{at}#{world.codes.ulid(now)}",
        tag=tag,
        actor=caller.account_id or "-",
        actor_kind=caller.kind,
        client=caller.client or None,
        request_id=caller.request_id,
        at=at,
        facts=_FACTS.encode(facts),
    )
