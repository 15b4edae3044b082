"""The schedule finds nothing where nothing is due."""

from tests.stage import Stage


def test_nothing_due_means_nothing_tried(stage: Stage) -> None:
    assert stage.run("notice.retry_notices", {}) == {"tried": 0}
