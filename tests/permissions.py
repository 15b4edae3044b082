"""Least rights: whatever a function does in any test must be allowed by its own policy in the template."""

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from fnmatch import fnmatchcase
from functools import cache
from pathlib import Path
from typing import Any

from expertgate.outbound import aws
from infra.local import naming
from infra.local.template import statements

SERVICES = ("dynamodb", "stepfunctions", "s3", "sns", "sesv2")
_VERBS = {"Put": "PutItem", "Update": "UpdateItem", "Delete": "DeleteItem", "ConditionCheck": "ConditionCheckItem"}
_OBJECTS = {
    "HeadObject": "GetObject",
    "GetObject": "GetObject",
    "PutObject": "PutObject",
    "DeleteObject": "DeleteObject",
    "CopyObject": "PutObject",
    "CreateBucket": "PutObject",
}
# botocore signs a browser's form as if for CreateBucket; who sends it writes with the rights of the function that signed.
_FORM, _FORM_FOLDER = "CreateBucket", "uploads/"

type Use = tuple[str, str]
_used: dict[str, set[Use]] = {}


class NotPermitted(AssertionError):
    """A function did what its policy in the template does not allow: it would fail in AWS."""


# What the action in this context has used so far, its own threads included; None outside of one.
_seen: ContextVar[set[Use] | None] = ContextVar("seen", default=None)


def watch_clients() -> None:
    """Let every client made from now on report its calls."""
    aws.session().register("before-parameter-build", _note, unique_id="permissions")


@contextmanager
def watched(action: str) -> Iterator[None]:
    """Compare every AWS call made inside with the policy of this action's function."""
    seen = set[Use]()
    outside = _seen.set(seen)
    try:
        yield
    finally:
        _seen.reset(outside)
    _used.setdefault(action, set()).update(seen)
    refused = sorted(use for use in seen if not is_permitted(action, use))
    if refused:
        message = f"{logical_id(action)}'s policy lacks {refused}"
        raise NotPermitted(message)


def _note(model: Any, params: Any, **_: Any) -> None:
    service = model.service_model.service_name
    seen = _seen.get()
    if seen is not None and service in SERVICES:
        seen.update(uses(service, model.name, params))


def uses(service: str, operation: str, params: dict[str, Any]) -> set[Use]:
    """Return the IAM actions and resources that a call needs."""
    if service == "dynamodb":
        return _tables(operation, params)
    if service == "s3":
        key = _FORM_FOLDER if operation == _FORM else params.get("Key", "")
        return {(f"s3:{_OBJECTS.get(operation, operation)}", f"arn:aws:s3:::{params.get('Bucket')}/{key}")}
    if service == "sesv2":
        # IAM knows both generations of the service by the older name, and asks for the identity that sends.
        return {(f"ses:{operation}", f"arn:aws:ses:{naming.REGION}:{naming.ACCOUNT}:identity/{params['FromEmailAddress']}")}
    # A token belongs to the machine whose task it is; IAM asks for that one.
    machine = os.environ["REVIEW_MACHINE"] if "taskToken" in params else params.get("stateMachineArn")
    resource = machine or params.get("executionArn") or params.get("TopicArn") or "*"
    return {(f"{'states' if service == 'stepfunctions' else service}:{operation}", str(resource))}


def is_permitted(action: str, use: Use) -> bool:
    """Tell whether the function's policy allows it and does not deny it."""
    effects = {one["Effect"] for one in _statements()[logical_id(action)] if _matches(one, use)}
    return effects == {"Allow"}


def logical_id(action: str) -> str:
    """Return the resource of an action: account.register_unit is AccountRegisterUnit."""
    return "".join(word.capitalize() for word in action.replace(".", "_").split("_"))


def write_down(folder: Path) -> None:
    """Keep what was used in this process, for the check after the whole run that no policy allows more."""
    folder.mkdir(parents=True, exist_ok=True)
    found = {action: sorted(map(list, used)) for action, used in sorted(_used.items())}
    (folder / f"{os.getpid()}.json").write_text(json.dumps(found, indent=1))


@cache
def _statements() -> dict[str, list[dict[str, Any]]]:
    return statements()


def _matches(statement: dict[str, Any], use: Use) -> bool:
    actions, resources = _listed(statement["Action"]), _listed(statement["Resource"])
    return any(fnmatchcase(use[0], one) for one in actions) and any(fnmatchcase(use[1], one) for one in resources)


def _listed(value: Any) -> list[str]:
    return value if isinstance(value, list) else [value]


def _tables(operation: str, params: dict[str, Any]) -> set[Use]:
    if operation == "TransactWriteItems":
        items = [next(iter(one.items())) for one in params["TransactItems"]]
        return {(f"dynamodb:{_VERBS[verb]}", _table(request["TableName"])) for verb, request in items}
    if operation == "TransactGetItems":
        return {("dynamodb:GetItem", _table(one["Get"]["TableName"])) for one in params["TransactItems"]}
    if "RequestItems" in params:
        return {(f"dynamodb:{operation}", _table(name)) for name in params["RequestItems"]}
    index = f"/index/{params['IndexName']}" if "IndexName" in params else ""
    return {(f"dynamodb:{operation}", _table(params["TableName"]) + index)}


def _table(name: str) -> str:
    return naming.arn("AWS::DynamoDB::Table", name)
