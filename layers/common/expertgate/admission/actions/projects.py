"""The register of projects: registered, assigned, taken back; a user sees only what lies on the own desks (ADM-14)."""

from expertgate.admission.actions.arriving import Scene, arrive
from expertgate.admission.model import Assignment, EntryOutcome, MemberRole, ProjectState, Standing
from expertgate.admission.requests.projects import (
    AssignmentAnswer,
    AssignProject,
    ChangeProject,
    ProjectAnswer,
    ProjectFileAnswer,
    ProjectsAnswer,
    RegisterProject,
)
from expertgate.admission.rules.holders import Successions, holder_of, with_successors
from expertgate.admission.store import projects as store
from expertgate.admission.store import standings
from expertgate.admission.store.projects import ProjectRow
from expertgate.admission.store.standings import successions
from expertgate.caller import Caller, Language
from expertgate.errors.admission import NotAdmitted, NotTheAdministrator, ProjectStateForbids, ProjectUnknown
from expertgate.forms.problems import FieldProblem
from expertgate.outbound.change import Change
from expertgate.outbound.clock import stamp
from expertgate.outbound.world import World
from expertgate.wording import say


def register_project(unit_id: str, request: RegisterProject, caller: Caller, world: World) -> ProjectAnswer:
    """Register a project; its number is unique. Raises NotAdmitted, ProjectNumberTaken."""
    scene = at_home(caller, world, unit_id)
    desk = request.account_id
    if not is_administrator(scene):
        desk = caller.id
    elif desk is not None:
        _demand_member(unit_id, desk)
    change = Change(world, caller)
    row = ProjectRow(pk=standings.unit_key(unit_id), sk=f"PROJECT#{world.codes.ulid(change.now)}", desk=desk)
    row.number, row.title, row.year = request.number, request.title, request.year
    row.project_class, row.state, row.changed_at = request.project_class, request.state, stamp(change.now)
    store.register(change, row, caller.id)
    change.audit("admission:project:registered", subject=row.pk, project=store.id_of(row), desk=desk or "")
    return change.commit(_answer(row, desk, caller.language))


def list_projects(unit_id: str, size: int, cursor: str | None, caller: Caller, world: World) -> ProjectsAnswer:
    """Return a page of the unit's projects to its administrator, of the own desks to everybody else; with who holds each now."""
    scene = at_home(caller, world, unit_id)
    if is_administrator(scene):
        rows, is_more = store.of_unit(unit_id, size, _place(cursor)[1])
        following = _cursor(0, rows[-1]) if is_more else None
    else:
        rows, following = _on_desks(unit_id, desks_of(scene), size, _place(cursor))
    joined = successions(unit_id, (row.desk for row in rows)) if is_administrator(scene) else {}
    items = [_answer(row, _holder(scene, row, joined), caller.language) for row in rows]
    return ProjectsAnswer(items=items, next_cursor=following)


def show_project(unit_id: str, project_id: str, caller: Caller, world: World) -> ProjectFileAnswer:
    """Return a project with its former assignments, those by a join of accounts too.

    Raises ProjectUnknown, also for one that lies on somebody else's desk.
    """
    scene = at_home(caller, world, unit_id)
    row = _visible(scene, project_id)
    made = [Assignment(one.desk, one.by, one.at) for one in store.history(project_id)]
    joined = successions(unit_id, (row.desk, *(one.desk for one in made)))
    past = [AssignmentAnswer(assigned_to=one.desk, by=one.by, at=one.at) for one in with_successors(made, joined)]
    return ProjectFileAnswer(**_answer(row, holder_of(row.desk, joined), caller.language).model_dump(), assignments=past)


def assign_project(unit_id: str, project_id: str, request: AssignProject, caller: Caller, world: World) -> ProjectAnswer:
    """Assign a project to a user of the unit; the administrator may. Raises NotTheAdministrator, ProjectUnknown."""
    return _moved(unit_id, project_id, request.account_id, caller, world)


def take_back_project(unit_id: str, project_id: str, caller: Caller, world: World) -> ProjectAnswer:
    """Take a project back from its user; the assignment stays on record."""
    return _moved(unit_id, project_id, None, caller, world)


def change_project(unit_id: str, project_id: str, request: ChangeProject, caller: Caller, world: World) -> ProjectAnswer:
    """Note where a project stands now, or set right what was registered of it; the administrator may.

    Raises NotTheAdministrator, ProjectUnknown, ProjectStateForbids.
    """
    scene = at_home(caller, world, unit_id)
    if not is_administrator(scene):
        raise NotTheAdministrator
    row = _visible(scene, project_id)
    holder = holder_of(row.desk, successions(unit_id, [row.desk]))
    said = request.model_dump(mode="json", exclude_none=True)
    other = {name: value for name, value in said.items() if getattr(row, name) != value}
    if not other:
        return _answer(row, holder, caller.language)
    if "state" in other and not ProjectState(row.state).may_become(ProjectState(other["state"])):
        raise ProjectStateForbids(now=row.state)
    change = Change(world, caller)
    store.rewrite(change, row, other)
    change.audit("admission:project:changed", subject=row.pk, project=project_id, fields=sorted(other), state=row.state)
    return change.commit(_answer(row, holder, caller.language))


def at_home(caller: Caller, world: World, unit_id: str) -> Scene:
    """Return the scene of a caller who is in the project system.

    Raises NotAdmitted with where he stands.
    """
    scene = arrive(caller, world, unit_id)
    if scene.outcome is not EntryOutcome.HOME:
        raise NotAdmitted(outcome=scene.outcome.value)
    return scene


def is_administrator(scene: Scene) -> bool:
    """Tell whether the caller is 用人单位管理员."""
    return scene.found.member is not None and scene.found.member.role == MemberRole.UNIT_ADMINISTRATOR


def desks_of(scene: Scene) -> list[str]:
    """Return the caller's desk, and those of accounts joined into it."""
    return standings.desks_of(scene.found.member) if scene.found.member else []


def _moved(unit_id: str, project_id: str, desk: str | None, caller: Caller, world: World) -> ProjectAnswer:
    scene = at_home(caller, world, unit_id)
    if not is_administrator(scene):
        raise NotTheAdministrator
    if desk is not None:
        _demand_member(unit_id, desk)
    row = _visible(scene, project_id)
    if holder_of(row.desk, successions(unit_id, [row.desk])) == desk:
        return _answer(row, desk, caller.language)
    change = Change(world, caller)
    store.move(change, [(row, desk)], caller.id)
    change.audit("admission:project:assigned", subject=row.pk, project=project_id, desk=desk or "")
    return change.commit(_answer(row, desk, caller.language))


def _holder(scene: Scene, row: ProjectRow, joined: Successions) -> str | None:
    """Return who holds a project of the list: who lists the own desks holds all that lies on them."""
    return holder_of(row.desk, joined) if is_administrator(scene) else scene.me.id


def _visible(scene: Scene, project_id: str) -> ProjectRow:
    row = store.project(scene.unit.id, project_id)
    if row is None or not (is_administrator(scene) or row.desk in desks_of(scene)):
        raise ProjectUnknown
    return row


def _on_desks(unit_id: str, desks: list[str], size: int, place: tuple[int, str | None]) -> tuple[list[ProjectRow], str | None]:
    """Return a page across desks, one after the other; behind a full page the desks that follow are asked whether anything is there."""
    first, after = place
    found: list[tuple[int, ProjectRow]] = []
    following = None
    for at, desk in enumerate(desks[first:], first):
        rows, is_more = store.of_desk(unit_id, desk, size - len(found), after)
        found, after = [*found, *((at, row) for row in rows)], None
        if is_more:
            following = _cursor(*found[-1])
            break
    return [row for _, row in found], following


def _cursor(desk: int, last: ProjectRow) -> str:
    """Return the place of the desk and the last project on it; an administrator sees the unit as one desk."""
    return f"{desk}:{store.id_of(last)}"


def _place(cursor: str | None) -> tuple[int, str | None]:
    desk, _, last = (cursor or "0:").partition(":")
    return int(desk), last or None


def _demand_member(unit_id: str, account_id: str) -> None:
    member = standings.member(unit_id, account_id)
    if member is None or member.standing != Standing.ADMITTED:
        raise FieldProblem("not_a_member").at("account_id")


def _answer(row: ProjectRow, holder: str | None, language: Language) -> ProjectAnswer:
    return ProjectAnswer(
        id=store.id_of(row),
        number=row.number,
        title=row.title,
        project_class=row.project_class,
        class_name=say("sentences", f"project_{row.project_class}", language),
        year=int(row.year),
        state=row.state,
        state_name=say("sentences", f"project_{row.state}", language),
        assigned_to=holder,
    )
