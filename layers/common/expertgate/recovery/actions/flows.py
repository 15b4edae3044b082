"""How a recovery begins (REC-01)."""

from expertgate.account.actions.captchas import demand_captcha
from expertgate.account.model import Account, AccountKind
from expertgate.caller import Caller
from expertgate.errors.recovery import TooManyRecoveries
from expertgate.outbound.change import Change
from expertgate.outbound.limits import Counted, count, count_in_total
from expertgate.outbound.world import World
from expertgate.recovery import rules, store
from expertgate.recovery.actions.answers import recovery_answer
from expertgate.recovery.actions.codes import account_of_code
from expertgate.recovery.actions.finding import find_account, find_by_login_name
from expertgate.recovery.actions.opening import subject_of
from expertgate.recovery.model import Kind
from expertgate.recovery.requests.answers import RecoveryStarted
from expertgate.recovery.requests.starting import StartRecovery
from expertgate.settings import HOUR, LIMITS, MINUTE


def start_recovery(request: StartRecovery, caller: Caller, world: World) -> RecoveryStarted:
    """Begin a recovery; what can be verified at once is (REC-02 to REC-11)."""
    given = request.model_dump(exclude={"kind", "captcha"})
    rules.demand_fields(request.kind, given)
    failure = _count(request, [str(one) for one in given.values() if one], caller, world)
    change = Change(world, caller)
    recovery_id = world.codes.ulid(change.now)
    account = _account(change, request, recovery_id)
    failure.give_back()  # only failures ask for a captcha
    recovery = rules.begun(recovery_id, request.kind, account.id if account else None, request.mobile, change.now)
    ticket = world.codes.secret()
    store.add(change, recovery, ticket)
    change.audit("recovery:flow:begun", subject=subject_of(recovery), recovery=recovery.id, kind=recovery.kind.value)
    answer = recovery_answer(recovery, account, caller, world)
    return change.commit(RecoveryStarted(**answer.model_dump(), ticket=ticket))


def _account(change: Change, request: StartRecovery, recovery_id: str) -> Account | None:
    world, now = change.world, change.now
    if request.kind is Kind.ONE_TIME_CODE:
        return account_of_code(change, request.login_name or "", request.one_time_code or "", recovery_id)
    if request.kind in rules.BY_NAME_ALONE:
        account = find_by_login_name(request.login_name or "", now, world)
        return account if rules.is_findable(account, AccountKind.PERSON) else None
    return find_account(request, now, world)


def _count(request: StartRecovery, named: list[str], caller: Caller, world: World) -> Counted:
    """Count per target, client and in total before anything is looked up; return the failure this is until it succeeds."""
    target = world.keys.digest("recovery", "|".join([request.kind, *named]))[:32]
    count(world, f"recovery#{target}", LIMITS.recoveries_per_target_an_hour, HOUR, TooManyRecoveries)
    count(world, f"recovery#{caller.client}", LIMITS.recoveries_per_client_an_hour, HOUR, TooManyRecoveries)
    count_in_total(world, "recovery", LIMITS.recoveries_in_total_a_minute, MINUTE)
    failure = count(world, f"recovery_failed#{caller.client}", LIMITS.recoveries_per_client_an_hour, HOUR, TooManyRecoveries)
    if failure.times > LIMITS.recovery_failures_before_captcha:
        demand_captcha(world, request.captcha)
    return failure
