"""The recovery drill: tables out of a dump serve the same answers elsewhere; lost workflows are rebuilt from the rows."""

from typing import Any

from expertgate.outbound.aws import client
from expertgate.settings import settings
from tests.builders.cases import FakeWorkflow, claim, decide, opened
from tests.builders.grants import bound, person, unit
from tests.builders.grants import opened as entered
from tests.builders.officials import HEBEI, official
from tests.conftest import TEMPLATE
from tests.faults.scenarios.review import engine_here
from tests.stage import Stage, open_stage

type Dump = dict[str, list[dict[str, Any]]]


def _dumped() -> Dump:
    pages = client("dynamodb").get_paginator("scan")
    return {table.name: [one for page in pages.paginate(TableName=table.name) for one in page["Items"]] for table in TEMPLATE.tables}


def _restored(dump: Dump) -> int:
    for table, items in dump.items():
        for item in items:
            client("dynamodb").put_item(TableName=table, Item=item)
    return sum(map(len, dump.values()))


def _lived(stage: Stage) -> dict[str, tuple[str, dict[str, Any]]]:
    """Let something happen and return the questions that must be answered alike afterwards: action -> token and request."""
    stage.world.__dict__["workflow"] = FakeWorkflow()
    employer, agent = entered(stage, unit(stage)), person(stage)
    grant = bound(stage, employer, agent).json["id"]
    case = opened(stage)
    decide(stage, case, official(stage))
    desk = official(stage, HEBEI)
    claim(stage, case, desk)
    return {
        "account.show_account": (employer.token, {}),
        "delegation.list_agents": (employer.token, {}),
        "delegation.show_agent_grant": (agent.token, {"path": {"grant_id": grant}}),
        "notice.list_messages": (agent.token, {}),
        "review.list_queue": (desk.token, {}),
        "review.show_case": (desk.token, {"path": {"case_id": case}}),
    }


def _answers(stage: Stage, questions: dict[str, tuple[str, dict[str, Any]]]) -> dict[str, Any]:
    asked = {action: stage.call(action, token=token, **request) for action, (token, request) in questions.items()}
    assert {one.status for one in asked.values()} == {200}, [one.text for one in asked.values()]
    return {action: one.json | {"deeds": None} for action, one in asked.items()}  # that a case was looked at is itself a deed


def test_a_restored_dump_serves_the_same_answers(engine: str | None) -> None:
    with open_stage(TEMPLATE, engine) as stage:
        questions = _lived(stage)
        before, dump = _answers(stage, questions), _dumped()
    with open_stage(TEMPLATE, engine) as fresh:
        assert _restored(dump) > 20
        assert _answers(fresh, questions) == before


def test_lost_executions_are_rebuilt_from_rows(engine: str | None) -> None:
    with open_stage(TEMPLATE, engine) as stage:
        engine_here()
        cases = {opened(stage, subject=f"U{number}") for number in range(5)}
        dump = _dumped()
    with open_stage(TEMPLATE, engine) as fresh:
        engine_here()
        _restored(dump)
        assert client("stepfunctions").list_executions(stateMachineArn=settings().review_machine)["executions"] == []
        assert fresh.run("review.reconcile_cases", {"all": True}) == {"mended": 5}
        names = [one["name"] for one in client("stepfunctions").list_executions(stateMachineArn=settings().review_machine)["executions"]]
        assert {case for case in cases if any(case in name for name in names)} == cases
        assert len(names) == 5
