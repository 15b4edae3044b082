"""Make, publish and drop the keys of entry tickets (task; DEL-12)."""

from expertgate.delegation.actions.ticket_keys import rotate_ticket_keys
from expertgate.inbound.tasks import task

handler = task(rotate_ticket_keys)
