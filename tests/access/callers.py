"""One of every kind of caller, each with a token of its own for each door."""

from collections.abc import Callable
from dataclasses import dataclass

from expertgate.caller import CallerKind, system
from expertgate.outbound.change import Change
from expertgate.outbound.sessions import close_gate, end_session, gate_of
from expertgate.review.model import Duty
from tests.builders.grants import Somebody, bound, document_of, opened, person, session, unit
from tests.builders.officials import HANDAN, NATIONAL, PLATFORM, official
from tests.stage import Stage, session_for

SHIJIAZHUANG = "130100"


@dataclass(frozen=True)
class Visitor:
    """A caller: his letter in the matrix, his duty, and how he gets a token; a barred one never comes in."""

    letter: str
    token: Callable[[], str | None]
    duty: str = ""
    barred: bool = False


def visitors(stage: Stage) -> dict[str, Visitor]:
    """Return the callers of the matrix by name."""
    employer = opened(stage, unit(stage))
    agent, loner, gone, shut = (person(stage, seed, name) for seed, name in enumerate(("李晓波", "王小明", "赵一鸣", "孙二娘"), 1))
    bound(stage, employer, agent)
    return {
        "stranger": Visitor("S", lambda: None),
        "person": Visitor("P", _logged_in(stage, loner)),
        "unit": Visitor("U", _logged_in(stage, employer)),
        "agent with a grant": Visitor("P", _logged_in(stage, agent)),
        "agent without a grant": Visitor("P", _logged_in(stage, loner)),
        **_officials(stage),
        "service": Visitor("V", lambda: session_for(stage, CallerKind.SERVICE, "SERVICE-1")),
        "ended session": Visitor("P", _ended(stage, gone), barred=True),
        "suspended account": Visitor("P", _suspended(stage, shut), barred=True),
    }


def _officials(stage: Stage) -> dict[str, Visitor]:
    places = {
        "official of the bureau": (HANDAN, Duty.REVIEWER),
        "official of another bureau": (SHIJIAZHUANG, Duty.REVIEWER),
        "operator": (PLATFORM, Duty.OPERATOR),
        "administrator": (NATIONAL, Duty.ADMINISTRATOR),
    }
    made: dict[str, Visitor] = {}
    for number, (name, (bureau, duty)) in enumerate(places.items()):
        one = official(stage, bureau, duty, mobile=f"1391111{number:04}", document=document_of(6000 + number))
        made[name] = Visitor("O", _at_desk(stage, one.id, bureau, duty), duty=duty.value)
    return made


def _at_desk(stage: Stage, official_id: str, bureau: str, duty: Duty) -> Callable[[], str]:
    return lambda: session_for(stage, CallerKind.OFFICIAL, official_id, duties=frozenset({duty}), bureau=bureau)


def _logged_in(stage: Stage, somebody: Somebody) -> Callable[[], str]:
    return lambda: session(stage, somebody.id)


def _ended(stage: Stage, somebody: Somebody) -> Callable[[], str]:
    def token() -> str:
        begun = session(stage, somebody.id)
        change = Change(stage.world, system("test"))
        end_session(change, somebody.id, begun.partition(".")[0].partition("~")[2])
        change.commit(None)
        return begun

    return token


def _suspended(stage: Stage, somebody: Somebody) -> Callable[[], str]:
    begun, gate = session(stage, somebody.id), gate_of(somebody.id)
    assert gate is not None
    change = Change(stage.world, system("test"))
    close_gate(change, gate, closed=True)
    change.commit(None)
    return lambda: begun
