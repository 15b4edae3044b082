"""Tell the workflow where a case stands after a level took too long (task; REV-01)."""

from expertgate.inbound.tasks import task
from expertgate.review.actions.steps import level_timed_out

handler = task(level_timed_out)
