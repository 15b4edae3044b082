"""The engine of `make run`, its rows in a file: in memory it would number each change of a stream by reading all before it."""

import os
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from infra.local.dynoxide import Dynoxide, find
from infra.local.state import State

ROOT = Path(__file__).resolve().parents[2]


@contextmanager
def local_engine() -> Iterator[tuple[str, Callable[[], float]]]:
    """Give the address of the engine as `make run` starts it, with its rows in a file, and what tells the CPU it has used."""
    program = find(ROOT)
    if program is None:
        sys.exit("dynoxide is not installed: make install")
    with tempfile.TemporaryDirectory() as folder:
        state = State(Path(folder))
        engine = Dynoxide(program, state)
        try:
            yield engine.start(), partial(_cpu_of, state.read("dynoxide.json", {})["pid"])
        finally:
            engine.stop()


def _cpu_of(pid: int) -> float:
    user, system = Path(f"/proc/{pid}/stat").read_text("utf-8").rpartition(")")[2].split()[11:13]
    return (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")
