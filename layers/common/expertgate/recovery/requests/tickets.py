"""What every request of a recovery brings: its ticket, in a header, since an address is written down in too many places."""

from typing import Annotated

from aws_lambda_powertools.event_handler.openapi.params import Header

Ticket = Annotated[str, Header(alias="recovery-ticket", min_length=20, max_length=64, description="The ticket the start answered")]
