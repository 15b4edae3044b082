"""Registration of persons and units (ACC-02, ACC-03, ACC-05)."""

from dataclasses import replace

from expertgate.account import checks, store
from expertgate.account.actions.claims import claim_all
from expertgate.account.actions.codes import use_code
from expertgate.account.actions.comparing import compared
from expertgate.account.consents import agreed
from expertgate.account.documents import Odd, Papers
from expertgate.account.model import Account, AccountKind, Channel, Consent, FirstStep, RealName, Status, UnitFacts
from expertgate.account.real_name import deciding, state_of
from expertgate.account.requests.fields import Consents
from expertgate.account.requests.registration import Registered, RegisterPerson, RegisterPersonByApp, RegisterUnit, Warned
from expertgate.account.rules import Purpose, new_user_name
from expertgate.caller import Caller, CallerKind, Language
from expertgate.forms.dates import shanghai_day
from expertgate.forms.names import parse_unit_name
from expertgate.forms.passwords import Occasion, check_password
from expertgate.forms.uscc import parse_uscc
from expertgate.outbound.change import Change
from expertgate.outbound.limits import count
from expertgate.outbound.passwords import hash_password
from expertgate.outbound.register import Comparison
from expertgate.outbound.sessions import open_gate
from expertgate.outbound.world import World
from expertgate.settings import HOUR, LIMITS, agreements
from expertgate.wording import say

_NEXT = {
    RealName.PASSED: FirstStep.LOG_IN,
    RealName.FAILED: FirstStep.UPLOAD_EVIDENCE,
    RealName.UNCHECKED: FirstStep.CHECK_REAL_NAME_LATER,
}


def register_person(request: RegisterPerson, caller: Caller, world: World) -> Registered:
    """Register a person by document, compared with the register beforehand (ACC-02, ID-01)."""
    change = _begun(caller, world)
    papers = Papers(shanghai_day(change.now))
    document = papers.personal(request, request.social_card, request.validity)
    consents = papers.read("consents", _agreed, request.consents, change)
    own = [request.name, request.document_number, request.mobile]
    papers.read("password", check_password, request.password, request.password_confirmation, Occasion.REGISTRATION, own)
    papers.settle()
    use_code(change, Purpose.REGISTER_PERSON, request.mobile, request.sms_code)
    account = _new(change, AccountKind.PERSON, Channel.WEB, request.mobile, consents)
    account = replace(account, name=request.name, document=document)
    return _opened(change, account, request.password, papers.odd)


def register_person_by_app(request: RegisterPersonByApp, caller: Caller, world: World) -> Registered:
    """Register a person in the app or mini-program; he is not real-named until he says who he is (ACC-03)."""
    change = _begun(caller, world)
    papers = Papers(shanghai_day(change.now))
    consents = papers.read("consents", _agreed, request.consents, change)
    own = [request.mobile]
    papers.read("password", check_password, request.password, request.password_confirmation, Occasion.REGISTRATION, own)
    papers.settle()
    use_code(change, Purpose.REGISTER_PERSON, request.mobile, request.sms_code)
    account = _new(change, AccountKind.PERSON, Channel(request.channel), request.mobile, consents)
    return _opened(change, account, request.password, [])


def register_unit(request: RegisterUnit, caller: Caller, world: World) -> Registered:
    """Register a unit with its legal representative and its main agent (ACC-05)."""
    change = _begun(caller, world)
    papers = Papers(shanghai_day(change.now))
    unit = _unit_facts(request, papers)
    consents = papers.read("consents", _agreed, request.consents, change)
    user_name = papers.read("user_name", new_user_name, request.user_name)
    own = [request.user_name, request.uscc, request.mobile, request.main_agent.name, request.legal_representative.name]
    papers.read("password", check_password, request.password, request.password_confirmation, Occasion.REGISTRATION, own)
    papers.settle()
    use_code(change, Purpose.REGISTER_UNIT, request.mobile, request.sms_code)
    account = _new(change, AccountKind.UNIT, Channel.WEB, request.mobile, consents)
    account = replace(account, user_name=user_name, name=unit.unit_name, unit=unit)
    return _opened(change, account, request.password, papers.odd)


def _begun(caller: Caller, world: World) -> Change:
    count(world, f"register#{caller.client}", LIMITS.registrations_per_client_an_hour, HOUR)
    return Change(world, caller)


def _unit_facts(request: RegisterUnit, papers: Papers) -> UnitFacts:
    name, uscc = parse_unit_name(request.unit_name), parse_uscc(request.uscc)
    papers.odd += [("uscc", rule) for rule in uscc.warnings]
    if uscc.legal_person not in {"", request.legal_person_type.value}:
        papers.odd.append(("legal_person_type", "legal_person_type_unlike_uscc"))
    return UnitFacts(
        unit_name=name.display,
        name_key=name.key,
        uscc=uscc.code,
        legal_person_type=request.legal_person_type,
        legal_representative=papers.representative(request.legal_representative, "legal_representative"),
        main_agent=papers.main_agent(request.main_agent, "main_agent", request.mobile),
    )


def _agreed(consents: Consents, change: Change) -> tuple[Consent, ...]:
    given = {"user_agreement": consents.user_agreement, "privacy_policy": consents.privacy_policy}
    return agreed(given, agreements(), change.now)


def _new(change: Change, kind: AccountKind, channel: Channel, mobile: str, consents: tuple[Consent, ...]) -> Account:
    account_id = change.world.codes.ulid(change.now)
    return Account(account_id, kind, Status.ACTIVE, channel, change.now, mobile=mobile, consents=consents)


def _opened(change: Change, account: Account, password: str, odd: list[Odd]) -> Registered:
    """Write the account with everything it claims, its gate and its password, in one transaction."""
    answers = compared(change.world, account)
    comparison = deciding(answers)
    account = replace(account, real_name=state_of(comparison))
    store.add(change, account, hash_password(password))
    claim_all(change, account)
    if answers:
        checks.keep(change, account.id, answers)
    open_gate(change, account.id, CallerKind(account.kind.value))
    change.audit(
        f"account:{account.kind.value}:registered",
        subject=store.key_of(account.id),
        channel=account.channel.value,
        real_name=account.real_name.value,
    )
    return change.commit(_registered(account, comparison, odd, change.caller.language))


def _registered(account: Account, comparison: Comparison | None, odd: list[Odd], language: Language) -> Registered:
    return Registered(
        account_id=account.id,
        real_name=account.real_name,
        real_name_reason=comparison.reason if comparison else None,
        next=FirstStep.COMPLETE_INFORMATION if comparison is None else _NEXT[account.real_name],
        warnings=[Warned(field=field, rule=rule, message=say("fields", rule, language)) for field, rule in odd],
    )
