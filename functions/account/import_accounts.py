"""Import accounts of the old platforms from a file in the bucket (task; ACC-13, ACC-14, ACC-15)."""

from expertgate.account.actions.importing import import_accounts
from expertgate.inbound.tasks import task

handler = task(import_accounts)
