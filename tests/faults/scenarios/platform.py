"""Faults while the platform is prepared and its keys change."""

from tests.builders.keys import make_master_key, prepared
from tests.faults.scenario import Send, running, scenario
from tests.faults.scenarios.notice import told
from tests.stage import Stage


@scenario("platform.prepare")
def _prepare(stage: Stage) -> Send:
    """Prepare without an administrator: asked again, that one gets another code on purpose (tests/functions/platform/test_prepare.py)."""
    make_master_key()  # the world keeps its own ring, so that marks are alike in all plays
    return running(stage, "platform.prepare")


@scenario("platform.rotate_keys")
def _rotate_keys(stage: Stage) -> Send:
    prepared(stage)
    return running(stage, "platform.rotate_keys", {"instead_of": "00000001"})


@scenario("platform.reseal_rows")
def _reseal_rows(stage: Stage) -> Send:
    prepared(stage)
    told(stage)
    stage.run("platform.rotate_keys", {"instead_of": "00000001"})
    return running(stage, "platform.reseal_rows", {})


@scenario("platform.reseal_rows:retiring")
def _retire(stage: Stage) -> Send:
    _reseal_rows(stage)()
    stage.clock.advance(hours=2)
    return running(stage, "platform.reseal_rows", {})
