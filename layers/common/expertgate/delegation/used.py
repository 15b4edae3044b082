"""Tickets that were used up: one row each, dropped when the ticket could not be used any more anyway."""

from expertgate.outbound.rows import Row
from expertgate.settings import variable


class UsedTicketRow(Row):
    """That a ticket was redeemed."""

    class Meta:
        """In the table of short-lived rows."""

        table_name = variable("SESSIONS_TABLE")
