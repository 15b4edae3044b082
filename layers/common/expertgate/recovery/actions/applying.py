"""Handing a recovery to a human: its evidence, its case, and the same again after a return (REC-09 to REC-11)."""

from dataclasses import replace

from expertgate.account.model import Account
from expertgate.account.people import marks_of_people
from expertgate.account.store import key_of
from expertgate.errors.recovery import TooManyRecoveries
from expertgate.errors.review import CaseAlreadyOpen
from expertgate.evidence.actions.files import bind, require_all
from expertgate.notice.actions.telling import mobile_only, tell
from expertgate.outbound.change import Change
from expertgate.outbound.limits import count
from expertgate.records import Record
from expertgate.recovery import rules, store
from expertgate.recovery.actions.answers import application_answer
from expertgate.recovery.actions.opening import owner_of, subject_of
from expertgate.recovery.requests.answers import RecoveryAnswer
from expertgate.recovery.store import Opened
from expertgate.review.actions.ending import withdraw
from expertgate.review.actions.opening import Applicant, open_case, resubmit, started
from expertgate.review.model import CaseState
from expertgate.review.store import cases
from expertgate.settings import HOUR, LIMITS


class Application(Record):
    """What is applied for: the kind of case, the account it is about, who asks, the form, the files by purpose."""

    kind: str
    account: Account
    name: str
    mobile: str
    form: dict[str, object]
    files: dict[str, str]


def count_application(change: Change) -> None:
    """Count before anything is looked up: a form with a number in it must not become a way to ask for accounts (D-03)."""
    limit = LIMITS.recoveries_per_target_an_hour
    count(change.world, f"recovery_applied#{change.caller.client}", limit, HOUR, TooManyRecoveries)


def apply_with(change: Change, was: Opened, applied: Application) -> RecoveryAnswer:
    """Open the case, or submit it again after a return, and commit; the account it is about learns nothing before a decision."""
    world, recovery = change.world, was.recovery
    require_all(world, applied.files, owner_of(recovery), recovery.case_id)
    form: dict[str, object] = {**applied.form, "attachments": applied.files, "account_id": applied.account.id, "mobile": applied.mobile}
    case_id = _opened(change, was, applied, form) if recovery.case_id is None else _resubmitted(change, recovery.case_id, applied, form)
    for evidence_id in applied.files.values():
        bind(change, evidence_id, case_id)
    waiting = rules.submitted(recovery, case_id, applied.mobile, change.now)
    store.save(change, was, waiting)
    change.audit("recovery:evidence:submitted", subject=subject_of(waiting), recovery=recovery.id, case=case_id)
    answer = _committed(change, applied, application_answer(waiting, change.caller, world))
    started(world, case_id)
    return answer


def _committed(change: Change, applied: Application, answer: RecoveryAnswer) -> RecoveryAnswer:
    """Commit; an application that was returned and lies with somebody else, or with a page that was lost, gives way to this one."""
    try:
        return change.commit(answer)
    except CaseAlreadyOpen:
        _clear_the_way(change, applied)
        return change.commit(answer)


def _clear_the_way(change: Change, applied: Application) -> None:
    """Withdraw a returned application, and tell its applicant: only the ticket of its recovery could bring it on, or end it.

    Raises CaseAlreadyOpen where it is being reviewed.
    """
    world = change.world
    old = cases.open_case_of(world, applied.kind, key_of(applied.account.id))
    if old is None:
        return
    if old.state is not CaseState.RETURNED:
        raise CaseAlreadyOpen
    before = Change(world, replace(change.caller, repeat=None))  # the request's answer belongs to the change that follows
    withdraw(before, old)
    if old.applicant.mobile is not None and old.applicant.mobile != applied.mobile:
        tell(before, mobile_only(old.applicant.mobile), "application_replaced")
    before.commit(None)
    started(world, old.id)


def _opened(change: Change, was: Opened, applied: Application, form: dict[str, object]) -> str:
    document = applied.account.document
    applicant = Applicant(was.recovery.id, None, applied.mobile, applied.name, document.unique_key if document else None)
    return open_case(
        change,
        kind=applied.kind,
        subject=key_of(applied.account.id),
        applicant=applicant,
        bureau=None,
        form=form,
        attachments=list(applied.files.values()),
        concerned=marks_of_people(change.world.keys.index, applied.account),
    ).id


def _resubmitted(change: Change, case_id: str, applied: Application, form: dict[str, object]) -> str:
    resubmit(change, cases.case(change.world, case_id), form, list(applied.files.values()))
    return case_id
