"""Bring in members of the old project system with their projects (task; ADM-17)."""

from expertgate.admission.actions.legacy import import_legacy_members
from expertgate.inbound.tasks import task

handler = task(import_legacy_members)
