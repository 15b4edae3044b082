"""Withdraw the unit's information from review (ADM-09)."""

from expertgate.admission.actions.withdrawing import withdraw_unit_profile as act
from expertgate.admission.requests.answers import SentAnswer
from expertgate.inbound.http import ACCOUNT, door

app = door(allow=ACCOUNT)


@app.post("/v1/units/<unit_id>/profile/withdrawals", summary="Withdraw the unit's information from review")
def withdraw_unit_profile(unit_id: str) -> SentAnswer:
    """End the case; a new form may be sent."""
    return act(unit_id, app.caller, app.world)


handler = app.handler
