"""Delivering short messages and e-mail: from the table's stream, and again for those that failed (MSG-01, MSG-02)."""

from datetime import timedelta
from typing import Any

from expertgate.caller import Caller, Language
from expertgate.inbound.observe import log
from expertgate.notice.rules import next_try_after
from expertgate.notice.store import NoticeRow, claim, due_before, note_failed, note_sent
from expertgate.outbound.clock import instant
from expertgate.outbound.email import Letter
from expertgate.outbound.sending import SendingFailed
from expertgate.outbound.sms import ShortMessage
from expertgate.outbound.world import World
from expertgate.settings import LIMITS, settings
from expertgate.wording import facts_said, say


def deliver_notices(event: dict[str, Any], _caller: Caller, world: World) -> dict[str, Any]:
    """Send the notices of a batch of the stream; what a carrier refuses is retried by schedule, not by the stream."""
    for record in event.get("Records", []):
        image = record.get("dynamodb", {}).get("Keys", {})
        if record.get("eventName") == "INSERT":
            deliver(image["pk"]["S"], image["sk"]["S"], world)
    return {"batchItemFailures": []}


def retry_notices(_event: dict[str, Any], _caller: Caller, world: World) -> dict[str, Any]:
    """Send what failed before or was left by a deliverer that died; returns how many were tried."""
    due = due_before(world.clock.now())
    return {"tried": sum(deliver(pk, sk, world) for pk, sk in due)}


def deliver(pk: str, sk: str, world: World) -> bool:
    """Send one notice if it is still to be sent; tell whether it was tried."""
    now = world.clock.now()
    row = claim(pk, sk, now)
    if row is None:
        return False
    if row.secret and now > instant(row.at) + timedelta(seconds=LIMITS.code_life):
        note_failed(row, "outlived", None)
        return False
    _send(row, world)
    return True


def _send(row: NoticeRow, world: World) -> None:
    try:
        carrier_id = _handed_over(row, world)
    except SendingFailed as exc:
        wait = None if exc.final else next_try_after(int(row.attempts))
        note_failed(row, exc.reason, world.clock.now() + wait if wait else None)
        log().warning(
            "notice not sent", extra={"notice": row.sk, "reason": exc.reason, "attempts": int(row.attempts), "parked": wait is None}
        )
    else:
        note_sent(row, carrier_id, world.clock.now())


def _handed_over(row: NoticeRow, world: World) -> str:
    opened = row.unseal(world.keys)
    facts = opened["facts"]
    variables = facts_said("notices", row.template, Language.ZH, facts)
    if email := opened.get("email"):
        subject = f"【{settings().sms_signature}】{say('sentences', 'letter_subject', Language.ZH)}"
        return world.email.send(Letter(email, row.template, variables, subject, _letter(row.template, facts)))
    text = f"【{settings().sms_signature}】{say('notices', row.template, Language.ZH, facts)}"
    return world.sms.send(ShortMessage(opened["mobile"], row.template, variables, text))


def _letter(template: str, facts: dict[str, object]) -> str:
    """Return the text of a letter in both languages: unlike a short message it costs nothing by length, and many readers are foreigners."""
    return "\n\n".join(say("notices", template, language, facts) for language in (Language.ZH, Language.EN))
