"""Sending a form: to the reviewers, or behind a hold where the account looks like another one (ADM-08, ADM-10)."""

from expertgate.account.model import Account
from expertgate.account.people import marks_of_typed
from expertgate.admission.actions.arriving import Scene, applicant_of
from expertgate.admission.actions.suspending import concerned_in, member_subject, open_hold
from expertgate.admission.model import EntryOutcome, Likeness, Sent, Standing, Subject, role_of
from expertgate.admission.requests.answers import SentAnswer
from expertgate.admission.rules.duplicates import USER_NAME, likenesses, marks_of_form, unsettled
from expertgate.admission.store import marks as marks_store
from expertgate.admission.store import standings
from expertgate.admission.store.standings import DraftRow, MemberRow, UnitRow
from expertgate.caller import Caller
from expertgate.errors.admission import FormNotExpected
from expertgate.evidence.actions.files import bind
from expertgate.forms.dates import shanghai_day
from expertgate.forms.problems import FieldProblem
from expertgate.outbound.change import Change
from expertgate.outbound.clock import stamp
from expertgate.outbound.world import World
from expertgate.review.actions.opening import Applicant, open_case, resubmit, started
from expertgate.review.model import Case
from expertgate.wording import say

_KINDS = {Subject.UNIT: "unit_admission", Subject.MEMBER: "member_admission"}
_PENDING = {Subject.UNIT: EntryOutcome.UNIT_PENDING, Subject.MEMBER: EntryOutcome.MEMBER_PENDING}
_USER_NAME_FIELD = {Subject.UNIT: "account.user_name", Subject.MEMBER: "user_name"}


def expect(scene: Scene, outcome: EntryOutcome, *, returned: bool) -> None:
    """Demand that this form is the one to fill in now.

    Raises FormNotExpected with where the account stands.
    """
    if scene.outcome is not outcome or returned is not (scene.returned is not None):
        raise FormNotExpected(outcome=scene.outcome.value)


def send(scene: Scene, sent: Sent, caller: Caller, world: World) -> SentAnswer:
    """Send a form, new or corrected, in one transaction with its marks and its case or hold."""
    change = Change(world, caller)
    row = _row_of(scene, sent)
    places, alike = _mark(change, scene, sent, list(row.marks))
    row.marks, row.submitted_at = places, stamp(change.now)
    row.standing = Standing.HELD if alike else Standing.SUBMITTED
    row.seal(world.keys, {"form": sent.form})
    row.case_id = scene.returned.id if scene.returned else None
    if alike:
        open_hold(change, scene, sent.subject, alike, sent.mobile)
    else:
        row.case_id = hand_in(change, scene.unit, scene.me, sent, scene.returned)
    _save(change, scene, row)
    change.forget(DraftRow(pk=row.pk, sk=standings.draft_key(scene.me.id, sent.subject)))
    change.audit(f"admission:{sent.subject}_profile:submitted", subject=row.pk, account=caller.id, held=bool(alike))
    answer = change.commit(_answer(EntryOutcome.SUSPENDED if alike else _PENDING[sent.subject], row.case_id, caller))
    if not alike and row.case_id:
        started(world, row.case_id)
    return answer


def hand_in(change: Change, unit: Account, me: Account, sent: Sent, returned: Case | None) -> str:
    """Give the form to the reviewers, as a new case or as the next round of the returned one; the id of the case."""
    concerned = concerned_in(change, unit, me) | _contact(change, sent)
    applicant = applicant_of(me, unit, sent.mobile, sent.name)
    case_id = returned.id if returned else _opened(change, unit, sent, applicant, concerned)
    if returned is not None:
        files = list(sent.attachments)
        resubmit(change, returned, sent.form, files, applicant=applicant, bureau=sent.bureau, concerned=concerned)
    for evidence_id in sent.attachments:
        bind(change, evidence_id, case_id)
    return case_id


def _contact(change: Change, sent: Sent) -> frozenset[str]:
    return marks_of_typed(change.world.keys.index, sent.document_number, sent.mobile, shanghai_day(change.now))


def _opened(change: Change, unit: Account, sent: Sent, applicant: Applicant, concerned: frozenset[str]) -> str:
    return open_case(
        change,
        kind=_KINDS[sent.subject],
        subject=standings.unit_key(unit.id) if sent.subject is Subject.UNIT else member_subject(unit.id, applicant.account_id),
        applicant=applicant,
        bureau=sent.bureau,
        form=sent.form,
        attachments=list(sent.attachments),
        concerned=concerned,
    ).id


def _row_of(scene: Scene, sent: Sent) -> UnitRow | MemberRow:
    """Return the row to write: the one there is, or a new one."""
    unit = standings.unit_key(scene.unit.id)
    if sent.subject is Subject.UNIT:
        row = scene.found.unit or UnitRow(pk=unit, sk=standings.PROFILE, marks=[], version=0)
        row.submitted_by, row.bureau = scene.me.id, sent.bureau
        return row
    member = scene.found.member or MemberRow(pk=unit, sk=standings.member_key(scene.me.id), marks=[], version=0)
    member.role = role_of(scene.me.id, scene.unit.id)
    return member


def _mark(change: Change, scene: Scene, sent: Sent, had: list[str]) -> tuple[list[str], tuple[Likeness, ...]]:
    """Take the marks of the form, let go of those it no longer has; return their places and who else has them."""
    me = scene.me.id
    places = {mark: marks_store.place_of(change.world, mark) for mark in marks_of_form(scene.me, sent)}
    marked = marks_store.read_marks([*places.values(), *had])
    holders = marks_store.holders(marked, places)
    if any(set(accounts) - {me} for mark, accounts in holders.items() if mark.kind == USER_NAME):
        raise FieldProblem("member_user_name_taken").at(_USER_NAME_FIELD[sent.subject])
    alike = likenesses(me, holders)
    gone = [place for place in had if place not in places.values()]
    new = [place for place in places.values() if place not in had]
    marks_store.write_marks(change, marked, {**marks_store.removed(marked, gone, me), **marks_store.added(marked, new, me)})
    return list(places.values()), unsettled(me, alike, marks_store.released_pairs(me, alike))


def _save(change: Change, scene: Scene, row: UnitRow | MemberRow) -> None:
    is_new = row.version == 0
    row.version = max(row.version, 1)
    standings.save(change, row, is_new=is_new)
    standings.add_membership(change, scene.me.id, scene.unit.id)


def _answer(outcome: EntryOutcome, case_id: str | None, caller: Caller) -> SentAnswer:
    return SentAnswer(outcome=outcome, message=say("sentences", f"entry_{outcome}", caller.language), case_id=case_id)
