"""The users of a unit in the project system, for its administrator, who assigns projects to them (ADM-14)."""

from expertgate.admission.actions.projects import at_home, is_administrator
from expertgate.admission.model import PROJECT_SYSTEM
from expertgate.admission.requests.members import MemberAnswer, MembersAnswer
from expertgate.admission.store import standings
from expertgate.admission.store.standings import MemberRow
from expertgate.caller import Caller
from expertgate.catalogue.store import service
from expertgate.errors.admission import NotTheAdministrator
from expertgate.forms.masks import mask_name
from expertgate.outbound.world import World
from expertgate.wording import say


def list_members(unit_id: str, size: int, cursor: str | None, caller: Caller, world: World) -> MembersAnswer:
    """Return a page of the unit's users, retired ones too. Raises NotTheAdministrator."""
    if not is_administrator(at_home(caller, world, unit_id)):
        raise NotTheAdministrator
    rows, following = standings.members(unit_id, size, cursor)
    return MembersAnswer(items=[_answer(row, caller, world) for row in rows], next_cursor=following)


def _answer(row: MemberRow, caller: Caller, world: World) -> MemberAnswer:
    form, words = standings.form_of(world, row), {one.code: one.words for one in service(PROJECT_SYSTEM).roles}
    return MemberAnswer(
        account_id=standings.member_id(row),
        user_name=str(form.get("user_name", "")),
        name=mask_name(str(form.get("name_zh", ""))),
        role=row.role,
        role_name=words[row.role][caller.language.value],
        standing=row.standing,
        standing_name=say("sentences", f"standing_{row.standing}", caller.language),
    )
