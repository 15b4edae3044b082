"""Seal every row anew with the newest key, then retire the old ones (scheduled task)."""

from expertgate.inbound.tasks import task
from expertgate.platform.actions.keys import reseal_rows

handler = task(reseal_rows)
