"""SnapStart: copies of one snapshot share no connection and no randomness."""

import random

from expertgate.outbound.aws import after_restore, client
from expertgate.outbound.sessions import GateRow
from tests.stage import Stage


def test_restored_copy_makes_its_own_clients(stage: Stage) -> None:
    frozen = client("dynamodb")
    assert GateRow._get_connection().connection.client is frozen
    after_restore()
    assert client("dynamodb") is not frozen
    assert GateRow._get_connection().connection.client is client("dynamodb")


def test_restored_copies_draw_different_jitter() -> None:
    drawn = []
    for _ in range(2):
        random.seed(7)
        after_restore()
        drawn.append(random.random())  # noqa: S311 -- jitter is what this is about
    assert drawn[0] != drawn[1]
