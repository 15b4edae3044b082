"""The folder of one machine is its own: whatever else lies in a folder, `--reset` would remove."""

from pathlib import Path

import pytest

from infra.local.state import State, StateInUse


def test_a_folder_with_other_things_is_not_taken(tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_text("years of work")
    for _ in range(2):
        with pytest.raises(StateInUse, match="holds other things"):
            State(tmp_path).hold()
    assert [one.name for one in tmp_path.iterdir()] == ["thesis.txt"]
