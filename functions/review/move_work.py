"""Move the cases of officials who left (task; REV-05)."""

from expertgate.inbound.tasks import task
from expertgate.review.actions.moving import move_work

handler = task(move_work)
