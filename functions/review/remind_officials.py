"""Remind officials of cases and escalate overdue ones (task; REV-04)."""

from expertgate.inbound.tasks import task
from expertgate.review.actions.reminding import remind_officials

handler = task(remind_officials)
