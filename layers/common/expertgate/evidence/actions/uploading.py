"""Upload and check: the file goes straight to the store, a case may refer to it once its content was looked at (D-13)."""

from contextlib import suppress
from dataclasses import replace
from datetime import timedelta

from botocore.exceptions import BotoCoreError, ClientError

from expertgate.caller import Caller
from expertgate.errors.edge import ChangedMeanwhile, TryAgain
from expertgate.errors.evidence import EvidenceUnknown, UploadMissing
from expertgate.evidence import rules, store
from expertgate.evidence.actions.answering import answer_of
from expertgate.evidence.model import Evidence, State
from expertgate.evidence.requests import EvidenceAnswer, RequestUpload, Upload, UploadAnswer
from expertgate.forms.problems import FieldProblem
from expertgate.outbound.change import Change
from expertgate.outbound.clock import stamp
from expertgate.outbound.limits import count
from expertgate.outbound.world import World
from expertgate.settings import HOUR, LIMITS

_TRIES = 3


def request_upload(request: RequestUpload, caller: Caller, world: World) -> UploadAnswer:
    """Return where the caller may send one file of his own."""
    return request_upload_for(caller.id, request, caller, world)


def request_upload_for(owner: str, request: RequestUpload, caller: Caller, world: World) -> UploadAnswer:
    """Return where to send one file of this owner: an account, or FLOW#id for somebody who can't log in (REC-09, REC-10)."""
    rules.check_format(request.purpose, request.media_type)
    count(world, f"upload#{owner}", LIMITS.uploads_an_hour, HOUR)
    change = Change(world, caller)
    ends = change.now + timedelta(seconds=LIMITS.upload_check_life)
    new = Evidence(world.codes.ulid(change.now), owner, request.purpose, State.REQUESTED, ends, request.file_name)
    form = world.evidence.presigned_post(rules.upload_key(new.id), request.media_type.value)
    store.add(change, new)
    change.audit("evidence:upload:requested", subject=store.key_of(new.id), owner=owner, purpose=new.purpose.value)
    answer = UploadAnswer(
        id=new.id,
        purpose=new.purpose.value,
        upload=Upload(url=form.url, fields=form.fields),
        expires=stamp(change.now + timedelta(seconds=LIMITS.upload_link_life)),
        most_bytes=LIMITS.upload_bytes,
        formats=sorted(rules.ACCEPTED[new.purpose].formats),
    )
    return change.commit(answer)


def check_upload(evidence_id: str, caller: Caller, world: World) -> EvidenceAnswer:
    """Look at what the caller has sent."""
    return check_upload_for(caller.id, evidence_id, caller, world)


def check_upload_for(owner: str, evidence_id: str, caller: Caller, world: World) -> EvidenceAnswer:
    """Look at what this owner has sent: a clean copy is kept, the upload is dropped; a repeat hears the same again.

    Raises EvidenceUnknown, UploadMissing, UploadExpired, FieldProblem with the reason of a refusal.
    """
    for _ in range(_TRIES):
        row = store.find(evidence_id)
        if row is None or row.owner != owner:
            raise EvidenceUnknown
        found = store.to_evidence(row, world.keys)
        with suppress(ChangedMeanwhile):  # the same file is being checked twice; the first word counts
            checked = found if found.state is not State.REQUESTED else _check(row, found, caller, world)
            return _told(checked, caller)
    raise TryAgain


def _check(row: store.EvidenceRow, found: Evidence, caller: Caller, world: World) -> Evidence:
    change = Change(world, caller)
    rules.demand_unfinished(found, change.now)
    sent = world.evidence.read(rules.upload_key(found.id))
    if sent is None:
        raise UploadMissing
    checked = _looked_at(found, sent, world)
    store.save(change, row, checked)
    if checked.reason:
        # The key of the request keeps answers, and a refusal is none: the row itself tells it to a repeat.
        change.caller = replace(caller, repeat=None)
        change.audit("evidence:upload:refused", subject=store.key_of(found.id), rule=checked.reason[0])
    else:
        change.audit("evidence:upload:checked", subject=store.key_of(found.id), sha256=checked.facts.sha256 if checked.facts else "")
    change.commit(answer_of(checked, caller.language))
    with suppress(ClientError, BotoCoreError):  # what stays behind is dropped by the bucket after two days
        world.evidence.delete(rules.upload_key(found.id))
    return checked


def _looked_at(found: Evidence, sent: bytes, world: World) -> Evidence:
    try:
        kept = rules.looked_at(found.purpose, sent)
    except FieldProblem as problem:
        return rules.failed(found, problem)
    world.evidence.write(rules.kept_key(found.id, kept.facts), kept.content, kept.facts.media_type.value)
    return rules.passed(found, kept.facts, world.clock.now())


def _told(checked: Evidence, caller: Caller) -> EvidenceAnswer:
    if checked.reason:
        rule, facts = checked.reason
        raise FieldProblem(rule, **facts).at("file")
    return answer_of(checked, caller.language)
