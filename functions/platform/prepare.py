"""Prepare the platform after a deployment: key ring, first administrator (task)."""

from expertgate.inbound.tasks import task
from expertgate.platform.actions.preparing import prepare

handler = task(prepare)
