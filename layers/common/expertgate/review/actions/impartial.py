"""Four eyes: what must hold of an official while a change that puts a case into his hands is written (REV-03)."""

from expertgate.effects import demand_no_stake
from expertgate.errors.review import OwnCase
from expertgate.outbound.change import Change
from expertgate.review.model import Case, Official
from expertgate.review.store import officials


def demand_impartial(change: Change, official: Official, case: Case) -> None:
    """Demand in the transaction itself that the official is at work and has no stake in the unit (four-eyes)."""
    officials.require_active(change, official)
    if case.applicant.unit_id is not None:
        demand_no_stake(change, official.document_key, case.applicant.unit_id, OwnCase())
