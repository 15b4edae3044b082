"""The process keeps its memory flat: garbage goes, and so do the pages that the allocator holds for nothing."""

import gc
import subprocess
import sys
import time
import weakref
from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any, cast

import pytest

from infra.local import tidy
from infra.local.machine import Machine
from tests.local.running import ROOT

_LEAVES_HOLES = """
import resource
from pathlib import Path
from infra.local.tidy import tidy_up

def resident():
    return int(Path("/proc/self/statm").read_text().split()[1]) * resource.getpagesize()

held = [(bytearray(100_000), bytearray(2_000)) for _ in range(400)]
held = [small for _, small in held]
before = resident()
tidy_up()
print(before - resident())
"""


class _Knot:
    """Something that only a search for garbage finds."""

    def __init__(self) -> None:
        self.me = self


@pytest.fixture
def thawed() -> Iterator[None]:
    yield
    gc.unfreeze()


@pytest.mark.usefixtures("thawed")
def test_garbage_goes_but_imports_are_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tidy, "_EVERY", 0.01)
    assert not gc.get_freeze_count()
    one = tidy.Tidy()
    one.start()
    assert gc.get_freeze_count()
    left = weakref.ref(_Knot())
    ends = time.monotonic() + 5
    while left() and time.monotonic() < ends:
        time.sleep(0.01)
    one.stop()
    assert left() is None


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="measured where Linux tells it")
def test_free_pages_go_back_to_the_system() -> None:
    told = subprocess.run([sys.executable, "-c", _LEAVES_HOLES], cwd=ROOT, capture_output=True, text=True, check=True)
    assert int(told.stdout) > 30_000_000


def test_a_settled_machine_tidies_up() -> None:
    done: list[str] = []
    part: Any = SimpleNamespace(
        template=SimpleNamespace(local=SimpleNamespace(reconcile=None)),
        streams=SimpleNamespace(nudge=lambda: done.append("streams")),
        tidy=SimpleNamespace(start=lambda: done.append("tidy")),
        reference=SimpleNamespace(start=lambda: done.append("reference")),
    )
    Machine._settle(part, cast("Any", None))
    assert done == ["streams", "tidy", "reference"]
