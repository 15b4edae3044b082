"""Documents for a name the register did not confirm: a person looks at them, and says so (ID-02)."""

from dataclasses import replace

from expertgate.account import store as accounts
from expertgate.account.model import Account, RealName
from expertgate.account.people import marks_of_people
from expertgate.caller import Caller
from expertgate.errors.identity import IdentityUnknown
from expertgate.evidence.actions.files import bind, require_all
from expertgate.identity import rules
from expertgate.identity.evidence import EVIDENCE_KIND, proofs, said_by
from expertgate.identity.requests import EvidenceSubmitted, SubmitRealNameEvidence
from expertgate.notice.actions.telling import account as recipient
from expertgate.notice.actions.telling import tell
from expertgate.outbound.change import Change
from expertgate.outbound.world import World
from expertgate.review.actions.opening import Applicant, open_case, resubmit, started
from expertgate.review.model import Case, CaseState
from expertgate.review.store import cases
from expertgate.wording import say


def submit_real_name_evidence(request: SubmitRealNameEvidence, caller: Caller, world: World) -> EvidenceSubmitted:
    """Hand in documents after the automatic check failed, or again after they were returned."""
    row = accounts.row_of(caller.id)
    if row is None:
        raise IdentityUnknown
    account = accounts.to_account(world, row)
    files = proofs(account.kind, request.model_dump())
    open_one = cases.open_case_of(world, EVIDENCE_KIND, accounts.key_of(account.id))
    rules.demand_evidence_due(account, is_returned=open_one is not None and open_one.state is CaseState.RETURNED)
    require_all(world, files, account.id, open_one.id if open_one else None)
    change = Change(world, caller)
    case_id = _handed_in(change, account, files, open_one)
    for evidence_id in files.values():
        bind(change, evidence_id, case_id)
    accounts.save(change, row, replace(account, real_name=RealName.IN_REVIEW))
    change.audit("identity:evidence:submitted", subject=accounts.key_of(account.id), case=case_id)
    message = say("sentences", f"real_name_{RealName.IN_REVIEW}", caller.language)
    answer = change.commit(EvidenceSubmitted(case_id=case_id, real_name=RealName.IN_REVIEW, message=message))
    started(world, case_id)
    return answer


def real_name_decided(change: Change, case: Case, outcome: str) -> None:
    """Settle the account's real name as decided; approval holds for the name and number that were looked at, for no others."""
    row = accounts.row_of(case.applicant.account_id)
    if row is None:
        return
    account = accounts.to_account(change.world, row)
    form = cases.round_of(change.world, case.id, case.round).form
    has_passed = outcome == CaseState.APPROVED and all(form.get(name) == value for name, value in said_by(account).items())
    decided = RealName.PASSED if has_passed else RealName.FAILED
    if account.real_name is not RealName.PASSED:
        accounts.save(change, row, replace(account, real_name=decided))
    change.audit("identity:real_name:decided", subject=accounts.key_of(account.id), case=case.id, outcome=decided.value)
    if outcome != CaseState.WITHDRAWN:
        tell(change, recipient(account.id, account.mobile), "real_name_passed" if has_passed else "real_name_rejected")


def _handed_in(change: Change, account: Account, files: dict[str, str], open_one: Case | None) -> str:
    form: dict[str, object] = {**said_by(account), "attachments": files}
    attachments = list(files.values())
    if open_one is not None:
        resubmit(change, open_one, form, attachments)
        return open_one.id
    held = account.document
    applicant = Applicant(
        account.id,
        account.id if account.unit else None,
        None,
        account.known_as,
        held.unique_key if held else None,
    )
    subject = accounts.key_of(account.id)
    return open_case(
        change,
        kind=EVIDENCE_KIND,
        subject=subject,
        applicant=applicant,
        bureau=None,
        form=form,
        attachments=attachments,
        concerned=marks_of_people(change.world.keys.index, account),
    ).id
