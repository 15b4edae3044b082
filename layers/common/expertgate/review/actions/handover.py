"""Handing an official's work to another, with a document, approved by the national bureau (REV-05)."""

from expertgate.caller import Caller
from expertgate.errors.review import DutyMissing, HandoverUnfit
from expertgate.evidence.actions.files import bind, require
from expertgate.evidence.model import Purpose
from expertgate.outbound.change import Change
from expertgate.outbound.sessions import close_gate, gate_of, move_epoch
from expertgate.outbound.world import World
from expertgate.review.actions.opening import Applicant, open_case, started
from expertgate.review.actions.showing import case_answer
from expertgate.review.model import Case, CaseState, Duty, Official, OfficialStatus
from expertgate.review.requests.desk import CaseAnswer
from expertgate.review.requests.officials import OpenHandover
from expertgate.review.store import cases as store
from expertgate.review.store import jobs, officials

KIND = "reviewer_handover"


def open_handover(request: OpenHandover, caller: Caller, world: World) -> CaseAnswer:
    """Apply for the handover of one official's authority and open work to another of his bureau."""
    giver, taker = (officials.official(world, one) for one in (request.from_official_id, request.to_official_id))
    _require_own_bureau(caller, giver)
    if not _is_fit(giver, taker):
        raise HandoverUnfit
    asker = officials.official(world, caller.id)
    files = _files(request)
    for evidence_id, (purpose, field) in files.items():
        require(world, evidence_id, caller.id, purpose, field=field)
    change = Change(world, caller)
    case = open_case(
        change,
        kind=KIND,
        subject=giver.id,
        applicant=Applicant(asker.id, None, asker.mobile, asker.name, asker.document_key),
        bureau=None,
        form={
            "from_official": giver.id,
            "to_official": taker.id,
            "from_person": _person(giver),
            "to_person": _person(taker),
            "reason": request.reason,
        },
        attachments=list(files),
        concerned=giver.marks | taker.marks,
    )
    for evidence_id in files:
        bind(change, evidence_id, case.id)
    answer = change.commit(case_answer(case, world, caller))
    started(world, case.id)
    return answer


def hand_over(change: Change, case: Case, outcome: str) -> None:
    """Carry out an approved handover: the one loses his authority, the other has it, the open work follows.

    Who hands over may be shut out already, which does not take from his heir what the document gives him.
    """
    if outcome != CaseState.APPROVED:
        return
    form = store.round_of(change.world, case.id, case.round).form
    giver, taker = (officials.official(change.world, str(form[one])) for one in ("from_official", "to_official"))
    if not _can_take(taker, giver):
        # Somebody was moved, or the heir left, while the case was decided: there is nothing to hand over, or nobody to take it.
        change.audit("review:handover:voided", subject=f"OFFICIAL#{giver.id}", case=case.id)
        _tell_asker(change, case, "voided")
        return
    officials.disable(change, giver)
    officials.place(change, taker, taker.bureau, taker.duties | giver.duties)
    _end_sessions(change, giver, taker)
    jobs.order(change, giver.id, taker.id)
    _tell_heir(change, giver, taker)
    _tell_asker(change, case, "approved")
    change.audit("review:handover:done", subject=f"OFFICIAL#{giver.id}", to=taker.id, case=case.id)


def _tell_heir(change: Change, giver: Official, taker: Official) -> None:
    from expertgate.forms.masks import mask_name  # noqa: PLC0415 -- only where a handover is carried out
    from expertgate.notice.actions.telling import account, tell  # noqa: PLC0415 -- only where a handover is carried out

    # Masked as in every short message: a carrier and a lock screen read along, and his heir knows him.
    tell(change, account(taker.id, taker.mobile), "handover_received", from_name=mask_name(giver.name))


def _tell_asker(change: Change, case: Case, how: str) -> None:
    from expertgate.notice.actions.telling import account, tell  # noqa: PLC0415 -- only where a handover is carried out

    tell(change, account(case.applicant.account_id, case.applicant.mobile), f"{KIND}_{how}", case=case.id)


def _files(request: OpenHandover) -> dict[str, tuple[Purpose, str]]:
    """Return what is handed in, what for and in which field: the document, and both sides of the heir's card where they are given."""
    documents = {one: (Purpose.RED_HEADED_DOCUMENT, f"attachments.{place}") for place, one in enumerate(request.attachments)}
    card = {request.id_portrait: Purpose.ID_PORTRAIT, request.id_emblem: Purpose.ID_EMBLEM}
    return documents | {one: (purpose, purpose.value) for one, purpose in card.items() if one}


def _person(official: Official) -> dict[str, object]:
    """Return what the reviewer compares with the red-headed document, which names both by the same (Q&A on reviewers who change)."""
    kind, number = official.document
    return {
        "user_name": official.user_name,
        "name": official.name,
        "document_type": kind,
        "document_number": number,
        "mobile": official.mobile,
    }


def _end_sessions(change: Change, giver: Official, taker: Official) -> None:
    """Shut out the one, and let the other log in with his new duties."""
    gates = gate_of(giver.id), gate_of(taker.id)
    if gates[0] is not None:
        close_gate(change, gates[0], closed=True)
    if gates[1] is not None:
        move_epoch(change, gates[1])


def _is_fit(giver: Official, taker: Official) -> bool:
    return giver.status is OfficialStatus.ACTIVE and _can_take(taker, giver) and giver.id != taker.id


def _can_take(taker: Official, giver: Official) -> bool:
    return taker.status is OfficialStatus.ACTIVE and giver.bureau == taker.bureau


def _require_own_bureau(caller: Caller, giver: Official) -> None:
    is_own = Duty.SUPERVISOR in caller.duties and caller.bureau == giver.bureau
    if not (is_own or Duty.ADMINISTRATOR in caller.duties or caller.id == giver.id):
        raise DutyMissing
