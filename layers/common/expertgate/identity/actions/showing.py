"""How far it is known who somebody is, and what to do next (ID-01, ID-04, ACC-21)."""

from expertgate.account import checks
from expertgate.account import store as accounts
from expertgate.account.model import Account, AccountKind, Checked, RealName
from expertgate.caller import Caller, Language
from expertgate.errors.identity import IdentityUnknown
from expertgate.identity.evidence import EVIDENCE_KIND
from expertgate.identity.requests import IdentityAnswer, IdentityStep, PartAnswer
from expertgate.identity.rules import steps_for
from expertgate.outbound.clock import stamp
from expertgate.outbound.register import Reason
from expertgate.outbound.world import World
from expertgate.review.model import Case, CaseState
from expertgate.review.store import cases
from expertgate.wording import say


def show_identity(caller: Caller, world: World) -> IdentityAnswer:
    """Return the states of the caller's account."""
    account = accounts.account(world, caller.id)
    if account is None:
        raise IdentityUnknown
    is_reviewed = account.real_name is RealName.IN_REVIEW
    reviewed = cases.open_case_of(world, EVIDENCE_KIND, accounts.key_of(account.id)) if is_reviewed else None
    return identity_answer(account, checks.checked(account.id), caller.language, reviewed)


def identity_answer(account: Account, checked: Checked | None, language: Language, reviewed: Case | None = None) -> IdentityAnswer:
    """Return an account's states in the caller's language; `reviewed` is the case of its documents, which may have come back."""
    parts = checked.parts if checked else {}
    is_returned = reviewed is not None and reviewed.state is CaseState.RETURNED
    real_name = "returned" if is_returned else account.real_name.value
    is_person = account.kind is AccountKind.PERSON
    return IdentityAnswer(
        real_name=account.real_name,
        real_name_message=say("sentences", f"real_name_{real_name}", language),
        case_id=reviewed.id if reviewed else None,
        parts=[
            PartAnswer(part=part, reason=Reason(why), message=say("sentences", f"register_{why}", language)) for part, why in parts.items()
        ],
        checked_at=stamp(checked.at) if checked else None,
        real_person=account.real_person if is_person else None,
        real_person_message=say("sentences", f"real_person_{account.real_person.value}", language) if is_person else None,
        next=[
            IdentityStep(step=one, message=say("sentences", f"next_{one}", language)) for one in steps_for(account, is_returned=is_returned)
        ],
    )
