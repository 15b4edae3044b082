"""Faults at the border to AWS: any call of an action can be made to fail before it takes effect, or after it did."""

import json
import re
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from botocore.exceptions import ClientError, ReadTimeoutError

from expertgate.outbound.aws import client
from infra.local.facts import Template

SERVICES = ("dynamodb", "stepfunctions", "s3", "sns", "kms")
_RANDOM = (
    (re.compile(r"\b(?:[0-9a-f]{64}|[0-9a-f]{32})\b"), "<hash>"),
    (re.compile(r"[0-7][0-9A-HJKMNP-TV-Z]{25}"), "<ulid>"),
    (re.compile(r"\$argon2id\$[^\"']+"), "<password>"),
    (re.compile(r"\b[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}\b"), "<uuid>"),
    (re.compile(r"(?<![\w-])[A-Za-z0-9_-]{43}(?=$|[ \"])"), "<secret>"),
    (re.compile(r"\bo\d{9}\b"), "<official>"),
    (re.compile(r"\b(\w+#in_review|due|RUN|DUE|CLOCK|JOB|COUNT#\S+)#\d+(?=$| )"), r"\1#<shard>"),
)
# What a repeated try may leave behind without harm: counters of limits, and the traces of a request that says it failed.
_COUNTERS = ("LIMIT#",)
# The root keys themselves are made by KMS at random.
_PASSING = {
    "roots",
    "repairs",
    "check_at",
    "attempts",
    "tries",
    "times",
    "failures",
    "count",
    "request_id",
    "version",
    "sent_at",
    "carrier_id",
    "reason",
}


# What follows from a deed is done with it, or by the system when the request died before: either is right, once.
_CARRIED_ON = {"review:case:reassigned"}
_WHO_AND_WHEN = {"actor", "actor_kind", "at", "client", "sk"}


class Killed(BaseException):
    """The process ended here: nothing of ours runs any more, no handler tidies up."""


type Kind = Callable[[str, dict[str, Any]], BaseException]


def timed_out(_operation: str, _request: dict[str, Any]) -> BaseException:
    """Return what a client sees when no answer comes."""
    error: BaseException = ReadTimeoutError(endpoint_url="http://127.0.0.1")
    return error


def throttled(operation: str, _request: dict[str, Any]) -> BaseException:
    """Return what AWS says when it is asked too much."""
    return _client_error(operation, "ThrottlingException", 400)


def broken(operation: str, _request: dict[str, Any]) -> BaseException:
    """Return what AWS says when it is itself in trouble."""
    return _client_error(operation, "InternalServerError", 500)


def killed(_operation: str, _request: dict[str, Any]) -> BaseException:
    """Return the end of the process."""
    return Killed()


def conflicted(operation: str, request: dict[str, Any]) -> BaseException:
    """Return what a transaction says when another one holds its rows."""
    asked = json.loads(request["body"])
    reasons = [{"Code": "TransactionConflict"} for _ in asked.get("TransactItems", [])]
    return _client_error(operation, "TransactionCanceledException", 400, CancellationReasons=reasons)


# Nothing is throttled, and no transaction cancelled, after it took effect.
BEFORE: dict[str, Kind] = {"timeout": timed_out, "throttle": throttled, "500": broken, "conflict": conflicted, "killed": killed}
AFTER: dict[str, Kind] = {"timeout": timed_out, "500": broken, "killed": killed}


@dataclass
class Faults:
    """Counts the calls of a run and makes one of them fail, or none."""

    fail_at: int | None = None
    after: bool = False
    error: Kind = timed_out
    calls: list[str] = field(default_factory=list)
    request: dict[str, Any] = field(default_factory=dict)

    def before_call(self, model: Any, params: dict[str, Any], **_: Any) -> None:
        """Count, and fail before the call leaves."""
        self.calls.append(f"{model.service_model.service_name}.{model.name}")
        self.request = params
        if not self.after and len(self.calls) - 1 == self.fail_at:
            raise self.error(model.name, params)

    def after_call(self, model: Any, **_: Any) -> None:
        """Fail after the call took effect: its answer is lost."""
        if self.after and len(self.calls) - 1 == self.fail_at:
            raise self.error(model.name, self.request)


def kinds_for(call: str) -> Iterator[tuple[bool, str, Kind]]:
    """Yield the faults that a call can meet: after its effect or not, in words, the error."""
    for name, kind in BEFORE.items():
        if name != "conflict" or call == "dynamodb.TransactWriteItems":
            yield False, name, kind
    for name, kind in AFTER.items():
        yield True, name, kind


@contextmanager
def injected(faults: Faults) -> Iterator[Faults]:
    """Let the faults happen in all clients of this process."""
    emitters = [client(service).meta.events for service in SERVICES]
    for events in emitters:
        events.register_first("before-call", faults.before_call, unique_id="faults-before")
        events.register_first("after-call", faults.after_call, unique_id="faults-after")
    try:
        yield faults
    finally:
        for events in emitters:
            events.unregister("before-call", unique_id="faults-before")
            events.unregister("after-call", unique_id="faults-after")


def _client_error(operation: str, code: str, status: int, **more: Any) -> BaseException:
    response = {"Error": {"Code": code, "Message": code}, "ResponseMetadata": {"HTTPStatusCode": status}, **more}
    error: BaseException = ClientError(response, operation)
    return error


def state(template: Template) -> Counter[str]:
    """Return all rows of all tables as comparable text: what is random is named, what may differ harmlessly is left out."""
    rows: Counter[str] = Counter()
    for table in template.tables:
        for page in client("dynamodb").get_paginator("scan").paginate(TableName=table.name):
            counted = [item for item in page["Items"] if not item["pk"]["S"].startswith(_COUNTERS)]
            rows.update(f"{table.logical_id} {_comparable(item)}" for item in counted)
    return rows


def _comparable(item: dict[str, Any]) -> str:
    left_out = _PASSING | (_WHO_AND_WHEN if item.get("tag", {}).get("S") in _CARRIED_ON else set())
    plain = {name: "<sealed>" if "B" in value else str(next(iter(value.values()))) for name, value in item.items() if name not in left_out}
    text = " ".join(f"{name}={plain[name]}" for name in sorted(plain))
    for pattern, name in _RANDOM:
        text = pattern.sub(name, text)
    return text
