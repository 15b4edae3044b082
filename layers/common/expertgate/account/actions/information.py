"""Own data: completed (ACC-19) and changed (ACC-18); what the register confirmed stays as it confirmed it."""

from collections.abc import Mapping
from dataclasses import replace

from expertgate.account import checks, store
from expertgate.account.actions.claims import move_claims
from expertgate.account.actions.comparing import compared
from expertgate.account.actions.holders import tell_left_email
from expertgate.account.actions.showing import rows_of
from expertgate.account.documents import Odd, Papers
from expertgate.account.model import Account, Part, RealName
from expertgate.account.real_name import deciding, objections, state_of
from expertgate.account.requests.information import ChangeInformation, CompleteInformation, InformationKept
from expertgate.account.requests.registration import Warned
from expertgate.account.rules import changed_fields, demand_changeable, lacks_information, missing_information, with_unit_change
from expertgate.account.store import AccountRow
from expertgate.caller import Caller, CallerKind
from expertgate.errors.account import InformationComplete, RegisterDiffers, RegisterUnavailable
from expertgate.errors.edge import CallerKindRefused, ChangedMeanwhile
from expertgate.forms.dates import shanghai_day
from expertgate.notice.actions.telling import account as recipient
from expertgate.notice.actions.telling import tell
from expertgate.outbound.change import Change
from expertgate.outbound.register import Comparison, Outcome
from expertgate.outbound.standing import rest_grants
from expertgate.outbound.world import World
from expertgate.settings import agreements
from expertgate.wording import say


def complete_information(request: CompleteInformation, caller: Caller, world: World) -> InformationKept:
    """Give the starred fields that are missing; the register is asked at once (ACC-19, ID-01).

    Raises InformationComplete, DocumentBound, DocumentRegistered.
    """
    row, _, _ = rows_of(caller)
    before = store.to_account(world, row)
    if not lacks_information(before):
        raise InformationComplete
    papers = Papers(shanghai_day(world.clock.now()))
    document = papers.personal(request, request.social_card, request.validity)
    papers.settle()
    after = replace(before, name=request.name, document=document)
    return _kept(Change(world, caller), row, before, after, papers.odd)


def change_information(request: ChangeInformation, caller: Caller, world: World) -> InformationKept:
    """Change own data; a real-named document number is fixed (ACC-18).

    Raises DocumentBound, InformationInReview, RegisterDiffers, ChangedMeanwhile.
    """
    row, _, _ = rows_of(caller)
    if request.version != row.version:
        raise ChangedMeanwhile
    before = store.to_account(world, row)
    papers = Papers(shanghai_day(world.clock.now()))
    change_of = _changed_person if caller.kind is CallerKind.PERSON else _changed_unit
    after = change_of(before, request, papers)
    papers.settle()
    return _kept(Change(world, caller), row, before, after, papers.odd)


def _changed_person(before: Account, request: ChangeInformation, papers: Papers) -> Account:
    if request.unit or request.legal_representative or request.main_agent:
        raise CallerKindRefused
    after = _reached(before, request)
    if request.person is None:
        return after
    document = papers.personal(request.person, request.person.social_card, request.person.validity)
    return replace(after, name=request.person.name, document=document)


def _changed_unit(before: Account, request: ChangeInformation, papers: Papers) -> Account:
    if request.person or before.unit is None:
        raise CallerKindRefused
    unit = with_unit_change(before.unit, request.unit.model_dump(exclude_none=True) if request.unit else {})
    if request.legal_representative:
        unit = replace(unit, legal_representative=papers.representative(request.legal_representative, "legal_representative"))
    if request.main_agent:
        unit = replace(unit, main_agent=papers.main_agent(request.main_agent, "main_agent", before.mobile))
    return replace(_reached(before, request), name=unit.unit_name, unit=unit)


def _reached(before: Account, request: ChangeInformation) -> Account:
    """Return the account with its contact; another e-mail address has still to be proven before it opens anything."""
    email = request.email or before.email
    return replace(
        before, email=email, email_proven=before.email_proven and email == before.email, landline=request.landline or before.landline
    )


def _kept(change: Change, row: AccountRow, before: Account, after: Account, odd: list[Odd]) -> InformationKept:
    """Write the change with its claims, after the register was asked where it matters; no change is none, and nobody is alarmed."""
    fields = changed_fields(before, after)
    if not fields:
        return _answer(change, before, None, odd, int(row.version))
    demand_changeable(before, after, fields)
    answers = compared(change.world, after) if "identity" in fields else {}
    comparison = deciding(answers)
    if comparison is not None:
        after = replace(after, real_name=_real_name(before, after, answers))
        checks.keep(change, after.id, answers)
    move_claims(change, before, after)
    if "legal_representative" in fields and before.unit and before.unit.legal_representative:
        rest_grants(change, before.id, "new_legal_representative")
    store.save(change, row, after)
    change.audit("account:information:changed", subject=store.key_of(after.id), fields=sorted(fields), real_name=after.real_name.value)
    tell(change, recipient(after.id), "information_changed", fields=sorted(fields))
    tell_left_email(change, before, after)
    return change.commit(_answer(change, after, comparison, odd, int(row.version)))


def _real_name(before: Account, after: Account, answers: Mapping[Part, Comparison]) -> RealName:
    """Return the state after the register was asked about the changed account; a real-named one can only become what is registered."""
    comparison = deciding(answers)
    if before.real_name is not RealName.PASSED:
        return state_of(comparison)
    if state_of(comparison) is RealName.FAILED:
        comparison = deciding(objections(before, after, answers, checks.checked(before.id)))
    if comparison is not None and comparison.outcome is Outcome.FAILED:
        raise RegisterDiffers(reason=comparison.reason.value)
    if comparison is not None and not comparison.has_passed:
        raise RegisterUnavailable
    return RealName.PASSED


def _answer(change: Change, after: Account, comparison: Comparison | None, odd: list[Odd], version: int) -> InformationKept:
    return InformationKept(
        real_name=after.real_name,
        real_name_reason=comparison.reason if comparison else None,
        version=version,
        missing=missing_information(after, agreements()),
        warnings=[Warned(field=field, rule=rule, message=say("fields", rule, change.caller.language)) for field, rule in odd],
    )
