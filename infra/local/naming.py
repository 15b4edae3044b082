"""The names and ARNs that resources have on one machine: deterministic, so that a restart finds its data again."""

import re
from collections.abc import Callable, Mapping
from typing import Any, Final
from uuid import NAMESPACE_DNS, uuid5

ACCOUNT: Final = "123456789012"
REGION: Final = "us-east-1"
PREFIX: Final = "expertgate-local"

_OWN_NAME: Final = {
    "AWS::DynamoDB::Table": "TableName",
    "AWS::Serverless::Function": "FunctionName",
    "AWS::Serverless::StateMachine": "Name",
    "AWS::StepFunctions::StateMachine": "StateMachineName",
    "AWS::SNS::Topic": "TopicName",
    "AWS::SQS::Queue": "QueueName",
    "AWS::S3::Bucket": "BucketName",
    "AWS::KMS::Alias": "AliasName",
    "AWS::SecretsManager::Secret": "Name",
}


def _arn(service: str, rest: str) -> str:
    return f"arn:aws:{service}:{REGION}:{ACCOUNT}:{rest}"


_ARN: Final[Mapping[str, Callable[[str], str]]] = {
    "AWS::DynamoDB::Table": lambda name: _arn("dynamodb", f"table/{name}"),
    "AWS::Serverless::Function": lambda name: _arn("lambda", f"function:{name}"),
    "AWS::Serverless::StateMachine": lambda name: _arn("states", f"stateMachine:{name}"),
    "AWS::StepFunctions::StateMachine": lambda name: _arn("states", f"stateMachine:{name}"),
    "AWS::SNS::Topic": lambda name: _arn("sns", name),
    "AWS::SQS::Queue": lambda name: _arn("sqs", name),
    "AWS::S3::Bucket": lambda name: f"arn:aws:s3:::{name}",
    "AWS::KMS::Key": lambda name: _arn("kms", f"key/{name}"),
    "AWS::SecretsManager::Secret": lambda name: _arn("secretsmanager", f"secret:{name}-local0"),
}
_REF_IS_ARN: Final = frozenset(
    {
        "AWS::Serverless::StateMachine",
        "AWS::StepFunctions::StateMachine",
        "AWS::SNS::Topic",
        "AWS::SecretsManager::Secret",
    },
)


def physical_name(logical_id: str, resource: Mapping[str, Any], resolve: Callable[[Any], Any]) -> str:
    """Return the name a resource has: its own where the template gives one, else one made from its logical id."""
    kind = resource["Type"]
    own = resource.get("Properties", {}).get(_OWN_NAME.get(kind, ""))
    if own is not None:
        return str(resolve(own))
    if kind == "AWS::KMS::Key":
        return str(uuid5(NAMESPACE_DNS, f"{logical_id}.{PREFIX}"))
    if kind == "AWS::S3::Bucket":
        return f"{PREFIX}-{logical_id.lower()}"
    return f"{PREFIX}-{logical_id}"


def arn(kind: str, name: str) -> str:
    """Return the ARN of a resource by its type and name."""
    return _ARN[kind](name) if kind in _ARN else _arn("local", name)


def reference(kind: str, name: str) -> str:
    """Return what !Ref gives for a resource: the name, or for some types the ARN."""
    if kind == "AWS::SQS::Queue":
        return f"https://sqs.{REGION}.amazonaws.com/{ACCOUNT}/{name}"
    return arn(kind, name) if kind in _REF_IS_ARN else name


def attribute(kind: str, name: str, wanted: str) -> str:
    """Return what !GetAtt gives for a resource."""
    if wanted in {"Arn", "TopicArn", "Id"}:
        return arn(kind, name)
    if wanted == "StreamArn":
        return f"{arn(kind, name)}/stream/local"
    if wanted in {"DomainName", "RegionalDomainName"}:
        return f"{name}.s3.amazonaws.com"
    # Name, KeyId, QueueName, TopicName and others that are the name itself
    return name if wanted in {"Name", "KeyId", "QueueName", "TopicName"} else f"{name}/{wanted}"


def safe(text: str) -> str:
    """Return text that can be part of a file's name."""
    return re.sub(r"[^A-Za-z0-9._-]", "_", text)
