"""Deliver short messages and letters from the stream of the notices table (task; MSG-01, MSG-02)."""

from expertgate.inbound.tasks import task
from expertgate.notice.actions.delivering import deliver_notices

handler = task(deliver_notices)
