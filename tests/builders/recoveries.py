"""The hands of somebody on the way back to an account: codes out of the short messages, tickets kept."""

from dataclasses import dataclass
from typing import Any

from expertgate.notice.store import NoticeRow
from tests.builders import notices
from tests.builders.cases import decide
from tests.builders.evidence import a_checked_file
from tests.builders.officials import PLATFORM, official
from tests.stage import Answered, Stage

NEW_PASSWORD = "Neue-Wolke-7"


def code_for(stage: Stage, mobile: str, purpose: str) -> str:
    """Ask for a code and read it out of the short message."""
    sent = stage.call("account.send_sms_code", {"purpose": purpose, "mobile": mobile})
    assert sent.status < 300, sent.text
    return str(last_message(stage, mobile)["code"])


def last_message(stage: Stage, mobile: str, template: str = "sms_code") -> dict[str, Any]:
    """Return the facts of the newest message of a template that went to a mobile."""
    box = f"MOBILE#{stage.world.keys.index('mobile', mobile)}"
    rows = [row for row in NoticeRow.query(box) if row.template == template]
    facts: dict[str, Any] = rows[-1].unseal(stage.world.keys)["facts"]
    return facts


def email_code_for(stage: Stage, email: str, purpose: str = "reset_password", **request: Any) -> str:
    """Ask for a code by e-mail and read it out of the letter."""
    sent = stage.call("account.send_email_code", {"purpose": purpose, "email": email}, **request)
    assert sent.status == 201, sent.text
    return str(last_letter(stage, email)["code"])


def last_letter(stage: Stage, email: str, template: str = "email_code") -> dict[str, Any]:
    """Return the facts of the newest letter of a template that went to an address."""
    rows = [row for row in NoticeRow.query(f"EMAIL#{stage.world.keys.index('email', email)}") if row.template == template]
    facts: dict[str, Any] = rows[-1].unseal(stage.world.keys)["facts"]
    return facts


def letters(stage: Stage, email: str) -> list[str]:
    """Return which notices went to an address, oldest first."""
    return [row.template for row in NoticeRow.query(f"EMAIL#{stage.world.keys.index('email', email)}")]


def messages(stage: Stage, mobile: str) -> list[str]:
    """Return which notices went to a mobile that is no account's yet, oldest first."""
    return [row.template for row in NoticeRow.query(f"MOBILE#{stage.world.keys.index('mobile', mobile)}")]


def told(stage: Stage, account_id: str) -> list[str]:
    """Return which notices an account got, oldest first."""
    return notices.told(account_id)


@dataclass
class Traveller:
    """Somebody with a recovery in hand."""

    stage: Stage
    started: Answered

    @property
    def id(self) -> str:
        """Return the recovery's id."""
        return str(self.started.json["recovery_id"])

    @property
    def ticket(self) -> str:
        """Return the ticket."""
        return str(self.started.json["ticket"])

    def call(self, action: str, body: object = None, **request: Any) -> Answered:
        """Call a door of this recovery with its ticket."""
        headers = {"recovery-ticket": request.pop("ticket", self.ticket)}
        return self.stage.call(f"recovery.{action}", body, path={"recovery_id": self.id}, headers=headers, **request)

    def show(self) -> Answered:
        """Look at it."""
        return self.call("show_recovery")

    def prove(self, mobile: str, purpose: str = "reset_password") -> Answered:
        """Prove a mobile by a fresh code."""
        self.stage.clock.advance(seconds=61)
        return self.call("verify_recovery_mobile", {"mobile": mobile, "sms_code": code_for(self.stage, mobile, purpose)})

    def prove_email(self, email: str, purpose: str = "reset_password") -> Answered:
        """Prove an e-mail address by a fresh code."""
        self.stage.clock.advance(seconds=61)
        return self.call("verify_recovery_email", {"email": email, "email_code": email_code_for(self.stage, email, purpose)})

    def set_password(self, password: str = NEW_PASSWORD, again: str | None = None) -> Answered:
        """Choose a password."""
        return self.call("set_recovery_password", {"password": password, "password_confirmation": again or password})


def begin(stage: Stage, kind: str, **given: Any) -> Traveller:
    """Begin a recovery that must be let in."""
    started = stage.call("recovery.start_recovery", {"kind": kind, **given})
    assert started.status == 201, started.text
    return Traveller(stage, started)


def refused(stage: Stage, kind: str, **given: Any) -> str:
    """Return the code with which a start is refused."""
    return stage.call("recovery.start_recovery", {"kind": kind, **given}).code


def attached(recovery: Traveller, *purposes: str) -> dict[str, str]:
    """Upload a file for each purpose, have it checked, and return the fields of the form."""
    return {one: a_checked_file(recovery.stage, f"FLOW#{recovery.id}", one) for one in purposes}


def decided(stage: Stage, case_id: str, outcome: str = "approve", round_number: int = 1, **said: object) -> None:
    """Let an operator decide a case, and the workflow close its round."""
    answered = decide(stage, case_id, official(stage, PLATFORM), outcome, **said)
    assert answered.status < 300, answered.text
    stage.run("review.close_round", {"case": case_id, "round": round_number, "attempt": 1})
