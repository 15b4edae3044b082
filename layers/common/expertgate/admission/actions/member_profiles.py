"""The member form: sent, corrected (ADM-07, ADM-09)."""

from expertgate.admission.actions.arriving import Scene, arrive
from expertgate.admission.actions.sending import expect, send
from expertgate.admission.actions.settling import until_settled
from expertgate.admission.model import EntryOutcome
from expertgate.admission.requests.answers import SentAnswer
from expertgate.admission.requests.member_profile import MemberProfileForm
from expertgate.admission.rules.sent import sent_member
from expertgate.caller import Caller
from expertgate.errors.admission import FormNotExpected
from expertgate.outbound.world import World


def submit_member_profile(unit_id: str, form: MemberProfileForm, caller: Caller, world: World) -> SentAnswer:
    """Send the account's information to the unit's bureau (ADM-07).

    Raises FormNotExpected where the unit is not admitted or the form was sent before.
    """

    def act() -> SentAnswer:
        scene = arrive(caller, world, unit_id)
        expect(scene, EntryOutcome.MEMBER_FORM, returned=False)
        return _sent(scene, form, caller, world)

    return until_settled(act)


def correct_member_profile(unit_id: str, form: MemberProfileForm, caller: Caller, world: World) -> SentAnswer:
    """Send the returned form again; only what the reviewers remarked on may differ (ADM-09, D-14).

    Raises FormNotExpected, FieldsNotOpen.
    """

    def act() -> SentAnswer:
        scene = arrive(caller, world, unit_id)
        expect(scene, EntryOutcome.MEMBER_FORM, returned=True)
        return _sent(scene, form, caller, world)

    return until_settled(act)


def _sent(scene: Scene, form: MemberProfileForm, caller: Caller, world: World) -> SentAnswer:
    if scene.found.unit is None:
        raise FormNotExpected(outcome=scene.outcome.value)
    return send(scene, sent_member(form.model_dump(), scene.found.unit.bureau), caller, world)
