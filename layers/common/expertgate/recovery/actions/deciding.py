"""What a decided application does: a new mobile, a new name, or a one-time code (D-04); `expertgate.effects` names these."""

from dataclasses import replace

from expertgate.account import store as accounts
from expertgate.account.actions.claims import move_claims
from expertgate.account.actions.holders import tell_by_email
from expertgate.account.actions.mobiles import moved_mobile
from expertgate.account.model import Account, AccountKind, Status
from expertgate.account.names import claims_answering
from expertgate.account.store import AccountRow
from expertgate.forms.masks import mask_mobile, mask_number
from expertgate.forms.names import parse_unit_name
from expertgate.notice.actions.telling import account as recipient
from expertgate.notice.actions.telling import mobile_only, tell
from expertgate.outbound.change import Change
from expertgate.recovery import rules
from expertgate.recovery.actions.codes import issue_one_time_code
from expertgate.recovery.actions.taking_over import taken_over, unit_taken_over
from expertgate.recovery.model import AppealReason
from expertgate.review.model import Case, CaseState
from expertgate.review.store import cases
from expertgate.settings import DAY, LIMITS

_APPROVED = CaseState.APPROVED.value
_REJECTED = CaseState.REJECTED.value


def mobile_reset_decided(change: Change, case: Case, outcome: str) -> None:
    """Give the unit the mobile it proved; the old one is told and may object (REC-09)."""
    form, row, account = _about(change, case, outcome)
    mobile = str(form["mobile"])
    if outcome == _REJECTED:
        tell(change, mobile_only(mobile), "mobile_reset_rejected", reason=_reason(change, case))
    if outcome != _APPROVED or row is None or account is None:
        return
    if account.mobile != mobile:  # it may have been the unit's all along, or since: who applied waits for an answer all the same
        accounts.save(change, row, moved_mobile(change, account, mobile, by_sms=False))
    tell(change, mobile_only(mobile), "mobile_reset_approved")


def added_mobile_decided(change: Change, case: Case, outcome: str) -> None:
    """Give the account its first mobile, unless somebody took that one meanwhile (REC-11)."""
    form, row, account = _about(change, case, outcome)
    mobile = str(form["mobile"])
    if outcome == _REJECTED:
        tell(change, mobile_only(mobile), "added_mobile_rejected", reason=_reason(change, case))
    if outcome == _APPROVED and row is not None and account is not None:
        tell(change, mobile_only(mobile), _added(change, row, account, mobile))


def _added(change: Change, row: AccountRow, account: Account, mobile: str) -> str:
    """Give the account the mobile unless it has one by now, or another person this one; return which notice says how it went."""
    if account.mobile is not None:
        return "added_mobile_approved" if account.mobile == mobile else "added_mobile_needless"
    if account.kind is AccountKind.PERSON and accounts.holders(change.world, ("mobile", mobile))[0] is not None:
        return "added_mobile_taken"
    accounts.save(change, row, moved_mobile(change, account, mobile, by_sms=False))
    return "added_mobile_approved"


def appeal_decided(change: Change, case: Case, outcome: str) -> None:
    """Send log-in name and one-time code to the mobile that took the code; rename a renamed unit, put a wrong code right (REC-10, D-04)."""
    form, row, account = _about(change, case, outcome)
    mobile = str(form["mobile"])
    if outcome == _REJECTED:
        tell(change, mobile_only(mobile), "appeal_rejected", reason=_reason(change, case))
    if outcome != _APPROVED or row is None or account is None:
        return
    if not _is_still_meant(change, form, account):
        tell(change, mobile_only(mobile), "appeal_outdated")
        return
    given_back = _given_back(change, form, account)
    if given_back != account:
        accounts.save(change, row, given_back)
    code = issue_one_time_code(change, account.id)
    facts = {"login_name": login_name_of(account), "code": code, "days": LIMITS.one_time_code_life // DAY}
    tell(change, mobile_only(mobile), "appeal_approved", secret_for=LIMITS.one_time_code_life, **facts)
    tell(change, recipient(account.id, account.mobile if account.mobile != mobile else None), "appeal_granted", mobile=mask_mobile(mobile))
    tell_by_email(change, account, "appeal_granted", mobile=mask_mobile(mobile))
    change.audit("recovery:appeal:granted", subject=accounts.key_of(account.id), case=case.id)


def _is_still_meant(change: Change, form: dict[str, object], account: Account) -> bool:
    """Tell whether the appeal may still be for this account: name, number or code may have been corrected while it was reviewed."""
    if account.kind is AccountKind.UNIT:
        return form["reason"] != AppealReason.NAME_BOUND or _is_free_code(change, form, account)
    claims = claims_answering(str(form["document_number"]), AccountKind.PERSON, change.now)
    is_bound = account.document is not None and ("document", account.document.unique_key) in claims
    return is_bound and rules.may_be_named(account, str(form["name"]), AppealReason(str(form["reason"])))


def _is_free_code(change: Change, form: dict[str, object], account: Account) -> bool:
    name, uscc = str(form["unit_name"]), str(form["uscc"])
    return rules.may_be_coded(account, name, uscc) and accounts.holders(change.world, ("uscc", uscc))[0] is None


def _given_back(change: Change, form: dict[str, object], account: Account) -> Account:
    """Return the account as its holder gets it: under the name that was proven, where it had another one or none."""
    # Who lost the account may have lost it to somebody who proved an address of his own: the holder proves his again.
    given_back = replace(account, email_proven=False)
    if form["reason"] == AppealReason.RENAMED:
        return _renamed(change, given_back, str(form["unit_name"]))
    if form["reason"] == AppealReason.NAME_BOUND:
        return unit_taken_over(change, account, str(form["uscc"]), str(form["mobile"]))
    if account.kind is AccountKind.UNIT or rules.has_name(account, str(form["name"])):
        return given_back
    if account.name is None:
        return replace(given_back, name=str(form["name"]))
    return taken_over(change, account, str(form["name"]), str(form["mobile"]))


def login_name_of(account: Account) -> str:
    """Return the name with which the one-time code is used; number and mobile masked: their holder knows them, a carrier need not."""
    number = mask_number(account.document.number) if account.document else None
    mobile = mask_mobile(account.mobile) if account.mobile else None
    return account.user_name or number or mobile or account.id


def _renamed(change: Change, account: Account, unit_name: str) -> Account:
    """Return the unit under its newest name, its claim moved; if another unit took that name meanwhile, only the code is sent."""
    name = parse_unit_name(unit_name)
    taken = accounts.holders(change.world, ("unit_name", name.key))[0]
    if account.unit is None or taken is not None:
        return account
    renamed = replace(account, name=name.display, unit=replace(account.unit, unit_name=name.display, name_key=name.key))
    move_claims(change, account, renamed)
    change.audit("account:unit:renamed", subject=accounts.key_of(account.id))
    return renamed


def _about(change: Change, case: Case, outcome: str) -> tuple[dict[str, object], AccountRow | None, Account | None]:
    """Return the form last handed in, and the account it is about as it stands now, whose holder finds the case among his from now on.

    One that was closed meanwhile gets nothing, and whoever applied is told so.
    """
    form = cases.round_of(change.world, case.id, case.round).form
    row = accounts.row_of(str(form["account_id"]))
    account = accounts.to_account(change.world, row) if row else None
    if account is None or account.status is Status.CLOSED:
        if outcome == _APPROVED:
            tell(change, mobile_only(str(form["mobile"])), "application_account_closed")
        return form, None, None
    cases.list_for(change, case, account.id)
    return form, row, account


def _reason(change: Change, case: Case) -> str:
    decided = cases.decision(change.world, case.id, case.round, case.level)
    return decided.reason if decided and decided.reason else "-"
