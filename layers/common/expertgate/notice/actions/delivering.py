"""Delivering short messages and e-mail: from the table's stream, and again for those that failed (MSG-01, MSG-02)."""

from typing import Any

from expertgate.caller import Caller, Language
from expertgate.forms.sms_text import cut
from expertgate.inbound.observe import log, note_fault
from expertgate.notice.rules import is_worn_out, next_try_after
from expertgate.notice.store import NoticeRow, claim, due_before, note_failed, note_sent
from expertgate.outbound.email import Letter
from expertgate.outbound.passing import FAULTS
from expertgate.outbound.sending import SendingFailed
from expertgate.outbound.sms import ShortMessage
from expertgate.outbound.world import World
from expertgate.settings import LIMITS, settings
from expertgate.wording import facts_said, say


def deliver_notices(event: dict[str, Any], _caller: Caller, world: World) -> dict[str, Any]:
    """Send the notices of a batch of the stream; what a carrier refuses is retried by schedule, not by the stream."""
    failed = []
    for record in event.get("Records", []):
        image = record.get("dynamodb", {}).get("Keys", {})
        if record.get("eventName") == "INSERT" and _tried(image["pk"]["S"], image["sk"]["S"], world) is None:
            failed.append({"itemIdentifier": record["dynamodb"]["SequenceNumber"]})
    return {"batchItemFailures": failed}


def retry_notices(_event: dict[str, Any], _caller: Caller, world: World) -> dict[str, Any]:
    """Send what failed before or was left by a deliverer that died; returns how many were tried."""
    due = due_before(world.clock.now())
    return {"tried": sum(_tried(pk, sk, world) or False for pk, sk in due)}


def _tried(pk: str, sk: str, world: World) -> bool | None:
    """Deliver one notice and tell whether it was tried; None where the store failed for it: the others go on."""
    try:
        return _deliver(pk, sk, world)
    except FAULTS as exc:
        note_fault(exc, notice=sk)
        return None


def _deliver(pk: str, sk: str, world: World) -> bool:
    """Send one notice if it is still to be sent; tell whether it was tried."""
    now = world.clock.now()
    row = claim(pk, sk, now)
    if row is None:
        return False
    if row.ends and now.timestamp() >= row.ends:
        note_failed(row, "outlived", None)
        return False
    if is_worn_out(int(row.attempts)):  # whoever tried it died of it or could not write it down
        _failed(row, SendingFailed("worn_out", final=True), world)
        return False
    _send(row, world)
    return True


def _send(row: NoticeRow, world: World) -> None:
    try:
        carrier_id = _handed_over(row, world)
    except SendingFailed as exc:
        _failed(row, exc, world)
    except Exception as exc:  # noqa: BLE001 -- a seal that is broken, a word that is missing: one bad notice must not stop those behind it
        note_fault(exc, notice=row.sk)
        _failed(row, SendingFailed(type(exc).__name__), world)
    else:
        note_sent(row, carrier_id, world.clock.now())


def _failed(row: NoticeRow, failure: SendingFailed, world: World) -> None:
    wait = None if failure.final else next_try_after(int(row.attempts))
    note_failed(row, failure.reason, world.clock.now() + wait if wait else None)
    log().warning(
        "notice not sent", extra={"notice": row.sk, "reason": failure.reason, "attempts": int(row.attempts), "parked": wait is None}
    )


def _handed_over(row: NoticeRow, world: World) -> str:
    opened = row.unseal(world.keys)
    facts = opened["facts"]
    variables = facts_said("notices", row.template, Language.ZH, facts)
    if email := opened.get("email"):
        subject = f"【{settings().sms_signature}】{say('sentences', 'letter_subject', Language.ZH)}"
        return world.email.send(Letter(email, row.template, variables, subject, _letter(row.template, facts)))
    text = f"【{settings().sms_signature}】{say('notices', row.template, Language.ZH, facts)}"
    return world.sms.send(ShortMessage(opened["mobile"], row.template, variables, cut(text, LIMITS.sms_parts_most)))


def _letter(template: str, facts: dict[str, object]) -> str:
    """Return the text of a letter in both languages: unlike a short message it costs nothing by length, and many readers are foreigners."""
    return "\n\n".join(say("notices", template, language, facts) for language in (Language.ZH, Language.EN))
