"""Keep the token of an execution that reached a level (task; REV-01)."""

from expertgate.inbound.tasks import task
from expertgate.review.actions.steps import open_level

handler = task(open_level)
