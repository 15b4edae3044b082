"""Former administrators of a unit, for support staff (ADM-15)."""

from expertgate.account.store import accounts, unit_by_uscc
from expertgate.admission.requests.members import AdministratorAnswer, AdministratorsAnswer
from expertgate.admission.store import standings
from expertgate.admission.store.standings import MemberRow
from expertgate.caller import Caller
from expertgate.errors.delegation import UnitUnknown
from expertgate.forms.masks import mask_mobile, mask_name
from expertgate.forms.problems import told_at
from expertgate.forms.uscc import parse_uscc
from expertgate.outbound.change import Change
from expertgate.outbound.world import World
from expertgate.review.model import Duty
from expertgate.review.rules.officials import require_duty
from expertgate.wording import say


def list_former_administrators(uscc: str, caller: Caller, world: World) -> AdministratorsAnswer:
    """Return who administers or administered a unit, masked; the look is on record.

    Raises DutyMissing, UnitUnknown.
    """
    require_duty(caller, Duty.SUPPORT)
    unit = unit_by_uscc(world, _code_of(uscc))
    if unit is None:
        raise UnitUnknown
    rows, complete = standings.administrators(unit.id)
    names = {one.id: one.known_as for one in accounts(world, (standings.member_id(row) for row in rows))}
    change = Change(world, caller)
    change.audit("admission:administrators:read", subject=standings.unit_key(unit.id), count=len(rows))
    items = [_answer(row, names.get(standings.member_id(row), ""), caller, world) for row in rows]
    return change.commit(AdministratorsAnswer(unit_id=unit.id, unit_name=unit.known_as, items=items, complete=complete))


def _code_of(typed: str) -> str:
    with told_at("uscc"):
        return parse_uscc(typed).code


def _answer(row: MemberRow, name: str, caller: Caller, world: World) -> AdministratorAnswer:
    form = standings.form_of(world, row)
    mobile = form.get("mobile")
    return AdministratorAnswer(
        account_id=standings.member_id(row),
        user_name=str(form.get("user_name") or ""),
        name=mask_name(str(form.get("name_zh") or name)),
        mobile=mask_mobile(str(mobile)) if mobile else "",
        standing=row.standing,
        standing_name=say("sentences", f"standing_{row.standing}", caller.language),
        since=row.admitted_at,
        until=row.retired_at,
        successor=row.joined_into,
    )
