"""What a door loads before its first request: the edge, its own rooms, and nothing heavy unless the table says so.

Counted in modules, not in milliseconds: the list is the same on every machine.
"""

import json
import os
import subprocess
import sys
from functools import cache

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
OWN_MODULES = 50
# A form of admission goes through account, grant, evidence, marks and case in one transaction; so does its door.
OWN_MODULES_OF = {"admission": 90}
# Whoever else opens a case brings the rooms of evidence, review and catalogue with him.
OWN_MODULES_WITH_A_CASE = 95
STANDARD_MODULES = 40


@cache
def _loaded() -> dict[str, list[str]]:
    command, paths = [sys.executable, "-m", "infra.checks.door_imports"], f"{ROOT}{os.pathsep}{ROOT / 'layers/common'}"
    told = subprocess.run(command, cwd=ROOT, env=os.environ | {"PYTHONPATH": paths}, capture_output=True, check=True, text=True)
    loaded: dict[str, list[str]] = json.loads(told.stdout)
    return loaded


def _packages(modules: list[str]) -> set[str]:
    tops = {name.partition(".")[0] for name in modules}
    return {top for top in tops if top not in sys.stdlib_module_names and not top.startswith(("__", "_sysconfigdata"))}


def test_the_edge_loads_only_what_is_listed() -> None:
    assert _packages(_loaded()["edge"]) - EDGE_PACKAGES == set()


@pytest.mark.parametrize("door", [f"functions.{action}" for action in doors()])
def test_a_door_loads_no_package_but_the_edges(door: str) -> None:
    beyond = _packages(_loaded()[door]) - EDGE_PACKAGES - {"functions"}
    assert beyond == ALLOWED.get(door, set())


@pytest.mark.parametrize("door", [f"functions.{action}" for action in doors()])
def test_a_door_keeps_to_its_budget_of_modules(door: str) -> None:
    modules = _loaded()[door]
    own = [name for name in modules if name.startswith("expertgate.")]
    standard = [name for name in modules if name.partition(".")[0] in sys.stdlib_module_names]
    usual = OWN_MODULES_WITH_A_CASE if "expertgate.review.actions.opening" in own else OWN_MODULES
    assert len(own) <= OWN_MODULES_OF.get(door.split(".")[1], usual), own
    assert len(standard) <= STANDARD_MODULES, standard


def test_every_init_of_the_layer_is_empty() -> None:
    filled = [str(path.relative_to(ROOT)) for path in (ROOT / "layers/common").rglob("__init__.py") if path.read_text("utf-8").strip()]
    assert filled == []
