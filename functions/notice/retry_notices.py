"""Retry short messages and letters that failed (scheduled task; MSG-02)."""

from expertgate.inbound.tasks import task
from expertgate.notice.actions.delivering import retry_notices

handler = task(retry_notices)
