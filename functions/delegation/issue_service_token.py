"""Give a downstream system a token for its credentials (DEL-12)."""

from typing import Annotated

from aws_lambda_powertools.event_handler.openapi.params import Form, Header

from expertgate.delegation.actions.clients import issue_service_token as act
from expertgate.delegation.requests.services import IssuedToken, TokenRequest
from expertgate.errors.delegation import TokenRequestInvalid
from expertgate.inbound.http import STRANGER, door

app = door(allow=STRANGER, unreadable=TokenRequestInvalid)


@app.post("/v1/oauth/token", summary="Give a downstream system a token for its credentials")
def issue_service_token(
    grant_type: Annotated[str, Form(max_length=100)],
    client_id: Annotated[str | None, Form(max_length=100)] = None,
    client_secret: Annotated[str | None, Form(max_length=100)] = None,
    scope: Annotated[str | None, Form(max_length=200)] = None,
    authorization: Annotated[str | None, Header(max_length=1000)] = None,
) -> IssuedToken:
    """Answer client credentials as RFC 6749, 4.4 has it (DEL-12)."""
    asked = TokenRequest(grant_type=grant_type, client_id=client_id, client_secret=client_secret, scope=scope)
    return act(asked, authorization, app.caller, app.world)


handler = app.handler
