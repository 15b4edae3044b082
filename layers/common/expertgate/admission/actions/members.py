"""The users of a unit in the project system, for its administrator, who assigns projects to them (ADM-14)."""

from expertgate.admission.actions.projects import at_home, is_administrator
from expertgate.admission.requests.members import MemberAnswer, MembersAnswer
from expertgate.admission.store import standings
from expertgate.admission.store.standings import MemberRow
from expertgate.caller import Caller
from expertgate.errors.admission import NotTheAdministrator
from expertgate.forms.masks import mask_name
from expertgate.outbound.world import World


def list_members(unit_id: str, size: int, cursor: str | None, caller: Caller, world: World) -> MembersAnswer:
    """Return a page of the unit's users, retired ones too. Raises NotTheAdministrator."""
    if not is_administrator(at_home(caller, world, unit_id)):
        raise NotTheAdministrator
    rows = standings.members(unit_id, size, cursor)
    following = standings.member_id(rows[-1]) if len(rows) == size else None
    return MembersAnswer(items=[_answer(row, world) for row in rows], next_cursor=following)


def _answer(row: MemberRow, world: World) -> MemberAnswer:
    form = standings.form_of(world, row)
    return MemberAnswer(
        account_id=standings.member_id(row),
        user_name=str(form.get("user_name", "")),
        name=mask_name(str(form.get("name_zh", ""))),
        role=row.role,
        standing=row.standing,
    )
