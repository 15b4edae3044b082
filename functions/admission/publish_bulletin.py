"""Publish a notice or news (ADM-12)."""

from expertgate.admission.actions.home import publish_bulletin as act
from expertgate.admission.requests.home import BulletinAnswer, PublishBulletin
from expertgate.inbound.http import OFFICIAL, door

app = door(allow=OFFICIAL)


@app.post("/v1/bulletins", summary="Publish a notice or news", status_code=201)
def publish_bulletin(body: PublishBulletin) -> BulletinAnswer:
    """Publish on every home page; for the administrator."""
    return act(body, app.caller, app.world)


handler = app.handler
