"""What the reference says of an operation beside what its door declares: who may call, headers, samples, and how it refuses."""

from collections.abc import Iterable
from itertools import groupby
from typing import Any, Final

from expertgate.caller import Allow
from expertgate.errors.edge import IdempotencyKeyReused
from expertgate.outbound.repeats import KEY_FORM
from expertgate.settings import HOUR, LIMITS
from infra.reference import samples
from infra.reference.components import HEADERS, REFUSED, key_of
from infra.reference.refusals import Operation, Refusal, status
from infra.reference.words import table

type Described = dict[str, Any]

_KEY: Final = "Idempotency-Key"
_KEPT: Final = f"The same key and body again give the same answer and no second effect ({LIMITS.repeat_life // HOUR} hours)"
_NOT_KEPT: Final = "Taken as everywhere, yet no answer is kept here: the same request again is answered anew"
_LANGUAGE_HEADER: Final = {
    "name": "Accept-Language",
    "in": "header",
    "required": False,
    "schema": {"type": "string", "enum": ["zh-CN", "en"]},
    "description": "The language of sentences in the answer, Chinese unless English is asked for",
}
_TAG_HEADER: Final = {
    "name": "If-None-Match",
    "in": "header",
    "required": False,
    "schema": {"type": "string"},
    "description": "The `ETag` of the answer that one has: 304 and no body where it still holds",
}
_KEPT_BY: Final = {name: HEADERS[name] for name in ("ETag", "Cache-Control")}
_NOT_MODIFIED: Final = "304"
_UNCHANGED: Final = {"description": "What one has still holds; no body", "headers": _KEPT_BY}
# What parameters of this name mean wherever they stand.
_MEANT: Final = {
    "size": "How many on a page",
    "cursor": "Where to go on: the `next_cursor` of the page before; that of the last page is null",
    "service": "A code of the catalogue `services`",
    "bureau": "A code of the catalogue `bureaus`",
    "bureau_type": "Only bureaus of this type",
    "province": "Only bureaus of this province, by its code of administrative division",
    "parent": "The division whose parts are wanted, by its code; the provinces without it",
    "name": "The name of a catalogue, as `/v1/catalogues` lists them",
    "month": "A month of Shanghai, as in 2026-03",
    "due_by": "Due on this day of Shanghai or before",
    "at": "An instant with its offset (RFC 3339)",
    "state": "Only those in this state",
    "kind": "Only cases of this kind, a code of the catalogue `case_kinds`",
    "level": "Only cases that lie at this level",
    "text": "Part of a name",
    "uscc": "The unit's credit code (统一社会信用代码)",
    "keep_this_one": "Whether the session that asks stays",
    "account_id": "The account",
    "case_id": "The case",
    "client_id": "The service client",
    "evidence_id": "The upload",
    "face_check_id": "The face check",
    "grant_id": "The grant",
    "message_id": "The message",
    "official_id": "The official",
    "project_id": "The project",
    "recovery_id": "The recovery",
    "session_id": "The session, as `/v1/sessions` lists them",
    "unit_id": "The unit's account",
}
# How somebody proves who he is where it is neither session nor token, by action.
_PROOFS: Final[dict[str, list[dict[str, list[str]]]]] = {
    "issue_service_token": [{"client": []}, {}],
    "receive_face_result": [{"provider": []}],
}
_TICKET: Final = "recovery-ticket"
# OpenAPI wants these described by security and content, and passes such parameters by.
_NO_PARAMETERS: Final = {"authorization", "accept", "content-type"}
_UNEXPECTED: Final = "500"
_TOO_MANY: Final = "429"
_GATEWAY: Final = "Where everybody together asks too much the gateway refuses: in plain JSON, without code and Retry-After"


def describe(described: Described, operation: Operation, promise: str, refusals: list[Refusal]) -> Described:
    """Return a door's operation with all that a front end needs to know."""
    asked = [one for one in described.get("parameters", []) if one["name"].lower() not in _NO_PARAMETERS]
    sample = samples.asked(operation.area, operation.name)
    keeps = IdempotencyKeyReused in refusals
    common = [_LANGUAGE_HEADER, *([_TAG_HEADER] if operation.is_kept else []), *([_key_header(keeps=keeps)] if operation.changes else [])]
    told = {code: _succeeds(answer, operation, keeps=keeps) for code, answer in described["responses"].items() if code.startswith("2")}
    return {
        **described,
        "operationId": f"{operation.area}_{operation.name}",
        "tags": [operation.area],
        "description": f"{promise}\n\nFor: {callers(operation.allow)}.",
        "security": _security(operation, {one["name"] for one in asked}),
        "parameters": [*(_meant(one, sample) for one in asked), *common],
        **_body(described, sample),
        "responses": {**told, **({_NOT_MODIFIED: _UNCHANGED} if operation.is_kept else {}), **_refused(refusals)},
    }


def callers(allow: Allow) -> str:
    """Return who may call, in words."""
    return ", ".join(str(one.name).lower() for one in Allow if one in allow)


def _meant(parameter: Described, sample: Described) -> Described:
    name = parameter["name"]
    given = {**(sample.get("headers") or {}), **(sample.get("queryStringParameters") or {}), **(sample.get("pathParameters") or {})}
    described = {"description": _MEANT[name], **parameter} if name in _MEANT else parameter
    return described | ({"example": given[name]} if name in given else {})


def _body(described: Described, sample: Described) -> Described:
    """Return the request's body with a sample of it."""
    body = described.get("requestBody")
    if body is None or "example" not in sample:
        return {}
    return {
        "requestBody": body | {"content": {kind: {**content, "example": sample["example"]} for kind, content in body["content"].items()}}
    }


def _security(operation: Operation, parameters: set[str]) -> list[dict[str, list[str]]]:
    """Return how a caller shows who he is: any one of these; an empty one is nobody."""
    if operation.name in _PROOFS:
        return _PROOFS[operation.name]
    known: list[dict[str, list[str]]] = [{"session": []}] if operation.allow & (Allow.PERSON | Allow.UNIT | Allow.OFFICIAL) else []
    known += [{"service": []}] if Allow.SERVICE in operation.allow else []
    known += [{"recovery_ticket": []}] if _TICKET in parameters else []
    return known if Allow.STRANGER not in operation.allow or _TICKET in parameters else [{}, *known]


def _key_header(*, keeps: bool) -> Described:
    schema = {"type": "string", "pattern": f"^{KEY_FORM}$"}
    return {"name": _KEY, "in": "header", "required": False, "schema": schema, "description": _KEPT if keeps else _NOT_KEPT}


def _succeeds(answer: Described, operation: Operation, *, keeps: bool) -> Described:
    """Return a success with what a door answered once, and a header where a repeat gets the same."""
    headers = _KEPT_BY if operation.is_kept else {"Idempotency-Replayed": HEADERS["Idempotency-Replayed"]} if keeps else {}
    content = {kind: {**one, **samples.answered(operation.area, operation.name)} for kind, one in answer.get("content", {}).items()}
    done = "Done" if answer["description"] == "Successful Response" else answer["description"]
    return {**answer, **({"headers": headers} if headers else {}), **({"content": content} if content else {}), "description": done}


def _refused(refusals: Iterable[Refusal]) -> Described:
    """Return the responses by status, in which each refusal is told by its own schema."""
    by_status = {str(code): list(group) for code, group in groupby(refusals, key=status)}
    told = {code: _response(code, group) for code, group in by_status.items()}
    told[_TOO_MANY] = _throttled(told.get(_TOO_MANY))
    told[_UNEXPECTED] = {"$ref": f"#/components/responses/{_UNEXPECTED}"}
    return dict(sorted(told.items()))


def _response(code: str, refusals: list[Refusal]) -> Described:
    kinds: dict[str, list[Described]] = {}
    for one in refusals:
        kind = "application/json" if one.members else "application/problem+json"
        kinds.setdefault(kind, []).append({"$ref": f"#/components/schemas/{key_of(one)}"})
    content = {kind: {"schema": several[0] if len(several) == 1 else {"oneOf": several}} for kind, several in kinds.items()}
    return {"description": f"{REFUSED[code]}\n\n{table(refusals)}", "headers": _headers(code), "content": content}


def _headers(code: str) -> Described:
    also = {"401": ["WWW-Authenticate"], _TOO_MANY: ["Retry-After"]}
    return {name: HEADERS[name] for name in ["Content-Language", *also.get(code, [])]}


def _throttled(own: Described | None) -> Described:
    """Return what is answered to too many: at any door by the gateway, in its own words."""
    plain = {"application/json": {"schema": {"$ref": "#/components/schemas/Throttled"}}}
    if own is None:
        return {"description": _GATEWAY, "content": plain}
    return {**own, "description": f"{own['description']}\n\n{_GATEWAY}", "content": {**own["content"], **plain}}
