"""The entry decision (D-06): one outcome for every situation."""

from expertgate.admission.model import EntryOutcome, HoldState, ReviewState, Situation, Standing

_NOT_IN_SYSTEM = frozenset({Standing.UNKNOWN, Standing.ENDED})


def decide(situation: Situation) -> EntryOutcome:
    """Return what entering leads to, the first that applies in the order of D-06; who has no right to the unit never gets here."""
    if situation.hold is HoldState.OPEN:
        return EntryOutcome.SUSPENDED
    if situation.unit is not Standing.ADMITTED:
        return _of_form(situation.unit, situation.review, EntryOutcome.UNIT_FORM, EntryOutcome.UNIT_PENDING)
    if situation.member is Standing.RETIRED:
        return EntryOutcome.REFUSED
    if situation.member is Standing.ADMITTED:
        return EntryOutcome.HOME
    return _of_form(situation.member, situation.review, EntryOutcome.MEMBER_FORM, EntryOutcome.MEMBER_PENDING)


def _of_form(standing: Standing, review: ReviewState, form: EntryOutcome, pending: EntryOutcome) -> EntryOutcome:
    """A form never sent or ended is filled in anew, a returned one corrected; anything else waits.

    Also a case that is decided but whose effect is not applied yet: nobody enters before the transaction that admits.
    """
    if standing in _NOT_IN_SYSTEM:
        return form
    return form if standing is Standing.SUBMITTED and review is ReviewState.RETURNED else pending
