"""What a door loads before its first request: the edge, its own rooms, and nothing heavy unless the table says so.

Counted in modules, not in milliseconds: the list is the same on every machine.
"""

import fcntl
import json
import os
import subprocess
import sys

import pytest

from tests.tree.house import ROOT, doors

EDGE_PACKAGES = {
    "_cffi_backend",
    "_openssl",
    "annotated_types",
    "blinker",  # PynamoDB takes it where it is installed; the layer has none
    "certifi",  # so does botocore
    "aws_lambda_powertools",
    "botocore",
    "cryptography",
    "dateutil",
    "expertgate",
    "jmespath",
    "pydantic",
    "pydantic_core",
    "pynamodb",
    "six",
    "snapshot_restore_py",  # the runtime brings it; here it comes with the client of the runtime
    "typing_extensions",
    "typing_inspection",
    "urllib3",
}
# Doors that load another one (Pillow, PyJWT, zxcvbn, boto3, segno), each with its reason; the rule is to load it in the function
# that needs it.
ALLOWED: dict[str, set[str]] = {}
OWN_MODULES = 51
# A form of admission goes through account, grant, evidence, marks and case in one transaction; so does its door.
OWN_MODULES_OF = {"admission": 90}
# Whoever else opens a case brings the rooms of evidence, review and catalogue with him.
OWN_MODULES_WITH_A_CASE = 95
STANDARD_MODULES = 40


@pytest.fixture(scope="session")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[str]]:
    """Give what each door loads, found out once for all processes of a run: it is half a minute's work."""
    own = tmp_path_factory.getbasetemp()
    shared = own.parent if "PYTEST_XDIST_WORKER" in os.environ else own
    kept = shared / "door_imports.json"
    with (shared / "door_imports.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not kept.exists():
            kept.write_text(_told(), "utf-8")
    found: dict[str, list[str]] = json.loads(kept.read_text("utf-8"))
    return found


def _told() -> str:
    command, paths = [sys.executable, "-m", "infra.checks.door_imports"], f"{ROOT}{os.pathsep}{ROOT / 'layers/common'}"
    return subprocess.run(command, cwd=ROOT, env=os.environ | {"PYTHONPATH": paths}, stdout=subprocess.PIPE, check=True, text=True).stdout


def _packages(modules: list[str]) -> set[str]:
    tops = {name.partition(".")[0] for name in modules}
    return {top for top in tops if top not in sys.stdlib_module_names and not top.startswith(("__", "_sysconfigdata"))}


def test_the_edge_loads_only_what_is_listed(loaded: dict[str, list[str]]) -> None:
    assert _packages(loaded["edge"]) - EDGE_PACKAGES == set()


@pytest.mark.parametrize("door", [f"functions.{action}" for action in doors()])
def test_a_door_loads_no_package_but_the_edges(door: str, loaded: dict[str, list[str]]) -> None:
    beyond = _packages(loaded[door]) - EDGE_PACKAGES - {"functions"}
    assert beyond == ALLOWED.get(door, set())


@pytest.mark.parametrize("door", [f"functions.{action}" for action in doors()])
def test_a_door_keeps_to_its_budget_of_modules(door: str, loaded: dict[str, list[str]]) -> None:
    modules = loaded[door]
    own = [name for name in modules if name.startswith("expertgate.")]
    standard = [name for name in modules if name.partition(".")[0] in sys.stdlib_module_names]
    usual = OWN_MODULES_WITH_A_CASE if "expertgate.review.actions.opening" in own else OWN_MODULES
    assert len(own) <= OWN_MODULES_OF.get(door.split(".")[1], usual), own
    assert len(standard) <= STANDARD_MODULES, standard


def test_only_the_layers_own_init_does_something() -> None:
    filled = [str(path.relative_to(ROOT)) for path in (ROOT / "layers/common").rglob("__init__.py") if path.read_text("utf-8").strip()]
    assert filled == ["layers/common/expertgate/__init__.py"]  # the collector waits from the first import on
