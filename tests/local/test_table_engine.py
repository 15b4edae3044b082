"""The table engine of one machine stays quick when its streams are long."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from infra.local.dynoxide import Dynoxide, find
from infra.local.state import State

ROOT = Path(__file__).resolve().parents[2]
NEWEST = "SELECT COALESCE(MAX(CAST(sequence_number AS INTEGER)), 0) + 1 FROM _stream_records WHERE table_name = 'notices'"


def test_the_newest_change_is_found_by_index(tmp_path: Path) -> None:
    program = find(ROOT)
    if program is None:
        pytest.skip("dynoxide is not installed")
    for _ in range(2):  # the second start finds the index there
        engine = Dynoxide(program, State(tmp_path))
        engine.start()
        engine.stop()
    with closing(sqlite3.connect(tmp_path / "tables.db")) as rows:
        plan = [row[3] for row in rows.execute(f"EXPLAIN QUERY PLAN {NEWEST}")]
    assert plan == ["SEARCH _stream_records USING INDEX newest_of_stream (table_name=?)"]
