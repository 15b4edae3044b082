"""Showing a form as it stands: what was sent, what the reviewers said, what is open to correction (ADM-04, ADM-07)."""

from typing import Any

from expertgate.admission.actions.arriving import Scene, arrive
from expertgate.admission.actions.projects import is_administrator
from expertgate.admission.model import EntryOutcome, ReviewState, Standing, Subject
from expertgate.admission.requests.answers import ProfileAnswer
from expertgate.admission.store import standings
from expertgate.admission.store.standings import DraftRow, MemberRow, UnitRow
from expertgate.caller import Caller
from expertgate.inbound.fields import RemarkAnswer
from expertgate.outbound.world import World
from expertgate.review.model import Case, CaseState, Decision, Outcome
from expertgate.review.rules.masking import masked
from expertgate.review.store.cases import case as find_case
from expertgate.review.store.cases import file_of, reason_of

_ABOUT_THE_UNIT = ("basic",)


def show_unit_profile(unit_id: str, caller: Caller, world: World) -> ProfileAnswer:
    """Show the unit's form with what the reviewers said; the contact's name and numbers only to who sent them.

    Its bank account is the unit's own: to the unit and its administrators it is shown, who send it again with each change (ADM-13).
    """
    scene = arrive(caller, world, unit_id)
    plain = _ABOUT_THE_UNIT if _stands_for_the_unit(scene) else ()
    return _profile_of(scene, Subject.UNIT, world, is_own=scene.is_submitter, plain=plain)


def _stands_for_the_unit(scene: Scene) -> bool:
    return scene.me.id == scene.unit.id or (scene.outcome is EntryOutcome.HOME and is_administrator(scene))


def show_member_profile(unit_id: str, caller: Caller, world: World) -> ProfileAnswer:
    """Show the caller's own form with what the reviewers said."""
    return _profile_of(arrive(caller, world, unit_id), Subject.MEMBER, world, is_own=True)


def _profile_of(scene: Scene, subject: Subject, world: World, *, is_own: bool, plain: tuple[str, ...] = ()) -> ProfileAnswer:
    """Return one of the two forms; somebody else's name and numbers are masked, but for the parts that are `plain`."""
    row = scene.found.unit if subject is Subject.UNIT else scene.found.member
    form = standings.form_of(world, row) if row else None
    draft = standings.draft_of(scene.unit.id, scene.me.id, subject)
    case = scene.case if row is not None and scene.case is not None and row.case_id == scene.case.id else None
    is_returned = case is not None and case.state is CaseState.RETURNED
    said = _returning(world, case) if case and is_returned else None
    return ProfileAnswer(
        standing=row.standing if row else Standing.UNKNOWN,
        review=case.state.value if case else ReviewState.NONE,
        case_id=row.case_id if row else None,
        form=form if is_own or form is None else {**masked(form), **{part: form[part] for part in plain}},
        open_fields=sorted(case.open_fields) if case and is_returned else [],
        remarks=[RemarkAnswer(field=one.field, text=one.text) for one in said.remarks] if said else [],
        reason=_reason(scene, row, world, case, said),
        may_correct=is_returned and is_own,
        draft=_typed(draft, world),
        draft_saved_at=draft.saved_at if draft else None,
    )


def _reason(scene: Scene, row: UnitRow | MemberRow | None, world: World, case: Case | None, said: Decision | None) -> str | None:
    """Return why the form was returned, rejected, or refused as a duplicate's, whichever was last."""
    if row is scene.found.form and (refusing := scene.found.refused_by):
        return reason_of(world, find_case(world, refusing))
    return said.reason if said else reason_of(world, case) if case else None


def _returning(world: World, case: Case) -> Decision | None:
    """Return the decision by which the present round was returned."""
    made = file_of(world, case.id).decisions
    return next((one for one in made if one.round == case.round and one.outcome is Outcome.RETURN), None)


def _typed(draft: DraftRow | None, world: World) -> dict[str, Any] | None:
    return dict(draft.unseal(world.keys)["form"]) if draft else None
