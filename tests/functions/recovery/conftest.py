"""A workflow engine that notes what it is told: the steps are run by hand."""

import pytest

from tests.builders.cases import FakeWorkflow
from tests.stage import Stage


@pytest.fixture
def workflow(stage: Stage) -> FakeWorkflow:
    """Put a noting engine in place of the real one."""
    fake = FakeWorkflow()
    stage.world.__dict__["workflow"] = fake
    return fake
