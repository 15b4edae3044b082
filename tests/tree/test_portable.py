"""A clone works anywhere: no tracked file knows this machine, a registry's address or anything outside the clone."""

import re
from pathlib import Path

import pytest

from tests.tree.house import ROOT, name_of, tracked

_REGISTRIES = re.compile(r"(?:pypi|pythonhosted|npmjs|npmmirror|debian|aliyun|tsinghua)\.(?:org|com|cn|edu)", re.IGNORECASE)
_MACHINE_PATHS = re.compile(r"(?<![\w.~$}>*/])/(?:work|root|tmp|home|Users)/")
_OUTSIDE = re.compile(r"\.\./" + "shared")
_WORDS = [path for path in tracked() if path.suffix not in {".png", ".jpg", ".jpeg", ".pdf", ".gz"} and path != Path(__file__)]


def _mentions(pattern: re.Pattern[str]) -> list[str]:
    return [
        f"{name_of(path)}:{number}"
        for path in _WORDS
        for number, line in enumerate(path.read_text("utf-8").splitlines(), start=1)
        if pattern.search(line)
    ]


@pytest.mark.parametrize("pattern", [_REGISTRIES, _MACHINE_PATHS, _OUTSIDE], ids=["registries", "machine paths", "shared folder"])
def test_no_file_mentions_this_workplace(pattern: re.Pattern[str]) -> None:
    assert _mentions(pattern) == []


def test_pins_have_hashes_and_no_addresses() -> None:
    for file in (ROOT / "requirements").glob("*.txt"):
        lines = file.read_text("utf-8").splitlines()
        assert [line for line in lines if line.lstrip().startswith(("--index", "--find", "--extra", "-i ", "-f "))] == []
        packages = [line for line in lines if re.match(r"[a-z0-9]", line)]
        assert packages
        assert all(line.endswith("\\") for line in packages), f"a package without hashes in {file.name}"


def test_the_lock_file_has_integrity_and_no_addresses() -> None:
    lock = (ROOT / "package-lock.json").read_text("utf-8")
    assert '"resolved"' not in lock
    assert lock.count('"integrity"') == lock.count('"node_modules/')


def test_the_layer_is_built_from_the_pins() -> None:
    assert (ROOT / "layers/common/requirements.txt").resolve() == ROOT / "requirements/runtime.txt"
