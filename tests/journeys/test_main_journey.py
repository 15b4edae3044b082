"""The main journey of the manuals, over HTTP, against the system as `make run` starts it (issue: one machine, end to end)."""

import pytest

from infra.local.demo.__main__ import play
from infra.local.demo.server import Server
from infra.local.demo.story import Story


@pytest.mark.parametrize(
    "ric",
    [
        pytest.param(False, id="in one process"),
        pytest.param(True, id="under awslambdaric", marks=pytest.mark.slow),  # a process for each of its functions; test_ric is the sample
    ],
)
def test_the_whole_journey_passes_over_http(*, ric: bool) -> None:
    story = Story(quiet=True)
    with Server(ric=ric) as server:
        cast = play(server, story)
    assert story.checks > 100
    assert cast.unit.account_id != cast.agent.account_id
