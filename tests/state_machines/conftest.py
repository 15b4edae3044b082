"""A stage on which the workflow runs: the deployed definition in an interpreter, tasks answered by our handlers."""

from collections.abc import Iterator

import pytest

from expertgate import effects
from tests.builders.cases import APPLIED
from tests.conftest import TEMPLATE
from tests.stage import Stage, open_stage
from tests.state_machines.engine import ENGINE, lambda_tasks, make_machine


@pytest.fixture(autouse=True)
def applied(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, str]]:
    """Note effects instead of calling other areas."""
    APPLIED.clear()
    monkeypatch.setattr(effects, "EFFECTS", {"unit_admission": "tests.builders.cases:note_effect"})
    return APPLIED


@pytest.fixture
def empty(engine: str | None) -> Iterator[Stage]:
    """Give a stage that could run the workflow and has no machine yet."""
    with open_stage(TEMPLATE, engine, **ENGINE) as stage, lambda_tasks():
        yield stage


@pytest.fixture
def flowing(empty: Stage) -> Stage:
    """Give a stage on which the workflow runs."""
    make_machine()
    return empty
