"""Publish the keys of entry tickets (DEL-12)."""

from aws_lambda_powertools.event_handler import Response

from expertgate.delegation.actions.publishing import show_ticket_keys as act
from expertgate.delegation.requests.services import PublicKeys
from expertgate.inbound.http import OFFICIAL, PERSON, SERVICE, STRANGER, UNIT, door

app = door(allow=STRANGER | PERSON | UNIT | OFFICIAL | SERVICE)


@app.get("/.well-known/jwks.json", summary="Publish the keys of entry tickets")
def show_ticket_keys() -> Response[PublicKeys]:
    """Return a JSON Web Key Set that may be kept for an hour (DEL-12)."""
    return Response(200, "application/json", act(), headers={"Cache-Control": "public, max-age=3600"})


handler = app.handler
