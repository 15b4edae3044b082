"""The template's facts as one machine sees them."""

from pathlib import Path

import boto3
import pytest
from moto import mock_aws

from infra.local.facts import Template
from infra.local.intrinsics import TemplateBroken
from infra.local.template import create_tables, environment, load

SAMPLE = Path(__file__).parent / "sample" / "template.yaml"


@pytest.fixture(scope="module")
def template() -> Template:
    return load(SAMPLE)


def test_environment_names_resources_that_exist(template: Template) -> None:
    env = environment(template)
    assert env["THINGS"] == template.tables[0].name
    assert env["EVIDENCE_BUCKET"] in template.buckets
    assert env["MASTER_KEY"] in template.keys
    assert env["MACHINE"] == template.machines[0].arn
    assert env["TOPIC_ARN"].endswith(template.topics[0])


def test_intrinsic_functions_are_carried_out(template: Template) -> None:
    env = environment(template)
    assert env["TITLE"] == "expertgate-local in local, not ${Stage}"
    assert "ONLY_ELSEWHERE" not in env
    assert [table.logical_id for table in template.tables] == ["Things"]
    assert template.machines[0].substitutions["OpenTask"].endswith(":function:" + template.functions["SampleOpenTask"].name)


def test_given_parameters_go_before_local_ones() -> None:
    other = load(SAMPLE, {"Stage": "prod"})
    assert other.environment["ONLY_ELSEWHERE"] == "yes"
    assert len(other.tables) == 2


def test_routes_schedules_and_streams_are_found(template: Template) -> None:
    assert ("GET", "/v1/things/{id}", "SampleShow") in {(each.method, each.path, each.function) for each in template.routes}
    assert {each.expression for each in template.schedules} == {"rate(1 minute)", "cron(30 9 * * ? *)"}
    mapping = template.streams[0]
    assert (mapping.table, mapping.batch_size, mapping.retries, mapping.reports_failures) == (template.tables[0].name, 10, 9, True)
    assert mapping.filters[0]["eventName"] == ["INSERT"]
    assert template.local.prepare == ("SamplePrepare", {"local": True})


def test_functions_inherit_what_globals_say(template: Template) -> None:
    function = template.functions["SampleKeep"]
    assert (function.module, function.callable_name, function.timeout) == ("functions.sample.keep", "handler", 10)
    assert function.environment["STAGE"] == "local"


def test_missing_parameter_is_named(tmp_path: Path) -> None:
    file = tmp_path / "template.yaml"
    file.write_text("Parameters: {Where: {Type: String}}\nResources: {}\n")
    with pytest.raises(TemplateBroken, match="Where"):
        load(file)


def test_unknown_reference_is_named(tmp_path: Path) -> None:
    file = tmp_path / "template.yaml"
    file.write_text("Resources: {A: {Type: 'AWS::Serverless::Function', Properties: {CodeUri: x/, Handler: !Ref Nowhere}}}\n")
    with pytest.raises(TemplateBroken, match="Nowhere"):
        load(file)


def test_tables_are_created_once_with_indexes_and_ttl(template: Template, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, "testing")
    with mock_aws():
        client = boto3.client("dynamodb", region_name="us-east-1")
        assert create_tables(client, template) == [template.tables[0].name]
        assert create_tables(client, template) == []
        table = client.describe_table(TableName=template.tables[0].name)["Table"]
        ttl = client.describe_time_to_live(TableName=template.tables[0].name)["TimeToLiveDescription"]
    assert table["GlobalSecondaryIndexes"][0]["IndexName"] == "by_colour"
    assert table["StreamSpecification"]["StreamEnabled"]
    assert ttl["AttributeName"] == "expires"
