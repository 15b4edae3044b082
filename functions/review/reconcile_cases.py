"""Mend executions that were lost or not told (task; REV-01)."""

from expertgate.inbound.tasks import task
from expertgate.review.actions.steps import reconcile_cases

handler = task(reconcile_cases)
