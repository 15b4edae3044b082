"""Send my information to the reviewers (ADM-07)."""

from expertgate.admission.actions.member_profiles import submit_member_profile as act
from expertgate.admission.requests.answers import SentAnswer
from expertgate.admission.requests.member_profile import MemberProfileForm
from expertgate.inbound.http import ACCOUNT, door

app = door(allow=ACCOUNT)


@app.post("/v1/units/<unit_id>/member", summary="Send my information to the reviewers", status_code=201)
def submit_member_profile(unit_id: str, body: MemberProfileForm) -> SentAnswer:
    """Send the form; the answer is the pending page, or the suspended one."""
    return act(unit_id, body, app.caller, app.world)


handler = app.handler
