"""Turn the key ring when its generation is old, or on wish (scheduled task)."""

from expertgate.inbound.tasks import task
from expertgate.platform.actions.keys import rotate_keys

handler = task(rotate_keys)
