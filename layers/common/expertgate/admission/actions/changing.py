"""Changing the information of an admitted unit: asked for by its administrator, reviewed like the first one (ADM-13)."""

from expertgate.admission.actions.arriving import Scene, applicant_of
from expertgate.admission.actions.attaching import check_pictures
from expertgate.admission.actions.projects import at_home, is_administrator
from expertgate.admission.actions.suspending import concerned_in
from expertgate.admission.requests.answers import SentAnswer
from expertgate.admission.requests.unit_profile import UnitChangeForm
from expertgate.admission.rules.forms import check_unit_form
from expertgate.admission.store import standings
from expertgate.caller import Caller
from expertgate.catalogue.store import bureau
from expertgate.errors.admission import ChangeNotReturned, NotTheAdministrator
from expertgate.evidence.actions.files import bind
from expertgate.outbound.change import Change
from expertgate.outbound.world import World
from expertgate.review.actions.opening import open_case, resubmit, started
from expertgate.review.model import Case, CaseState
from expertgate.review.store.cases import open_case_of, round_of
from expertgate.wording import say

KIND = "unit_change"


def request_unit_change(unit_id: str, form: UnitChangeForm, caller: Caller, world: World) -> SentAnswer:
    """Ask for a change; the unit's present bureau reviews it, then its superiors.

    Raises NotTheAdministrator, CaseAlreadyOpen.
    """
    scene = _administrator(caller, world, unit_id)
    typed = _checked(scene, form, world, None)
    change = Change(world, caller)
    applicant = applicant_of(scene.me, scene.unit, None, scene.me.known_as)
    files = list(form.attachments.model_dump().values())
    case_id = open_case(
        change,
        kind=KIND,
        subject=standings.unit_key(unit_id),
        applicant=applicant,
        bureau=scene.found.unit.bureau if scene.found.unit else None,
        form=typed,
        attachments=files,
        concerned=concerned_in(change, scene.unit, scene.me),
        former=_former(scene, world, typed),
    ).id
    return _committed(change, case_id, files)


def correct_unit_change(unit_id: str, form: UnitChangeForm, caller: Caller, world: World) -> SentAnswer:
    """Send the returned change again; only fields with remarks may differ. Raises ChangeNotReturned, FieldsNotOpen."""
    scene = _administrator(caller, world, unit_id)
    case = open_case_of(world, KIND, standings.unit_key(unit_id))
    if case is None or case.state is not CaseState.RETURNED:
        raise ChangeNotReturned
    typed = _checked(scene, form, world, case)
    change = Change(world, caller)
    files = list(form.attachments.model_dump().values())
    resubmit(change, case, typed, files)
    return _committed(change, case.id, files)


def unit_changed(change: Change, case: Case, outcome: str) -> None:
    """Let an approved change take the place of what the unit gave before; its account part stays."""
    row = standings.unit(case.subject.removeprefix("UNIT#"))
    if row is None or outcome != CaseState.APPROVED:
        return
    approved = round_of(change.world, case.id, case.round).form
    form = {**standings.form_of(change.world, row), **approved}
    row.bureau = form["basic"]["bureau"]
    row.seal(change.world.keys, {"form": form})
    change.replace(row)
    change.audit("admission:unit:changed", subject=row.pk, case=case.id)


def _administrator(caller: Caller, world: World, unit_id: str) -> Scene:
    scene = at_home(caller, world, unit_id)
    if not is_administrator(scene):
        raise NotTheAdministrator
    return scene


def _former(scene: Scene, world: World, typed: dict[str, object]) -> dict[str, object]:
    """Return of what the unit gave before the parts that the change is about, for the reviewer to compare."""
    row = scene.found.unit
    return {name: part for name, part in standings.form_of(world, row).items() if name in typed} if row else {}


def _checked(scene: Scene, form: UnitChangeForm, world: World, case: Case | None) -> dict[str, object]:
    typed = form.model_dump()
    check_unit_form(typed, scene.unit, bureau(form.basic.bureau))
    check_pictures(world, scene.me.id, form.attachments.model_dump(), case.id if case else None)
    return typed


def _committed(change: Change, case_id: str, files: list[str]) -> SentAnswer:
    for evidence_id in files:
        bind(change, evidence_id, case_id)
    change.audit("admission:unit_change:submitted", subject=f"CASE#{case_id}", account=change.caller.id)
    message = say("sentences", "change_sent", change.caller.language)
    answer = change.commit(SentAnswer(outcome="home", message=message, case_id=case_id))
    started(change.world, case_id)
    return answer
