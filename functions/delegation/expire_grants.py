"""Close grants whose time is over and remind of those that end soon (task; DEL-08)."""

from expertgate.delegation.actions.sweeping import expire_grants
from expertgate.inbound.tasks import task

handler = task(expire_grants)
