"""The desk: queue, claim, release, look, decide (REV-02, REV-03)."""

from collections.abc import Callable

from expertgate.caller import Caller
from expertgate.catalogue.rules import working_time
from expertgate.catalogue.store import workdays
from expertgate.errors.review import CaseClaimed, CaseMoved, CaseUnknown, DutyMissing
from expertgate.outbound.change import Change
from expertgate.outbound.world import World
from expertgate.review.actions.following import follow
from expertgate.review.actions.impartial import demand_impartial
from expertgate.review.actions.news import tell_outcome
from expertgate.review.actions.showing import case_answer, file_for_official
from expertgate.review.model import Case, CaseState, Decision, Duty, Outcome, Remark, Wanted
from expertgate.review.requests.desk import CaseAnswer, CaseFileAnswer, DecideCase, QueueAnswer
from expertgate.review.rules import cases as rules
from expertgate.review.store import cases as store
from expertgate.review.store import queues, runs
from expertgate.review.store.counters import NOW, count_event, counts
from expertgate.review.store.deeds import deeds_of
from expertgate.review.store.desks import holder_and_heir, official_and_case
from expertgate.review.store.kinds import due_at, kind_name, kinds

_AT_DESK = (Duty.REVIEWER, Duty.OPERATOR, Duty.SUPERVISOR)
_COUNTED = {Outcome.APPROVE: "approved", Outcome.RETURN: "returned", Outcome.REJECT: "rejected"}


def list_queue(wanted: Wanted, caller: Caller, world: World) -> QueueAnswer:
    """Return a page of the cases at the caller's bureau, oldest due first, with what lies there by kind."""
    bureau = _bureau_of(caller)
    found, cursor = queues.page(bureau, wanted)
    items = [case_answer(one, world, caller) for one in store.cases(world, found)]
    open_now = _open_now(bureau)
    names = {kind: kind_name(kind, caller.language) for kind in open_now}
    return QueueAnswer(items=items, next_cursor=cursor, counts=open_now, kind_names=names)


def claim_case(case_id: str, caller: Caller, world: World) -> CaseAnswer:
    """Take a case; of many who try one gets it, and nobody who may not decide it. Who has left holds nothing, and is told."""
    official, case = official_and_case(world, caller.id, case_id, caller.bureau)
    is_others = case.claimed_by not in {None, official.id}
    taken = rules.claimed(rules.left_behind(case, *holder_and_heir(world, case), official) if is_others else case, official)
    if taken is case:
        return case_answer(case, world, caller)
    change = Change(world, caller)
    store.save(change, case, taken, otherwise=CaseClaimed())
    demand_impartial(change, official, case)
    if is_others:
        from expertgate.review.actions.losing import tell_taken  # noqa: PLC0415 -- only where somebody left it behind

        tell_taken(change, case, "case_taken_back", by=caller.id)
    change.audit("review:case:claimed", subject=f"CASE#{case_id}", round=case.round, level=case.level)
    return change.commit(case_answer(taken, world, caller))


def release_case(case_id: str, caller: Caller, world: World) -> CaseAnswer:
    """Give a case back to the queue."""
    case = store.case_of_chain(world, case_id, caller.bureau)
    free = rules.released(case, caller.id)
    change = Change(world, caller)
    store.save(change, case, free)
    change.audit("review:case:released", subject=f"CASE#{case_id}", round=free.round, level=free.level)
    return change.commit(case_answer(free, world, caller))


def show_case(case_id: str, caller: Caller, world: World) -> CaseFileAnswer:
    """Return a case to an official of its chain; every look is in the audit."""
    bureau = _bureau_of(caller)
    file = store.file_of(world, case_id)
    if bureau not in {level.bureau for level in file.case.chain}:
        raise CaseUnknown
    change = Change(world, caller)
    change.audit("review:case:read", subject=f"CASE#{case_id}", in_full=file.case.claimed_by == caller.id)
    answer = file_for_official(file, world, caller, deeds_of(case_id))
    change.commit(None)
    return answer


def decide_case(case_id: str, request: DecideCase, caller: Caller, world: World, *also: Callable[[Change], None]) -> CaseAnswer:
    """Decide what the official holds and looked at; sent twice it counts once (REV-03).

    What `also` adds is written with the decision or not at all. Raises CaseMoved with the present state for anything that is not there
    any more.
    """
    official, case = official_and_case(world, caller.id, case_id, caller.bureau)
    made = _made(request, caller, world, case)
    try:
        rules.require_expected(case, request.round, request.level, request.version)
        rules.require_may_decide(case, official)
        _require_complete(case, made, world)
        change = Change(world, caller)
        after = _decided(change, case, made)
        demand_impartial(change, official, case)
        for add in also:
            add(change)
        answer = change.commit(case_answer(after, world, caller))
    except CaseMoved:
        return _decided_before(case_id, made, caller, world)
    follow(world, case_id)
    return answer


def _decided(change: Change, case: Case, made: Decision) -> Case:
    """Add the decision and all that comes with it to the change."""
    last = case.is_at_last_level
    after = rules.decided(case, made, kinds()[case.kind], case.due if last else due_at(case.chain[case.level + 1], made.at))
    store.save(change, case, after)
    store.save_decision(change, case.id, made)
    runs.follow_on(change, case.id)
    seconds = int(working_time(workdays(), case.at_level_since, made.at).total_seconds())
    count_event(change, case, case.here, decided=1, seconds=seconds, **{_COUNTED[made.outcome]: 1})
    if after.state in {CaseState.RETURNED, CaseState.REJECTED}:
        tell_outcome(change, after)
    change.audit("review:case:decided", subject=f"CASE#{case.id}", round=case.round, level=case.level, outcome=made.outcome.value)
    return after


def _decided_before(case_id: str, made: Decision, caller: Caller, world: World) -> CaseAnswer:
    """Return the present state to who sent the same decision again; refuse everything else."""
    earlier = store.decision(world, case_id, made.round, made.level)
    case = store.case(world, case_id)
    if earlier is None or not made.says_the_same(earlier):
        raise rules.moved(case)
    follow(world, case_id)
    return case_answer(case, world, caller)


def _made(request: DecideCase, caller: Caller, world: World, case: Case) -> Decision:
    level = case.chain[request.level] if request.level < len(case.chain) else case.here
    return Decision(
        round=request.round,
        level=request.level,
        bureau=level.bureau,
        official_id=caller.id,
        outcome=request.outcome,
        at=world.clock.now(),
        reason=request.reason,
        remarks=tuple(Remark(one.field, one.text) for one in request.remarks),
    )


def _require_complete(case: Case, made: Decision, world: World) -> None:
    form = store.round_of(world, case.id, case.round).form if made.remarks else {}
    rules.require_complete(made, form, kinds()[case.kind])


def _bureau_of(caller: Caller) -> str:
    """Return the bureau at whose desk the caller sits."""
    if caller.bureau is None or not caller.duties & set(_AT_DESK):
        raise DutyMissing
    return caller.bureau


def _open_now(bureau: str) -> dict[str, dict[str, int]]:
    shown = ("in_review", "waiting_return", "suspended")
    return {kind: {name: numbers[name] for name in shown} for (_, _, kind), numbers in counts(NOW, bureau).items()}
