"""The unit form: sent, corrected (ADM-04, ADM-09)."""

from expertgate.admission.actions.arriving import Scene, arrive
from expertgate.admission.actions.attaching import check_pictures
from expertgate.admission.actions.sending import expect, send
from expertgate.admission.actions.settling import until_settled
from expertgate.admission.model import EntryOutcome
from expertgate.admission.requests.answers import SentAnswer
from expertgate.admission.requests.unit_profile import UnitProfileForm
from expertgate.admission.rules.forms import check_unit_form
from expertgate.admission.rules.sent import sent_unit
from expertgate.caller import Caller
from expertgate.catalogue.store import bureau
from expertgate.errors.admission import NotTheSubmitter
from expertgate.outbound.world import World


def submit_unit_profile(unit_id: str, form: UnitProfileForm, caller: Caller, world: World) -> SentAnswer:
    """Send the unit's information to its bureau (ADM-04).

    Raises FormNotExpected where it was sent before, InvalidInput where it does not fit the unit or its files.
    """

    def act() -> SentAnswer:
        scene = arrive(caller, world, unit_id)
        expect(scene, EntryOutcome.UNIT_FORM, returned=False)
        return _checked_and_sent(scene, form, caller, world)

    return until_settled(act)


def correct_unit_profile(unit_id: str, form: UnitProfileForm, caller: Caller, world: World) -> SentAnswer:
    """Send the returned form again; only what the reviewers remarked on may differ (ADM-09, D-14).

    Raises FormNotExpected, NotTheSubmitter, FieldsNotOpen.
    """

    def act() -> SentAnswer:
        scene = arrive(caller, world, unit_id)
        expect(scene, EntryOutcome.UNIT_FORM, returned=True)
        if not scene.is_submitter:
            raise NotTheSubmitter
        return _checked_and_sent(scene, form, caller, world)

    return until_settled(act)


def _checked_and_sent(scene: Scene, form: UnitProfileForm, caller: Caller, world: World) -> SentAnswer:
    typed = form.model_dump()
    check_unit_form(typed, scene.unit, bureau(form.basic.bureau))
    check_pictures(world, scene.me.id, form.attachments.model_dump(), scene.returned.id if scene.returned else None)
    return send(scene, sent_unit(typed), caller, world)
