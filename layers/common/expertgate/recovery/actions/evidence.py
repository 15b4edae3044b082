"""Uploads of somebody who can't log in: his recovery owns them (REC-09, REC-10, D-13)."""

from expertgate.caller import Caller
from expertgate.evidence.actions.uploading import check_upload_for, request_upload_for
from expertgate.evidence.requests import EvidenceAnswer, RequestUpload, UploadAnswer
from expertgate.outbound.change import Change
from expertgate.outbound.world import World
from expertgate.recovery import rules
from expertgate.recovery.actions.opening import open_at, owner_of
from expertgate.recovery.model import Kind, Recovery, Step


def request_recovery_upload(recovery_id: str, ticket: str, request: RequestUpload, caller: Caller, world: World) -> UploadAnswer:
    """Return where to send one file."""
    recovery = _open(recovery_id, ticket, caller, world)
    return request_upload_for(owner_of(recovery), request, caller, world)


def check_recovery_upload(recovery_id: str, evidence_id: str, ticket: str, caller: Caller, world: World) -> EvidenceAnswer:
    """Look at what was sent."""
    recovery = _open(recovery_id, ticket, caller, world)
    return check_upload_for(owner_of(recovery), evidence_id, caller, world)


def _open(recovery_id: str, ticket: str, caller: Caller, world: World) -> Recovery:
    """Return the recovery where it may take evidence: at that step, where the mobile was forgotten, or after a return."""
    change = Change(world, caller)
    recovery = open_at(change, recovery_id, ticket, Step.SUBMIT_EVIDENCE, Step.VERIFY_MOBILE, Step.AWAIT_REVIEW).recovery
    if recovery.step is Step.VERIFY_MOBILE:
        rules.demand_kind(recovery, Kind.UNIT_PASSWORD)
    return recovery
