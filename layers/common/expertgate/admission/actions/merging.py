"""Merging accounts: a unit asks that projects of a former user's account go to another one's (REC-12, annex 2)."""

from expertgate.account.store import accounts
from expertgate.admission.actions.arriving import Scene, applicant_of, arrive
from expertgate.admission.actions.projects import at_home, is_administrator
from expertgate.admission.model import EntryOutcome, Line, Move, Standing
from expertgate.admission.requests.answers import SentAnswer
from expertgate.admission.requests.projects import MergeForm
from expertgate.admission.rules import merging as rules
from expertgate.admission.rules.holders import holder_of
from expertgate.admission.store import merges, projects, standings
from expertgate.admission.store.names import users_named
from expertgate.admission.store.standings import successions
from expertgate.caller import Caller, CallerKind
from expertgate.errors.admission import MergeNotReturned, NotAdmitted, NotTheAdministrator, NotTheSubmitter
from expertgate.evidence.actions.files import bind, require_all
from expertgate.outbound.change import Change
from expertgate.outbound.world import World
from expertgate.review.actions.opening import Applicant, open_case, resubmit, started
from expertgate.review.model import CaseState
from expertgate.review.rules.marks import marks_of
from expertgate.review.store.cases import open_case_of
from expertgate.settings import LIMITS
from expertgate.wording import say

KIND = "account_merge"


def request_account_merge(unit_id: str, form: MergeForm, caller: Caller, world: World) -> SentAnswer:
    """Ask for it: the unit's own account, or its administrator; an operator of the platform decides.

    Raises NotAdmitted, NotTheAdministrator, CaseAlreadyOpen, InvalidInput with what is wrong in each line.
    """
    scene = _applicant(caller, world, unit_id)
    moves = _checked(scene, form, world, None)
    change = Change(world, caller)
    case_id = open_case(
        change,
        kind=KIND,
        subject=standings.unit_key(unit_id),
        applicant=_applying(scene, form),
        bureau=None,
        form=_kept(form),
        attachments=[form.attachments.stamped_application],
        concerned=_concerned(world, moves),
    ).id
    change.put(merges.new_merge(unit_id, case_id, moves, caller.id))
    return _committed(change, scene, case_id, form)


def correct_account_merge(unit_id: str, form: MergeForm, caller: Caller, world: World) -> SentAnswer:
    """Send the returned application again; only fields and lines with remarks may differ.

    Raises MergeNotReturned, NotTheSubmitter, FieldsNotOpen.
    """
    scene = _applicant(caller, world, unit_id)
    case = open_case_of(world, KIND, standings.unit_key(unit_id))
    if case is None or case.state is not CaseState.RETURNED:
        raise MergeNotReturned
    if case.applicant.account_id != caller.id:
        raise NotTheSubmitter
    moves = _checked(scene, form, world, case.id)
    change = Change(world, caller)
    resubmit(change, case, _kept(form), [form.attachments.stamped_application], applicant=_applying(scene, form))
    change.overwrite(merges.new_merge(unit_id, case.id, moves, caller.id))
    return _committed(change, scene, case.id, form)


def _applying(scene: Scene, form: MergeForm) -> Applicant:
    return applicant_of(scene.me, scene.unit, form.agent_mobile, scene.me.known_as)


def _applicant(caller: Caller, world: World, unit_id: str) -> Scene:
    """Return the scene of who may apply: the table names projects, which only the administrator sees all of."""
    if caller.kind is CallerKind.PERSON:
        scene = at_home(caller, world, unit_id)
        if not is_administrator(scene):
            raise NotTheAdministrator
        return scene
    scene = arrive(caller, world, unit_id)
    if scene.found.unit_standing is not Standing.ADMITTED or scene.outcome in {EntryOutcome.SUSPENDED, EntryOutcome.REFUSED}:
        raise NotAdmitted(outcome=scene.outcome.value)
    return scene


def _checked(scene: Scene, form: MergeForm, world: World, case_id: str | None) -> list[Move]:
    unit_id = scene.unit.id
    rules.check_applicant(scene.unit, scene.me, form.model_dump())
    lines = [Line(str(one.number), one.project_number, one.old_account, one.new_account) for one in form.lines]
    rules.check_lines(lines, LIMITS.merge_accounts_most)
    named, rows = users_named(world, unit_id, (name for one in lines for name in (one.old, one.new)))
    users = frozenset(one for one, row in rows.items() if row.standing == Standing.ADMITTED)
    found = projects.by_number(unit_id, [one.project for one in lines])
    joined = successions(unit_id, (row.desk for row in found.values()))
    held = {number: (projects.id_of(row), holder_of(row.desk, joined)) for number, row in found.items()}
    moves = rules.moves_of(lines, named, users, held)
    require_all(world, form.attachments.model_dump(), scene.me.id, case_id, part="attachments.")
    return moves


def _concerned(world: World, moves: list[Move]) -> frozenset[str]:
    """Return the marks of who gives or gets projects: none of them decides the case."""
    people = accounts(world, {one for move in moves for one in (move.old, move.new)})
    known = ((one.document.unique_key if one.document else None, one.mobile) for one in people)
    return frozenset[str]().union(*(marks_of(world.keys.index, *one) for one in known))


def _kept(form: MergeForm) -> dict[str, object]:
    """Return the form as the case keeps it: each line under its number, so that a remark opens one line."""
    typed = form.model_dump()
    lines = {str(one["number"]): {name: value for name, value in one.items() if name != "number"} for one in typed["lines"]}
    return {**typed, "lines": lines}


def _committed(change: Change, scene: Scene, case_id: str, form: MergeForm) -> SentAnswer:
    bind(change, form.attachments.stamped_application, case_id)
    change.audit("admission:merge:submitted", subject=f"CASE#{case_id}", account=change.caller.id, lines=len(form.lines))
    message = say("sentences", "merge_sent", change.caller.language)
    answer = change.commit(SentAnswer(outcome=scene.outcome.value, message=message, case_id=case_id))
    started(change.world, case_id)
    return answer
