"""Least rights, both ways: what a function does in any test its policy allows; what a policy allows some test of a whole run did."""

import atexit
import json
import os
import shutil
import tempfile
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
from tests.figures import tell

SERVICES = ("dynamodb", "stepfunctions", "s3", "sns", "sesv2")
# KMS is asked by AWS itself with the caller's rights: its calls are not ours to record.
_RECORDED = {"dynamodb", "states", "s3", "ses", "sns"}
# Where each process of a run writes down what its functions did.
FOLDER = "PERMISSIONS_FOLDER"
# What a policy must allow though no test does it, with the reason.
EXCEPTED = Path(__file__).parent / "permissions.json"
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


def begin_to_record() -> None:
    """Let this process and those it starts write down what functions do, in a folder that goes with this process."""
    if FOLDER not in os.environ:
        folder = os.environ[FOLDER] = tempfile.mkdtemp(prefix="permissions-")
        atexit.register(shutil.rmtree, folder, ignore_errors=True)


def write_down() -> None:
    """Keep what was used in this process, for the check after the whole run that no policy allows more."""
    if _used:
        found = {action: sorted(map(list, used)) for action, used in sorted(_used.items())}
        (Path(os.environ[FOLDER]) / f"{os.getpid()}.json").write_text(json.dumps(found))


def wrong_rights() -> list[str]:
    """Return what policies allow and no test of the run did, but for what is excepted with its reason, and exceptions without need."""
    used: dict[str, set[Use]] = {}
    for file in Path(os.environ[FOLDER]).glob("*.json"):
        for action, some in json.loads(file.read_text()).items():
            used.setdefault(logical_id(action), set()).update(tuple(one) for one in some)
    rights = {function: rights_in(found) for function, found in statements(shared=False).items()}
    idle = {named(function, right) for function, own in rights.items() for right in idle_rights(own, used.get(function, set()))}
    excepted = {right for one in json.loads(EXCEPTED.read_text("utf-8")) for right in one["rights"]}
    tell("rights", functions=len(rights), allowed=sum(map(len, rights.values())), excepted=len(excepted), never_used=len(idle - excepted))
    return [f"no test does: {one}" for one in sorted(idle - excepted)] + [f"excepted, but done: {one}" for one in sorted(excepted - idle)]


def named(function: str, right: Use) -> str:
    """Return a right of a function as the exceptions spell it."""
    return f"{function} {right[0]} {right[1].rpartition(':')[2].removeprefix('table/')}"


def note(right: str, resource: str) -> None:
    """Let a fake that stands for a service say which right the real one would have needed."""
    seen = _seen.get()
    if seen is not None:
        seen.add((right, resource))


def rights_in(found: list[dict[str, Any]]) -> set[Use]:
    """Return every action with every resource that statements allow, of the services whose calls are recorded."""
    return {
        (action, resource)
        for one in found
        if one["Effect"] == "Allow"
        for action in _listed(one["Action"])
        for resource in _listed(one["Resource"])
        if action.partition(":")[0] in _RECORDED
    }


def idle_rights(rights: set[Use], used: set[Use]) -> list[Use]:
    """Return the rights that nothing in use needs."""
    return sorted(right for right in rights if not any(fnmatchcase(one[0], right[0]) and fnmatchcase(one[1], right[1]) for one in used))


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
