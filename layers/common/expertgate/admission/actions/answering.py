"""Putting the outcome of an entry into words: the sentence, the account block, what to do next."""

from expertgate.account.model import Account
from expertgate.admission.actions.arriving import Scene
from expertgate.admission.model import EntryOutcome, ReviewState
from expertgate.admission.requests.entry import AccountBlock, EntryAnswer, NextStep, UnitChoice
from expertgate.admission.rules.duplicates import number_of
from expertgate.caller import Language
from expertgate.catalogue.model import Role, Service
from expertgate.forms.masks import mask_account, mask_mobile, mask_name, mask_number
from expertgate.outbound.world import World
from expertgate.review.model import Case
from expertgate.review.store.cases import case as find_case
from expertgate.review.store.cases import reason_of
from expertgate.wording import say

_SHOWS_ACCOUNT = frozenset({EntryOutcome.SUSPENDED, EntryOutcome.UNIT_PENDING, EntryOutcome.MEMBER_PENDING})
_FORMS = frozenset({EntryOutcome.UNIT_FORM, EntryOutcome.MEMBER_FORM})
# How a form stands that was sent before; any other is to be filled in for the first time.
_SENT_BEFORE = frozenset({ReviewState.RETURNED, ReviewState.REJECTED, ReviewState.WITHDRAWN})
_PARTS = {
    EntryOutcome.UNIT_FORM: "profile",
    EntryOutcome.UNIT_PENDING: "profile",
    EntryOutcome.MEMBER_FORM: "member",
    EntryOutcome.MEMBER_PENDING: "member",
}


def answer_of(scene: Scene, outcome: EntryOutcome, item: Service, world: World, language: Language) -> EntryAnswer:
    """Return the answer of an outcome; 用户ID is shown whole, it says nothing about a person."""
    role = _role(scene, item) if outcome is EntryOutcome.HOME else None
    return EntryAnswer(
        outcome=outcome,
        service=item.code,
        unit_id=scene.unit.id,
        message=_message(scene, outcome, item, world, language),
        account=_block(scene, language) if outcome in _SHOWS_ACCOUNT else None,
        next=tuple(_next(scene, outcome, item, language)),
        role=role.code if role else None,
        role_name=_name(role, language) if role else None,
        ticket=_ticket(scene, item, role, world) if role else None,
        case_id=_case_id(scene, outcome),
    )


def choice_of(units: list[Account], item: Service, language: Language) -> EntryAnswer:
    """Return the question for which unit (ADM-02)."""
    choices = [UnitChoice(unit_id=one.id, unit_name=one.known_as, uscc=one.unit.uscc if one.unit else "") for one in units]
    message = say("sentences", "entry_choose_unit", language)
    return EntryAnswer(outcome=EntryOutcome.CHOOSE_UNIT, service=item.code, message=message, units=tuple(choices))


def _message(scene: Scene, outcome: EntryOutcome, item: Service, world: World, language: Language) -> str:
    """Return the manual's sentence, or what became of the form that was sent before."""
    if outcome in _FORMS and (refusing := scene.found.refused_by):
        return say("sentences", "entry_form_refused", language, _because(world, find_case(world, refusing)))
    if outcome not in _FORMS or scene.case is None or scene.review not in _SENT_BEFORE:
        return say("sentences", f"entry_{outcome}", language, {"service": _name(item, language)})
    if scene.returned is not None and not scene.is_sender:
        return say("sentences", "entry_unit_form_returned_to_sender", language)
    return say("sentences", f"entry_{outcome}_{scene.review}", language, _because(world, scene.case))


def _because(world: World, case: Case) -> dict[str, object]:
    """Return the reason of a rejection as a sentence takes it: with its own full stop, not with a second one."""
    return {"reason": (reason_of(world, case) or "-").rstrip("。.")}


def _case_id(scene: Scene, outcome: EntryOutcome) -> str | None:
    if outcome is EntryOutcome.HOME:
        return None
    return scene.case.id if scene.case else scene.found.refused_by if outcome in _FORMS else None


def _ticket(scene: Scene, item: Service, role: Role, world: World) -> str:
    """Return what the system behind the service reads of who comes in for whom (ADM-16, D-12)."""
    from expertgate.delegation.actions.tickets import Entry, issue_ticket  # noqa: PLC0415 -- only for who is let in

    roles, grant = (role.code,), scene.grant
    if grant is None:
        return issue_ticket(world, Entry(item.code, scene.unit.id, roles))
    return issue_ticket(world, Entry(item.code, scene.unit.id, roles, grant.agent_id, grant.id, grant.period.ends))


def _role(scene: Scene, item: Service) -> Role:
    if scene.found.member is not None and item.needs_admission:
        return next(role for role in item.roles if role.code == scene.found.member.role)
    return item.role_of("unit" if scene.me.id == scene.unit.id else "agent")


def _name(named: Role | Service, language: Language) -> str:
    return named.name if language is Language.ZH else named.english


def _block(scene: Scene, language: Language) -> AccountBlock:
    me, number = scene.me, number_of(scene.me)
    facts = scene.unit.unit
    agent = me.unit.main_agent if me.unit else None
    holder = agent.name if agent else me.name
    return AccountBlock(
        user_id=me.id,
        user_type=say("sentences", f"user_type_{me.kind}", language),
        name=mask_name(holder) if holder else "",
        document_number=mask_number(number) if number else "",
        mobile=mask_mobile(me.mobile) if me.mobile else "",
        account=mask_account(me.user_name) if me.user_name else mask_mobile(me.mobile or ""),
        unit_name=scene.unit.known_as,
        uscc=mask_number(facts.uscc) if facts else "",
    )


def _next(scene: Scene, outcome: EntryOutcome, item: Service, language: Language) -> list[NextStep]:
    if outcome is EntryOutcome.HOME:
        home = [("GET", f"/v1/units/{scene.unit.id}/home", "home")] if item.needs_admission else []
        return [_step(*one, language) for one in home]
    if outcome not in _PARTS:
        return [_step("GET", "/v1/messages", "wait_for_sms", language)]
    path = f"/v1/units/{scene.unit.id}/{_PARTS[outcome]}"
    steps = [("GET", path, "see_form")]
    if outcome in _FORMS and scene.returned is None:
        steps.append(("POST", path, "fill_form"))
    elif outcome in _FORMS and scene.is_sender:
        steps.append(("POST", f"{path}/corrections", "correct_form"))
    if scene.may_withdraw:
        steps.append(("POST", f"{path}/withdrawals", "withdraw_form"))
    return [_step(*one, language) for one in steps]


def _step(method: str, path: str, word: str, language: Language) -> NextStep:
    return NextStep(method=method, path=path, text=say("sentences", f"next_{word}", language))
