"""What supervisors and the administrator do: see, move, disable officials, invite them again (REV-06)."""

from dataclasses import replace

from expertgate.caller import Caller, Language
from expertgate.catalogue.store import NATIONAL
from expertgate.errors.review import AdministratorHimself, OfficialInactive
from expertgate.outbound.change import Change
from expertgate.outbound.sessions import close_gate, gate_of, move_epoch
from expertgate.outbound.world import World
from expertgate.review.actions.moving import carry_out
from expertgate.review.actions.officials import invite_again, require_bureau
from expertgate.review.actions.showing import name_of
from expertgate.review.model import Duty, Official, OfficialStatus
from expertgate.review.requests.officials import Invited, MoveOfficial, OfficialAnswer, OfficialsAnswer
from expertgate.review.rules.officials import loses_work, require_duty, require_fit
from expertgate.review.store import jobs, officials
from expertgate.wording import say


def list_officials(bureau: str | None, caller: Caller, world: World, size: int, cursor: str | None) -> OfficialsAnswer:
    """Return a page of a bureau's officials: the administrator may name any, a supervisor sees his own; each look is on record."""
    require_duty(caller, Duty.ADMINISTRATOR, Duty.SUPERVISOR)
    is_administrator = Duty.ADMINISTRATOR in caller.duties
    asked = (bureau if is_administrator else None) or caller.bureau or NATIONAL
    found, following = officials.officials_of(world, asked, size, cursor)
    change = Change(world, caller)
    change.audit("review:roster:seen", subject=f"BUREAU#{asked}", officials=[one.id for one in found])
    return change.commit(OfficialsAnswer(items=[_answer(one, caller.language) for one in found], next_cursor=following))


def disable_official(official_id: str, caller: Caller, world: World) -> OfficialAnswer:
    """Let an official in no more; his sessions end at once, his cases go back to their queues.

    Raises AdministratorHimself.
    """
    require_duty(caller, Duty.ADMINISTRATOR)
    if official_id == caller.id:
        raise AdministratorHimself
    one, gate, change = officials.official(world, official_id), gate_of(official_id), Change(world, caller)
    officials.require_administrator(change, caller.id)
    officials.disable(change, one)
    if gate is not None:
        close_gate(change, gate, closed=True)
    jobs.order(change, one.id)
    change.audit("review:official:disabled", subject=f"OFFICIAL#{one.id}")
    answer = change.commit(_answer(replace(one, status=OfficialStatus.DISABLED), caller.language))
    carry_out(one.id, caller, world)
    return answer


def move_official(official_id: str, request: MoveOfficial, caller: Caller, world: World) -> OfficialAnswer:
    """Give an official another bureau or other duties; he logs in anew, what is not his any more goes back to the queue.

    Raises AdministratorHimself where one would give up that duty.
    """
    require_duty(caller, Duty.ADMINISTRATOR)
    is_himself = official_id == caller.id
    if is_himself and Duty.ADMINISTRATOR not in request.duties:
        raise AdministratorHimself
    require_fit(request.bureau, request.duties, NATIONAL)
    require_bureau(request.bureau)
    one, gate, change = officials.official(world, official_id), gate_of(official_id), Change(world, caller)
    if one.status is OfficialStatus.DISABLED:
        raise OfficialInactive
    if not is_himself:
        officials.require_administrator(change, caller.id)
    officials.place(change, one, request.bureau, request.duties)
    if gate is not None:
        move_epoch(change, gate)
    if loses_work(one, request.bureau, request.duties):
        jobs.order(change, one.id)
    change.audit("review:official:moved", subject=f"OFFICIAL#{one.id}", left=one.bureau, to=request.bureau, duties=sorted(request.duties))
    answer = change.commit(_answer(replace(one, bureau=request.bureau, duties=request.duties), caller.language))
    carry_out(one.id, caller, world)
    return answer


def invite_official(official_id: str, caller: Caller, world: World) -> Invited:
    """Let an official set up his log-in anew: his second factor is lost, or he was disabled and comes back."""
    require_duty(caller, Duty.ADMINISTRATOR)
    change = Change(world, caller)
    answer = invite_again(change, officials.row_of(official_id))
    jobs.order(change, official_id)
    change.commit(answer)
    carry_out(official_id, caller, world)
    return answer


def _answer(one: Official, language: Language) -> OfficialAnswer:
    return OfficialAnswer(
        id=one.id,
        user_name=one.user_name,
        name=one.name,
        bureau=one.bureau,
        bureau_name=name_of(one.bureau, language),
        duties=one.duties,
        duty_names=[say("sentences", f"duty_{duty}", language) for duty in sorted(one.duties)],
        status=one.status,
        status_name=say("sentences", f"official_{one.status}", language),
    )
