"""Saving a form while it is filled in: nothing is checked but its size, nobody else sees it."""

from expertgate.admission.actions.arriving import arrive
from expertgate.admission.model import Subject
from expertgate.admission.requests.answers import DraftSaved
from expertgate.admission.requests.drafts import SaveDraft
from expertgate.admission.store import standings
from expertgate.admission.store.standings import DraftRow
from expertgate.caller import Caller
from expertgate.outbound.change import Change
from expertgate.outbound.clock import stamp
from expertgate.outbound.world import World


def save_unit_draft(unit_id: str, draft: SaveDraft, caller: Caller, world: World) -> DraftSaved:
    """Keep the caller's draft of the unit's form; a later one takes its place."""
    return _saved(unit_id, draft, Subject.UNIT, caller, world)


def save_member_draft(unit_id: str, draft: SaveDraft, caller: Caller, world: World) -> DraftSaved:
    """Keep the caller's draft of the personal form; a later one takes its place."""
    return _saved(unit_id, draft, Subject.MEMBER, caller, world)


def _saved(unit_id: str, draft: SaveDraft, subject: Subject, caller: Caller, world: World) -> DraftSaved:
    arrive(caller, world, unit_id)
    change = Change(world, caller)
    row = DraftRow(pk=standings.unit_key(unit_id), sk=standings.draft_key(caller.id, subject), saved_at=stamp(change.now))
    row.seal(world.keys, {"form": draft.form})
    change.overwrite(row)
    change.audit(f"admission:{subject}_draft:saved", subject=row.pk, account=caller.id)
    return change.commit(DraftSaved(saved_at=row.saved_at))
