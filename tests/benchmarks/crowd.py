"""Who is asked about in the benchmark of size, and of whom the crowd around them is made."""

from dataclasses import dataclass

from tests.benchmarks.population import Group
from tests.builders.admission import admitted, another_agent
from tests.builders.cases import applicant, opened
from tests.builders.grants import Somebody, again, bound, day, person
from tests.builders.officials import HANDAN, NATIONAL, Desk, official
from tests.builders.people import a_verified_person
from tests.builders.services import System, registered
from tests.stage import Stage

AGENTS_OF_A_UNIT = 10  # strangers
A_PAGE = 25  # more than a list shows, in front of the crowd: its copies can't be unsealed
_PEOPLE = ("Accounts", "Sessions", "Grants", "Admission")
DESKS = ((HANDAN, 4), (NATIONAL, 8))  # half of the crowd's cases lie in the queue of a city, half in that of the nation: copies of so many
LATER = 10  # days by which the crowd's cases are due later, and its executions looked at later


@dataclass(frozen=True)
class Crowd:
    """Those who are asked about, what is due, and the groups to be copied."""

    employer: Somebody
    agent: Somebody
    newcomer: Somebody
    mobile: str
    system: System
    city: Desk
    nation: Desk
    ending: list[tuple[str, str]]
    followed: list[tuple[str, str]]
    groups: list[Group]


def crowd(stage: Stage, size: int, due: int) -> Crowd:
    """Make a unit with agents, desks with cases, `due` grants that have ended and as many executions to be looked at.

    A crowd of a size is so many persons with a grant each, a tenth as many units they act for, a tenth as many more agents of the one unit
    that is asked about, and so many open cases, half of them in the queue of one city, half in that of the nation.
    """
    employer, agent = admitted(stage)
    newcomer, fellow, strangers = another_agent(stage, employer, 300), another_agent(stage, employer, 301), admitted(stage, 2)
    ending = [person(stage, 400 + number) for number in range(max(due, A_PAGE))]
    for one in ending:
        bound(stage, employer, one, last_day=day(stage, 1))
    stage.clock.advance(days=2)
    groups = [*_people(stage, size, employer, fellow, strangers), *_cases(stage, size)]
    followed = [_opened(stage, HANDAN if number % 2 else NATIONAL) for number in range(max(due, 2 * A_PAGE))]
    stage.clock.advance(minutes=10)
    return Crowd(
        again(stage, employer),
        again(stage, agent),
        again(stage, newcomer),
        str(a_verified_person(stage).mobile)[3:],
        registered(stage),
        official(stage),
        official(stage, NATIONAL),
        [(f"AGENT#{one.id}", f"UNIT#{employer.id}#SERVICE#fepms") for one in ending[:due]],
        [(f"CASE#{case_id}", "RUN") for case_id, _ in followed[:due]],
        groups,
    )


def _people(stage: Stage, size: int, employer: Somebody, fellow: Somebody, strangers: tuple[Somebody, Somebody]) -> list[Group]:
    unit, agent = strangers
    units = max(1, size // AGENTS_OF_A_UNIT)
    grants = {one.id: _grant_of(stage, one, of) for one, of in ((fellow, employer), (agent, unit))}
    return [
        Group("units of strangers", _PEOPLE, (unit.id,), units, {agent.id: 1}, (agent.id, grants[agent.id])),
        Group("strangers with a grant", _PEOPLE, (agent.id, grants[agent.id]), size, {unit.id: AGENTS_OF_A_UNIT}, (unit.id,)),
        Group("agents of the unit", _PEOPLE, (fellow.id, grants[fellow.id]), max(1, size // 10)),
    ]


def _cases(stage: Stage, size: int) -> list[Group]:
    now = stage.clock.now()
    stage.clock.advance(days=LATER)
    made = {bureau: tuple(one for _ in range(many) for one in _opened(stage, bureau)) for bureau, many in DESKS}
    stage.clock.set(now)
    return [Group(f"cases at {at}", ("Review",), made[at], max(1, size // 2 // many)) for at, many in DESKS]


def _opened(stage: Stage, bureau: str) -> tuple[str, str]:
    """Open a case that lies at a bureau and return its id and that of what it is about."""
    subject = stage.world.codes.ulid(stage.clock.now())
    return opened(stage, subject=subject, applicant=applicant(subject), bureau=bureau), subject


def _grant_of(stage: Stage, agent: Somebody, employer: Somebody) -> str:
    from expertgate.delegation.store import in_place  # noqa: PLC0415 -- the tables' names must stand in the environment first

    kept = in_place(stage.world.keys, agent.id, employer.id, "fepms")
    assert kept is not None
    return kept.grant.id
