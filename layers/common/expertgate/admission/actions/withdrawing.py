"""Withdrawing a form that was sent: its case ends, a new form may be sent (D-14)."""

from expertgate.admission.actions.arriving import Scene, arrive
from expertgate.admission.actions.settling import until_settled
from expertgate.admission.model import EntryOutcome, ReviewState, Standing, Subject
from expertgate.admission.requests.answers import SentAnswer
from expertgate.caller import Caller
from expertgate.errors.admission import NothingToWithdraw, NotTheSubmitter
from expertgate.outbound.change import Change
from expertgate.outbound.world import World
from expertgate.review.actions.ending import withdraw
from expertgate.review.actions.opening import started
from expertgate.wording import say

_FORMS = {Subject.UNIT: EntryOutcome.UNIT_FORM, Subject.MEMBER: EntryOutcome.MEMBER_FORM}
_OVER = frozenset({ReviewState.REJECTED, ReviewState.WITHDRAWN})


def withdraw_unit_profile(unit_id: str, caller: Caller, world: World) -> SentAnswer:
    """Withdraw the unit's form while it is in review or returned; the submitter or the unit itself may.

    Raises NothingToWithdraw, NotTheSubmitter.
    """

    def act() -> SentAnswer:
        scene = arrive(caller, world, unit_id)
        if not scene.is_submitter and caller.id != unit_id:
            raise NotTheSubmitter
        return _withdrawn(scene, Subject.UNIT, caller, world)

    return until_settled(act)


def withdraw_member_profile(unit_id: str, caller: Caller, world: World) -> SentAnswer:
    """Withdraw the caller's form while it is in review or returned.

    Raises NothingToWithdraw.
    """
    return until_settled(lambda: _withdrawn(arrive(caller, world, unit_id), Subject.MEMBER, caller, world))


def _withdrawn(scene: Scene, subject: Subject, caller: Caller, world: World) -> SentAnswer:
    """End the case of the form by its applicant; what was sent stays readable in the case."""
    is_unit = scene.found.unit_standing is not Standing.ADMITTED
    if scene.case is None or scene.review in _OVER or is_unit is not (subject is Subject.UNIT):
        raise NothingToWithdraw
    change = Change(world, caller)
    withdraw(change, scene.case)
    change.audit(f"admission:{subject}_profile:withdrawn", subject=f"UNIT#{scene.unit.id}", account=caller.id, case=scene.case.id)
    message = say("sentences", "form_withdrawn", caller.language)
    answer = change.commit(SentAnswer(outcome=_FORMS[subject], message=message, case_id=scene.case.id))
    started(world, scene.case.id)
    return answer
