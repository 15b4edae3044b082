"""Drop the files whose rows are gone: checked ones that no case took (task; D-13)."""

from expertgate.evidence.actions.dropping import drop_file
from expertgate.inbound.tasks import task

handler = task(drop_file)
