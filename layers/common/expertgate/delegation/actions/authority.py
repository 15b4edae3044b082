"""The authority check: everything that decides is read in one strongly consistent call, so that a revoke holds for the very next one."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import cast

from expertgate.delegation import store
from expertgate.delegation.judging import judge
from expertgate.delegation.model import Evidence, Grant, Verdict
from expertgate.delegation.store import GrantRow, OpeningRow
from expertgate.errors.delegation import NoAuthority
from expertgate.outbound.rows import MOST_READ_TOGETHER, Key, Row, read_together
from expertgate.outbound.sessions import GateRow, gate_key
from expertgate.outbound.standing import standing_key
from expertgate.outbound.world import World

_KEYS_PER_QUESTION = 5
_QUESTIONS_PER_READ = MOST_READ_TOGETHER // _KEYS_PER_QUESTION


@dataclass(frozen=True)
class Question:
    """May this person act for this unit in this service, in this role where one is named."""

    agent_id: str
    unit_id: str
    service: str
    role: str | None = None


def require_grant(agent_id: str, unit_id: str, service: str, now: datetime) -> Grant:
    """Return the grant by which a person may act for a unit now.

    Raises NoAuthority, which names the reason (DEL-10).
    """
    (verdict,) = verdicts([Question(agent_id, unit_id, service)], now)
    if not verdict.allowed or verdict.grant is None:
        raise NoAuthority(reason=verdict.reason)
    return verdict.grant


def grants_of_agent(world: World, agent_id: str, service: str) -> list[Grant]:
    """Return the grants in force that a person has in a service, of all units (ADM-02)."""
    now = world.clock.now()
    units = [store.to_grant(row).unit_id for row in store.in_places_of(agent_id, service)]
    judged = verdicts([Question(agent_id, unit_id, service) for unit_id in units], now)
    return [verdict.grant for verdict in judged if verdict.allowed and verdict.grant is not None]


def verdicts(questions: Sequence[Question], now: datetime) -> list[Verdict]:
    """Return the answers in the order asked; a question and all that decides it are read in one call."""
    answers: list[Verdict] = []
    for first in range(0, len(questions), _QUESTIONS_PER_READ):
        some = questions[first : first + _QUESTIONS_PER_READ]
        found = read_together(*(key for question in some for key in _keys(question)))
        rows = [found[at : at + _KEYS_PER_QUESTION] for at in range(0, len(found), _KEYS_PER_QUESTION)]
        answers += [judge(_evidence(question, read), question.role, now) for question, read in zip(some, rows, strict=True)]
    return answers


def _keys(question: Question) -> tuple[Key, ...]:
    agent_id, unit_id, service = question.agent_id, question.unit_id, question.service
    live, opened = store.live_key(agent_id, unit_id, service), store.opening_key(unit_id, service)
    return live, opened, standing_key(unit_id), gate_key(unit_id), gate_key(agent_id)


def _evidence(question: Question, read: Sequence[Row | None]) -> Evidence:
    grant, opened = cast("GrantRow | None", read[0]), cast("OpeningRow | None", read[1])
    return Evidence(
        grant=store.to_grant(grant) if grant else None,
        opening=store.to_opening(opened) if opened else None,
        epoch=store.epoch_of(read[2]),
        unit_open=_is_open(read[3]),
        agent_open=_is_open(read[4]),
        is_unit_itself=question.agent_id == question.unit_id,
    )


def _is_open(gate: Row | None) -> bool:
    """Tell whether an account may be used; one without a gate is nobody's."""
    return gate is not None and not cast("GateRow", gate).closed
