"""Members of the old project system: brought in from a file, taken over by who has their name (ADM-17)."""

from typing import Any

from pydantic import ValidationError

from expertgate.account.store import unit_by_uscc
from expertgate.admission.model import Standing
from expertgate.admission.requests.legacy import LegacyMember
from expertgate.admission.requests.projects import RegisterProject
from expertgate.admission.store import projects, standings
from expertgate.admission.store.names import LegacyRow, legacy_key
from expertgate.admission.store.projects import ProjectRow
from expertgate.admission.store.standings import PROFILE, MemberRow, UnitRow
from expertgate.caller import Caller
from expertgate.errors.admission import LegacyMemberKnown, ProjectNumberTaken
from expertgate.outbound.change import Change
from expertgate.outbound.clock import stamp
from expertgate.outbound.world import World

_BY = "legacy"


def import_legacy_members(event: dict[str, Any], caller: Caller, world: World) -> dict[str, Any]:
    """Bring in members with their projects; running it again adds what is missing and nothing twice. Says what was refused and why."""
    told: dict[str, Any] = {"imported": 0, "known": 0, "projects": 0, "refused": []}
    for number, line in enumerate(event.get("lines", []), 1):
        told["refused"] += [{"line": number, "reason": reason} for reason in _line(line, told, caller, world)]
    return told


def _line(line: object, told: dict[str, Any], caller: Caller, world: World) -> list[str]:
    """Bring in a member and his projects; return what of it was refused."""
    try:
        typed = LegacyMember.model_validate(line)
    except ValidationError as exc:
        return [", ".join(sorted({".".join(map(str, one["loc"])) or "line" for one in exc.errors()}))]
    unit = unit_by_uscc(world, typed.uscc)
    if unit is None:
        return ["unit_unknown"]
    told["imported" if _member(typed, unit.id, caller, world) else "known"] += 1
    there = [one.number for one in typed.projects if not _project(one, typed, unit.id, caller, world)]
    told["projects"] += len(typed.projects) - len(there)
    return [f"project_number_taken: {one}" for one in _of_others(unit.id, there)]


def _of_others(unit_id: str, numbers: list[str]) -> list[str]:
    """Return the numbers that are not there because they were brought in before: another unit has them."""
    known = projects.by_number(unit_id, numbers)
    return [one for one in numbers if one not in known]


def _member(typed: LegacyMember, unit_id: str, caller: Caller, world: World) -> bool:
    change = Change(world, caller)
    place, now = legacy_key(world, typed.user_name), stamp(change.now)
    member_id = _member_id(place)
    change.put(LegacyRow(pk=place, sk=standings.unit_key(unit_id), member_id=member_id), otherwise=LegacyMemberKnown())
    row = MemberRow(pk=standings.unit_key(unit_id), sk=standings.member_key(member_id), role=typed.role, marks=[])
    row.standing, row.submitted_at, row.admitted_at = Standing.ADMITTED, now, now
    row.seal(world.keys, {"form": {"user_name": typed.user_name, "name_zh": typed.name_zh, "mobile": typed.mobile}})
    change.put(row)
    if standings.unit(unit_id) is None:
        known = UnitRow(pk=row.pk, sk=PROFILE, standing=Standing.ADMITTED, submitted_by=member_id, submitted_at=now, marks=[])
        known.bureau = typed.bureau
        change.put(known)
    change.audit("admission:legacy_member:imported", subject=row.pk, member=member_id, role=typed.role.value)
    try:
        change.commit(None)
    except LegacyMemberKnown:
        return False
    return True


def _project(asked: RegisterProject, typed: LegacyMember, unit_id: str, caller: Caller, world: World) -> bool:
    change = Change(world, caller)
    row = ProjectRow(pk=standings.unit_key(unit_id), sk=f"PROJECT#{world.codes.ulid(change.now)}")
    row.number, row.title, row.year = asked.number, asked.title, asked.year
    row.project_class, row.state, row.changed_at = asked.project_class, asked.state, stamp(change.now)
    row.desk = _member_id(legacy_key(world, typed.user_name))
    projects.register(change, row, _BY)
    try:
        change.commit(None)
    except ProjectNumberTaken:
        return False
    return True


def _member_id(place: str) -> str:
    return f"LEGACY-{place.removeprefix('LEGACY#')[:20]}"
