"""Send my information again after a return (ADM-09)."""

from expertgate.admission.actions.member_profiles import correct_member_profile as act
from expertgate.admission.requests.answers import SentAnswer
from expertgate.admission.requests.member_profile import MemberProfileForm
from expertgate.inbound.http import ACCOUNT, door

app = door(allow=ACCOUNT)


@app.post("/v1/units/<unit_id>/member/corrections", summary="Send my information again after a return")
def correct_member_profile(unit_id: str, body: MemberProfileForm) -> SentAnswer:
    """Send the whole form; only fields with remarks may differ."""
    return act(unit_id, body, app.caller, app.world)


handler = app.handler
