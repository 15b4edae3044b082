"""Many requests at once about grants: exactly one effect each, and a revoke holds for the very next check."""

import json
from collections.abc import Callable
from functools import partial
from itertools import pairwise

import pytest

from expertgate.delegation.actions.tickets import Entry, issue_ticket
from expertgate.outbound.audit import AuditRow
from tests.builders.grants import Somebody, act, bound, day, opened, order, person, told, unit
from tests.builders.services import registered
from tests.races.racing import at_once, needs_engine
from tests.races.revoke_check import PAIRS, PAIRS_AT_ONCE, wrong_answers
from tests.stage import Answered, Stage


def _entries(employer: Somebody) -> list[str]:
    rows = AuditRow.query(f"UNIT#{employer.id}#SERVICE#fepms", page_size=100)
    return [row.tag for row in rows if row.tag.startswith("delegation:grant:")]


def test_two_hundred_binds_make_one_grant(stage: Stage, engine: str | None) -> None:
    needs_engine(engine)
    employer, agent = opened(stage, unit(stage)), person(stage)
    body = order(stage, agent)
    answers = at_once([partial(stage.call, "delegation.bind_agent", body, token=employer.token) for _ in range(200)])
    statuses = [one.status for one in answers]
    assert statuses.count(201) == 1
    assert {one.code for one in answers if one.status != 201} <= {"agent_bound_already", "try_again"}
    assert (_entries(employer), told(stage, agent)) == (["delegation:grant:bound"], ["grant_bound"])


def test_a_repeated_key_is_answered_alike_by_all(stage: Stage, engine: str | None) -> None:
    needs_engine(engine)
    employer, agent = opened(stage, unit(stage)), person(stage)
    body = order(stage, agent)
    answers = at_once([partial(stage.call, "delegation.bind_agent", body, token=employer.token, key="one-key-0001") for _ in range(50)])
    made = {one.json["id"] for one in answers if one.status == 201}
    assert len(made) == 1
    assert {one.code for one in answers if one.status != 201} <= {"agent_bound_already", "try_again"}
    again = stage.call("delegation.bind_agent", body, token=employer.token, key="one-key-0001")
    assert (again.status, {again.json["id"]}) == (201, made)


def test_a_grant_ends_in_one_way(stage: Stage, engine: str | None) -> None:
    needs_engine(engine)
    employer, agent, successor = opened(stage, unit(stage)), person(stage), person(stage, 2, "王小明")
    grant_id = bound(stage, employer, agent).json["id"]
    takes_over = {"person_id": successor.id, "first_day": day(stage), "last_day": day(stage, 9)}
    path = {"grant_id": grant_id}
    ways: list[Callable[[], Answered]] = [
        partial(stage.call, "delegation.revoke_grant", token=employer.token, path=path),
        partial(stage.call, "delegation.give_back_grant", token=agent.token, path=path),
        partial(stage.call, "delegation.change_agent", takes_over, token=employer.token, path=path),
    ]
    answers = at_once(ways * 5)
    assert len([one for one in answers if one.status < 300]) == 1
    ends = [tag for tag in _entries(employer) if tag.rpartition(":")[2] in {"revoked", "given_back", "replaced"}]
    assert len(ends) == 1


def test_parallel_guesses_get_three_tries(stage: Stage, engine: str | None) -> None:
    needs_engine(engine)
    employer, agent = unit(stage), person(stage)
    body = {"document_number": agent.number, "name": "张三丰"}
    answers = at_once([partial(stage.call, "delegation.find_person", body, token=employer.token) for _ in range(40)])
    assert sorted(one.code for one in answers)[:3] == ["person_not_found"] * 3
    assert [one.code for one in answers].count("too_many_wrong_names") == 37


def test_a_ticket_is_redeemed_by_one(stage: Stage, engine: str | None) -> None:
    needs_engine(engine)
    stage.run("delegation.rotate_ticket_keys")
    system, employer = registered(stage), opened(stage, unit(stage))
    body = {"ticket": issue_ticket(stage.world, Entry("fepms", employer.id, ("unit_administrator",)))}
    answers = at_once([partial(stage.call, "delegation.redeem_ticket", body, token=system.token) for _ in range(32)])
    assert sorted({one.status for one in answers}) == [200, 410]
    assert [one.status for one in answers].count(200) == 1


def test_a_check_after_a_revoke_says_no(stage: Stage, engine: str | None) -> None:
    needs_engine(engine)
    assert wrong_answers(stage, 96, 16) == 0


@pytest.mark.slow
def test_ten_thousand_checks_after_revokes_say_no(stage: Stage, engine: str | None) -> None:
    needs_engine(engine)
    assert wrong_answers(stage, PAIRS, PAIRS_AT_ONCE) == 0


def test_the_last_of_many_changes_is_what_counts(stage: Stage, engine: str | None) -> None:
    needs_engine(engine)
    employer, agent = opened(stage, unit(stage)), person(stage)
    grant_id = bound(stage, employer, agent).json["id"]
    days = [{"first_day": day(stage), "last_day": day(stage, ahead)} for ahead in range(10, 40)]
    change = partial(stage.call, "delegation.change_validity", token=employer.token, path={"grant_id": grant_id})
    answers = at_once([partial(change, body) for body in days])
    done = [one.json["last_day"] for one in answers if one.status == 200]
    rows = AuditRow.query(f"UNIT#{employer.id}#SERVICE#fepms", page_size=100)
    versions = sorted(json.loads(row.facts).get("version", 0) for row in rows)[1:]  # the opening has none
    shown = act(stage, employer, "show_agent_grant", grant_id).json["last_day"]
    assert len(versions) == 1 + len(done)
    assert all(after - before == 1 for before, after in pairwise(versions))
    assert shown in done
