"""What is deployed fits the China partition as well as the others: no address of one partition, no feature that one lacks."""

import re
from typing import Any

import pytest

from infra.local.intrinsics import Resolver, parse
from tests.tree.house import ROOT, name_of, sources

_TEMPLATE = parse((ROOT / "template.yaml").read_text("utf-8"))
# Services as principals are called the same everywhere.
_OF_ONE_PARTITION = re.compile(r"arn:aws(-cn)?:|(?<!cloudwatch\.)(?<!scheduler\.)amazonaws\.com")


@pytest.mark.parametrize(("partition", "mode"), [("aws", "Active"), ("aws-cn", "PassThrough"), ("aws-us-gov", "Active")])
def test_functions_are_traced_where_lambda_traces(partition: str, mode: str) -> None:
    names: dict[str, Any] = {name: one.get("Default") for name, one in _TEMPLATE["Parameters"].items()}
    resolver = Resolver({**names, "AWS::Partition": partition}, _TEMPLATE["Conditions"], {}, lambda name, _: name)
    assert resolver.resolve(_TEMPLATE["Globals"]["Function"]["Tracing"]) == mode


def test_nothing_deployed_names_a_partition() -> None:
    machines = (ROOT / "infra/state_machines").glob("*.json")
    deployed = [*sources("functions", "layers/common/expertgate"), *machines, ROOT / "template.yaml"]
    assert len(deployed) > 100
    assert [name_of(path) for path in deployed if _OF_ONE_PARTITION.search(path.read_text("utf-8"))] == []
