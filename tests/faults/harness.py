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
    (re.compile(r"\b(\w+#in_review|due|RUN|DUE|CLOCK|JOB|COUNT#\S+|(?:100000|platform)#\w+)#\d+(?=$| )"), r"\1#<shard>"),
)
_INSTANT = re.compile(r"\b\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[.\d]*Z")
# What a repeated try may leave behind without harm: counters of limits, and the traces of a request that says it failed.
_COUNTERS = ("LIMIT#",)
_SUMS = "COUNT#"
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
_CARRIED_ON = {"review:case:reassigned", "case_taken_back"}
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


def forbidden(operation: str, _request: dict[str, Any]) -> BaseException:
    """Return what AWS says to who may not: it will say so for ever."""
    return _client_error(operation, "AccessDeniedException", 400)


def killed(_operation: str, _request: dict[str, Any]) -> BaseException:
    """Return the end of the process."""
    return Killed()


def overrun(operation: str, _request: dict[str, Any]) -> BaseException:
    """Return what a table says that is asked for more than it has."""
    return _client_error(operation, "ProvisionedThroughputExceededException", 400)


def held(operation: str, _request: dict[str, Any]) -> BaseException:
    """Return what a single write says when a transaction holds its row."""
    return _client_error(operation, "TransactionConflictException", 400)


def cancelled(reason: str) -> Kind:
    """Return the fault of a transaction that was cancelled at its first row for a reason; AWS says None of the others."""

    def error(operation: str, request: dict[str, Any]) -> BaseException:
        others = json.loads(request["body"])["TransactItems"][1:]
        reasons = [{"Code": reason}, *({"Code": "None"} for _ in others)]
        return _client_error(operation, "TransactionCanceledException", 400, CancellationReasons=reasons)

    return error


# Nothing is throttled, and no transaction cancelled, after it took effect.
BEFORE: dict[str, Kind] = {"timeout": timed_out, "throttle": throttled, "500": broken, "killed": killed}
AFTER: dict[str, Kind] = {"timeout": timed_out, "500": broken, "killed": killed}
_TRANSACTION: dict[str, Kind] = {
    "conflict": cancelled("TransactionConflict"),
    "cancelled by throttling": cancelled("ThrottlingError"),
    "cancelled by throughput": cancelled("ProvisionedThroughputExceeded"),
}
_TABLE: dict[str, Kind] = {"throughput": overrun}
_WRITE: dict[str, Kind] = {**_TABLE, "conflict": held}
_READS = re.compile(r"\.(?:Get|BatchGet|Query|Scan|Head|List|Describe|Decrypt)")
_READ_AFTER = ("timeout", "500")
_SINGLE_WRITES = {f"dynamodb.{verb}Item" for verb in ("Put", "Update", "Delete")}


@dataclass
class Faults:
    """Counts the calls of a run and makes one of them fail, or none."""

    fail_at: int | None = None
    after: bool = False
    error: Kind = timed_out
    calls: list[str] = field(default_factory=list)
    request: dict[str, Any] = field(default_factory=dict)
    requests: list[dict[str, Any]] = field(default_factory=list)

    def before_call(self, model: Any, params: dict[str, Any], **_: Any) -> None:
        """Count, and fail before the call leaves."""
        self.calls.append(f"{model.service_model.service_name}.{model.name}")
        self.request = params
        self.requests.append(params)
        if not self.after and len(self.calls) - 1 == self.fail_at:
            raise self.error(model.name, params)

    def after_call(self, model: Any, **_: Any) -> None:
        """Fail after the call took effect: its answer is lost."""
        if self.after and len(self.calls) - 1 == self.fail_at:
            raise self.error(model.name, self.request)


def kinds_for(call: str) -> Iterator[tuple[bool, str, Kind]]:
    """Yield the faults that a call can meet: after its effect or not, in words, the error.

    A read that is lost after it was done is one that was never done: each error is tried once with it, some before and some after.
    """
    before, after = {**BEFORE, **_more_for(call)}, AFTER
    if _READS.search(call):
        before, after = (
            {name: kind for name, kind in before.items() if name not in _READ_AFTER},
            {name: AFTER[name] for name in _READ_AFTER},
        )
    for name, kind in before.items():
        yield False, name, kind
    for name, kind in after.items():
        yield True, name, kind


def _more_for(call: str) -> dict[str, Kind]:
    """Return what only DynamoDB says, by what was asked of it."""
    if call == "dynamodb.TransactWriteItems":
        return _TRANSACTION
    if call in _SINGLE_WRITES:
        return _WRITE
    return _TABLE if call.startswith("dynamodb.") else {}


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


def state(template: Template, *, timeless: bool = False) -> Counter[str]:
    """Return all rows of all tables as comparable text: what is random is named, what may differ harmlessly is left out.

    Where a schedule carries on later what a fault stopped, instants differ: they are left out of a timeless state.
    """
    rows: Counter[str] = Counter()
    for table in template.tables:
        for page in client("dynamodb").get_paginator("scan").paginate(TableName=table.name):
            kept = [item for item in page["Items"] if not item["pk"]["S"].startswith(_COUNTERS)]
            rows.update(f"{table.logical_id} {_comparable(item)}" for item in kept if not _is_sum(item))
            for item in filter(_is_sum, kept):
                rows.update(_summed(table.logical_id, item))
    found: Counter[str] = Counter()
    for row, times in rows.items():
        found[_INSTANT.sub("<instant>", row) if timeless else row] += times
    return Counter({row: times for row, times in found.items() if times})  # one below nothing would be a fault


def _is_sum(item: dict[str, Any]) -> bool:
    """Tell whether a row counts cases: its shard follows from their random ids, and two may share one or not."""
    return bool(item["pk"]["S"].startswith(_SUMS))


def _summed(table: str, item: dict[str, Any]) -> dict[str, int]:
    """Return what a row of a sum adds to it, by its place without the shard."""
    place = _comparable({name: value for name, value in item.items() if "S" in value})
    return {f"{table} {place} {name}": int(value["N"]) for name, value in item.items() if "N" in value and name not in _PASSING}


def _comparable(item: dict[str, Any]) -> str:
    deed = item.get("tag") or item.get("template") or {}
    left_out = _PASSING | (_WHO_AND_WHEN if deed.get("S") in _CARRIED_ON else set())
    plain = {name: "<sealed>" if "B" in value else str(next(iter(value.values()))) for name, value in item.items() if name not in left_out}
    text = " ".join(f"{name}={plain[name]}" for name in sorted(plain))
    for pattern, name in _RANDOM:
        text = pattern.sub(name, text)
    return text
