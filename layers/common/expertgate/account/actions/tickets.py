"""Tickets: leave to set a password once, on the client it was given to (ACC-13, ACC-16)."""

from expertgate.account.store import PasswordRow, key_of
from expertgate.account.tickets import TicketRow, ticket_key
from expertgate.errors.account import TicketGone
from expertgate.outbound.change import Change
from expertgate.outbound.keys import hash_secret
from expertgate.settings import LIMITS


def issue_ticket(change: Change, account_id: str, password: PasswordRow) -> str:
    """Let the change write a ticket and return its secret: what was asked for is refused, and the ticket says how to go on."""
    secret = change.world.codes.secret()
    pk, sk = ticket_key(hash_secret(secret))
    ends = int(change.now.timestamp()) + LIMITS.flow_life
    client, since = change.caller.client or "-", int(password.version)
    change.put(TicketRow(pk=pk, sk=sk, account_id=account_id, password_version=since, client=client, ends=ends, expires=ends))
    change.audit("account:ticket:issued", subject=key_of(account_id))
    return secret


def use_ticket(change: Change, secret: str) -> TicketRow:
    """Return the ticket of this secret; the change uses it up, so of two changes with the same one wins.

    Raises TicketGone, also on another client.
    """
    pk, sk = ticket_key(hash_secret(secret))
    row = TicketRow.find(pk, sk)
    if row is None or row.ends <= change.now.timestamp() or row.client != (change.caller.client or "-"):
        raise TicketGone
    change.delete(row, otherwise=TicketGone())
    return row
