"""A workflow engine that notes what it is told; effects that note what they did."""

import pytest

from expertgate import effects
from tests.builders.cases import APPLIED, FakeWorkflow
from tests.stage import Stage


@pytest.fixture
def workflow(stage: Stage) -> FakeWorkflow:
    """Put a noting engine in place of the real one."""
    fake = FakeWorkflow()
    stage.world.__dict__["workflow"] = fake
    return fake


@pytest.fixture(autouse=True)
def applied(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, str]]:
    """Note effects instead of calling other areas."""
    APPLIED.clear()
    monkeypatch.setattr(effects, "EFFECTS", dict.fromkeys(["unit_admission", "appeal"], "tests.builders.cases:note_effect"))
    return APPLIED
