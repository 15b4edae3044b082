"""People, units and grants for the tests of delegation: verified and real-named unless a test says otherwise."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache
from typing import Any

import pytest

from expertgate.account import store
from expertgate.account.model import (
    Account,
    AccountKind,
    Channel,
    HeldDocument,
    LegalPersonType,
    LegalRepresentative,
    MainAgent,
    RealName,
    RealPerson,
    Status,
    UnitFacts,
)
from expertgate.account.store import Claimed
from expertgate.caller import Caller, CallerKind, system
from expertgate.catalogue import store as catalogue
from expertgate.delegation.actions.authority import Question, verdicts
from expertgate.errors.edge import ChangedMeanwhile
from expertgate.forms.dates import shanghai_day
from expertgate.forms.documents import Document, DocumentType, parse_document
from expertgate.forms.names import parse_unit_name
from expertgate.notice.store import NoticeRow
from expertgate.outbound.change import Change
from expertgate.outbound.sessions import begin_session, gate_of, open_gate
from tests.builders import notices
from tests.builders.numbers import Numbers
from tests.stage import Answered, Stage

ROLE = "unit_applicant"


@dataclass(frozen=True)
class Somebody:
    """An account, its token, and its document number where it has one."""

    id: str
    token: str
    name: str
    number: str = ""


@cache
def document_of(seed: int) -> Document:
    """Return an invented citizen's document, the same for the same seed."""
    born = date(1960, 1, 1) + timedelta(days=seed)
    return parse_document(DocumentType.RESIDENT_ID, Numbers(seed).resident_id(born), date(2026, 3, 2))


def person(stage: Stage, seed: int = 1, name: str = "李晓波", **facts: Any) -> Somebody:
    """Make a verified person who is logged in."""
    document = document_of(seed)
    made = Account(
        id=stage.world.codes.ulid(stage.clock.now()),
        kind=AccountKind.PERSON,
        status=Status.ACTIVE,
        channel=Channel.WEB,
        created=stage.clock.now(),
        name=name,
        mobile=f"+86{Numbers(seed).mobile()}",
        document=HeldDocument.of(document),
        real_name=RealName.PASSED,
        real_person=RealPerson.PASSED,
    )
    made = replace(made, **facts)
    claimed = Claimed("document", document.unique_key, ChangedMeanwhile())
    return Somebody(made.id, _enrolled(stage, made, CallerKind.PERSON, claimed), name, document.number)


def unit(stage: Stage, seed: int = 1, name: str = "邯郸市某某科技有限公司", **facts: Any) -> Somebody:
    """Make a real-named unit that is logged in."""
    read, uscc = parse_unit_name(name), Numbers(seed).uscc()
    held = HeldDocument.of(document_of(20_000 + seed))
    made = Account(
        id=stage.world.codes.ulid(stage.clock.now()),
        kind=AccountKind.UNIT,
        status=Status.ACTIVE,
        channel=Channel.WEB,
        created=stage.clock.now(),
        user_name=f"unit_{seed}",
        mobile="+8613912340000",
        real_name=RealName.PASSED,
        unit=UnitFacts(
            read.display,
            read.key,
            uscc,
            LegalPersonType.ENTERPRISE,
            LegalRepresentative("王大明", held, None),
            MainAgent("赵小红", held, "+8613912340000"),
        ),
    )
    made = replace(made, **facts)
    return Somebody(made.id, _enrolled(stage, made, CallerKind.UNIT, Claimed("uscc", uscc, ChangedMeanwhile())), name)


def opened(stage: Stage, somebody: Somebody, service: str = "fepms") -> Somebody:
    """Let a unit enter a service."""
    answered = stage.call("delegation.open_service", token=somebody.token, path={"service": service})
    assert answered.status == 201, answered.text
    stage.clock.advance(milliseconds=1)
    return somebody


def day(stage: Stage, ahead: int = 0) -> str:
    """Return the day in Shanghai so many days from now."""
    return (shanghai_day(stage.clock.now()) + timedelta(days=ahead)).isoformat()


def order(stage: Stage, agent: Somebody, **changed: Any) -> dict[str, Any]:
    """Return the request to bind a person for a year from today."""
    return {
        "person_id": agent.id,
        "service": "fepms",
        "roles": [ROLE],
        "first_day": day(stage),
        "last_day": day(stage, 364),
        **changed,
    }


def bound(stage: Stage, employer: Somebody, agent: Somebody, **changed: Any) -> Answered:
    """Bind an agent; the answer must be a grant."""
    answered = stage.call("delegation.bind_agent", order(stage, agent, **changed), token=employer.token)
    assert answered.status == 201, answered.text
    stage.clock.advance(milliseconds=1)
    return answered


def reached(stage: Stage, somebody: Somebody, template: str) -> str | None:
    """Return the mobile to which somebody's newest notice of a template went."""
    rows = [row for row in NoticeRow.query(f"ACCOUNT#{somebody.id}") if row.template == template]
    mobile: str | None = rows[-1].unseal(stage.world.keys)["mobile"]
    return mobile


def told(stage: Stage, somebody: Somebody) -> list[str]:
    """Return the templates of the notices of an account, oldest first."""
    del stage
    return notices.told(somebody.id)


def session(stage: Stage, account_id: str) -> str:
    """Log in anew, for tests that let more time pass than a session lives."""
    gate = gate_of(account_id)
    assert gate is not None
    change = Change(stage.world, system("builder"))
    token = begin_session(change, gate)
    change.commit(None)
    return token


def mobiles_told(stage: Stage, account_id: str, template: str) -> list[str | None]:
    """Return the mobiles to which notices of a template went, None where one stayed in the message centre."""
    rows = NoticeRow.query(f"ACCOUNT#{account_id}", page_size=100)
    return [row.unseal(stage.world.keys)["mobile"] for row in rows if row.template == template]


def again(stage: Stage, somebody: Somebody) -> Somebody:
    """Return the same account, logged in anew."""
    return replace(somebody, token=session(stage, somebody.id))


def _enrolled(stage: Stage, made: Account, kind: CallerKind, claimed: Claimed) -> str:
    change = Change(stage.world, Caller(CallerKind.TASK, "builder"))
    store.add(change, made, stored_password=None)
    store.claim(change, made.id, claimed)
    open_gate(change, made.id, kind)
    change.commit(None)
    return session(stage, made.id)


def act(stage: Stage, somebody: Somebody, action: str, grant_id: str, body: dict[str, Any] | None = None) -> Answered:
    """Do something to a grant as one of its sides."""
    answered = stage.call(f"delegation.{action}", body, token=somebody.token, path={"grant_id": grant_id})
    stage.clock.advance(milliseconds=1)
    return answered


def reason(stage: Stage, employer: Somebody, agent: Somebody, service: str = "fepms") -> str:
    """Return what the authority check says now."""
    (verdict,) = verdicts([Question(agent.id, employer.id, service)], stage.clock.now())
    return verdict.reason


def ask_for_acceptance(patch: pytest.MonkeyPatch) -> None:
    """Let every service ask its agents to accept: in the catalogue as shipped none does."""
    shipped = catalogue.service
    patch.setattr(catalogue, "service", lambda code: replace(shipped(code), needs_acceptance=True))
