"""What other areas do with cases: open one, submit it again, suspend and resume it; each inside the caller's own change."""

from dataclasses import replace

from expertgate.catalogue.rules import after, working_time
from expertgate.catalogue.store import workdays
from expertgate.outbound.change import Change
from expertgate.outbound.world import World
from expertgate.review.actions.following import follow
from expertgate.review.model import Applicant, Case, CaseState, Round
from expertgate.review.rules import cases as rules
from expertgate.review.rules.marks import marks_of
from expertgate.review.store import cases as store
from expertgate.review.store import runs
from expertgate.review.store.counters import count_event
from expertgate.review.store.kinds import due_at, kinds, levels_of

__all__ = ["Applicant", "open_case", "resubmit", "resume_case", "started", "suspend_case"]


def open_case(  # noqa: PLR0913 -- what a case is made of
    change: Change,
    *,
    kind: str,
    subject: str,
    applicant: Applicant,
    bureau: str | None,
    form: dict[str, object],
    attachments: list[str],
    concerned: frozenset[str] = frozenset(),
    former: dict[str, object] | None = None,
) -> Case:
    """Add a new case to the change and return it; after the commit call `started` (REV-01).

    `concerned` are marks of more people who may not decide it, `former` is what the form is to take the place of. The commit raises
    CaseAlreadyOpen where the subject has an open case of this kind.
    """
    chain = levels_of(kind, bureau)
    case = Case(
        id=change.world.codes.ulid(change.now),
        kind=kind,
        subject=subject,
        applicant=applicant,
        state=CaseState.IN_REVIEW,
        round=1,
        level=0,
        chain=chain,
        opened=change.now,
        at_level_since=change.now,
        due=due_at(chain[0], change.now),
        marks=concerned | _own(change, applicant),
    )
    store.save_new(change, case)
    store.save_round(change, case.id, Round(1, form, tuple(attachments), change.now, former or {}))
    runs.begin(change, case.id)
    count_event(change, case, case.here, submitted=1)
    change.audit("review:case:opened", subject=f"CASE#{case.id}", kind=kind, about=subject)
    return case


def _own(change: Change, applicant: Applicant) -> frozenset[str]:
    return marks_of(change.world.keys.index, applicant.document_key, applicant.mobile)


def started(world: World, case_id: str) -> None:
    """Start the workflow of a case whose change was committed; what is lost here, the reconciler repairs."""
    follow(world, case_id)


def resubmit(  # noqa: PLR0913 -- what a correction may change
    change: Change,
    case: Case,
    form: dict[str, object],
    attachments: list[str],
    *,
    applicant: Applicant | None = None,
    bureau: str | None = None,
    concerned: frozenset[str] = frozenset(),
) -> None:
    """Add the applicant's correction to the change: a new round; call `started` afterwards (ADM-09).

    Raises CaseNotReturned, FieldsNotOpen. An `applicant` is the same one by other words: news goes where he says now. A `bureau`
    gives the new round another chain, `concerned` are more people who may not decide it.
    """
    last = store.round_of(change.world, case.id, case.round)
    rules.require_correction(case, kinds()[case.kind], _whole(last.form, last.attachments), _whole(form, tuple(attachments)))
    chain = levels_of(case.kind, bureau) if bureau else case.chain
    again = rules.resubmitted(case, chain, change.now, due_at(chain[0], change.now))
    who = applicant or case.applicant
    again = replace(again, applicant=who, marks=case.marks | concerned | _own(change, who))
    store.save(change, case, again)
    store.save_round(change, case.id, Round(again.round, form, tuple(attachments), change.now))
    runs.begin_again(change, again, case.round)
    count_event(change, again, again.here, submitted=1)
    change.audit("review:case:resubmitted", subject=f"CASE#{case.id}", round=again.round)


def suspend_case(change: Change, case: Case, reason: str) -> None:
    """Lay a case aside, its clock standing still (a duplicate is suspected, a unit is suspended)."""
    aside = rules.suspended(case, change.now)
    store.save(change, case, aside)
    change.audit("review:case:suspended", subject=f"CASE#{case.id}", reason=reason)


def resume_case(change: Change, case: Case) -> None:
    """Take a suspended case up again; it is due as much working time later as it lay aside."""
    since = case.suspended_at or change.now
    left = working_time(workdays(), since, case.due)
    again = rules.resumed(case, after(workdays(), change.now, left))
    again = replace(again, at_level_since=case.at_level_since + (change.now - since))
    store.save(change, case, again)
    change.audit("review:case:resumed", subject=f"CASE#{case.id}")


def _whole(form: dict[str, object], attachments: tuple[str, ...]) -> dict[str, object]:
    """Return form and attachments as one, so that a remark on `attachments` opens them."""
    return {**form, "attachments": form.get("attachments", list(attachments))}
