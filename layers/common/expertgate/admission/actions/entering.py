"""Entering a service: one of five outcomes, the manual's sentence, what to do next (ADM-01, ADM-02, ADM-03, ADM-16)."""

from dataclasses import replace

from expertgate.account.store import accounts
from expertgate.admission.actions.answering import answer_of, choice_of
from expertgate.admission.actions.arriving import Scene, arrive
from expertgate.admission.actions.settling import until_settled
from expertgate.admission.model import EntryOutcome, Likeness, Standing, Subject
from expertgate.admission.requests.entry import EnterService, EntryAnswer
from expertgate.admission.rules.duplicates import likenesses, marks_of_account, unsettled, was_refused
from expertgate.admission.store import marks as store
from expertgate.caller import Caller, CallerKind
from expertgate.catalogue.model import Service
from expertgate.catalogue.store import service as service_item
from expertgate.delegation.actions.authority import Question, grants_of_agent, verdicts
from expertgate.errors.admission import AccountRefused, AccountRetired, ServiceUnknown
from expertgate.errors.delegation import NoAuthority
from expertgate.forms.problems import FieldProblem
from expertgate.outbound.change import Change
from expertgate.outbound.world import World


def enter_service(service: str, request: EnterService, caller: Caller, world: World) -> EntryAnswer:
    """Return where entering leads to.

    Raises NoAuthority, RealPersonCheckFirst, AccountRetired, AccountRefused; a person who acts for several units chooses first.
    """
    item = _item(service)
    units = [request.unit_id] if request.unit_id else _units_of(caller, world, service)
    if not units:
        raise _refusal(caller, world, service)
    if len(units) > 1:
        return choice_of(accounts(world, units), item, caller.language)
    if caller.kind is CallerKind.UNIT:
        from expertgate.delegation.actions.opening import open_service  # noqa: PLC0415 -- a person's entry does without

        open_service(service, replace(caller, repeat=None), world)
    return until_settled(lambda: _entered(item, units[0], caller, world))


def _entered(item: Service, unit_id: str, caller: Caller, world: World) -> EntryAnswer:
    scene = arrive(caller, world, unit_id, item.code)
    if not item.needs_admission:
        return answer_of(scene, EntryOutcome.HOME, item, world, caller.language)
    outcome = scene.outcome
    if outcome is EntryOutcome.REFUSED:
        raise AccountRetired
    if outcome is EntryOutcome.MEMBER_FORM and scene.returned is None:
        if _took_over(scene, caller, world):
            return _entered(item, unit_id, caller, world)
        outcome = _first_entry(scene, caller, world)
    return answer_of(scene, outcome, item, world, caller.language)


def _took_over(scene: Scene, caller: Caller, world: World) -> bool:
    """Take over the member of the old project system that has the account's name in this unit (ADM-17)."""
    if scene.me.user_name is None:
        return False
    from expertgate.admission.store.names import legacy_member  # noqa: PLC0415 -- only at an account's first entry

    old = legacy_member(world, scene.me.user_name, scene.unit.id)
    if old is None or old.standing != Standing.ADMITTED:
        return False
    from expertgate.admission.actions.joining import take_over  # noqa: PLC0415 -- the same

    change = Change(world, replace(caller, repeat=None))
    take_over(change, scene.me.id, old)
    change.commit(None)
    return True


def _first_entry(scene: Scene, caller: Caller, world: World) -> EntryOutcome:
    """Look for another account with the same number or mobile before the form is shown (D-07)."""
    alike = _alike(scene, world)
    if not alike:
        return EntryOutcome.MEMBER_FORM
    hold = scene.found.hold
    if hold is not None and was_refused(scene.found.hold_state, [one["account_id"] for one in hold.others], alike):
        raise AccountRefused
    return _suspended(scene, alike, Change(world, replace(caller, repeat=None)))


def _suspended(scene: Scene, alike: tuple[Likeness, ...], change: Change) -> EntryOutcome:
    from expertgate.admission.actions.suspending import open_hold  # noqa: PLC0415 -- rare, and it loads the review desk
    from expertgate.review.actions.opening import started  # noqa: PLC0415 -- the same

    case_id = open_hold(change, scene, Subject.ENTRY, alike, None)
    change.commit(None)
    started(change.world, case_id)
    return EntryOutcome.SUSPENDED


def _alike(scene: Scene, world: World) -> tuple[Likeness, ...]:
    places = {mark: store.place_of(world, mark) for mark in marks_of_account(scene.me)}
    alike = likenesses(scene.me.id, store.holders(store.read_marks(places.values()), places))
    return unsettled(scene.me.id, alike, store.released_pairs(scene.me.id, alike))


def _units_of(caller: Caller, world: World, service: str) -> list[str]:
    if caller.kind is CallerKind.UNIT:
        return [caller.id]
    return [grant.unit_id for grant in grants_of_agent(world, caller.id, service)]


def _refusal(caller: Caller, world: World, service: str) -> NoAuthority:
    """Return the refusal of who may act for no unit now; the reason of his only grant, where there is one to speak of."""
    from expertgate.delegation.store import in_places_of, to_grant  # noqa: PLC0415 -- only for who is refused

    asked = [Question(caller.id, to_grant(row).unit_id, service) for row in in_places_of(caller.id, service)]
    reasons = [one.reason for one in verdicts(asked, world.clock.now())] if len(asked) == 1 else ["no_grant"]
    return NoAuthority(reason=reasons[0])


def _item(code: str) -> Service:
    try:
        return service_item(code)
    except FieldProblem as exc:
        raise ServiceUnknown from exc
