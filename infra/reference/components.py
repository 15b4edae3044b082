"""What operations have in common in the reference: problem documents, one schema for each refusal, headers, ways to show who one is."""

from collections.abc import Iterable
from typing import Any, Final

from expertgate.errors.base import InvalidInput, TooMany
from expertgate.wording import section
from infra.reference.refusals import Refusal, status
from infra.reference.words import facts, sentences

type Schema = dict[str, Any]

REFUSED: Final = {
    "400": "Not what the protocol asks for",
    "401": "Not logged in, or the session has ended",
    "403": "This account may not do this",
    "404": "Not there, or not for this caller",
    "409": "The state of things forbids it",
    "410": "Used up or too late",
    "413": "Too large",
    "422": "A rule is broken; `errors` names the fields",
    "429": "Too many",
    "503": "Busy; repeat the same request",
}
_INTERNAL: Final = "internal_error"
_PROBLEM: Final[Schema] = {
    "type": "object",
    "description": "Problem details (RFC 9457) with a stable machine code",
    "required": ["type", "title", "status", "code", "request_id"],
    "properties": {
        "type": {"type": "string", "description": "`urn:expertgate:problem:` and the code"},
        "title": {"type": "string", "description": "A sentence in the language asked for"},
        "status": {"type": "integer"},
        "code": {"type": "string", "description": "What a program decides by; it never changes"},
        "request_id": {"type": "string", "description": "What support asks for"},
        "facts": {"type": "object", "additionalProperties": True, "description": "What the sentence says, for programs"},
        "errors": {"type": "array", "items": {"$ref": "#/components/schemas/BrokenRule"}},
    },
}
_THROTTLED: Final[Schema] = {"type": "object", "required": ["message"], "properties": {"message": {"type": "string"}}}

HEADERS: Final[dict[str, Schema]] = {
    name: {"schema": {"type": kind}, "description": said}
    for name, kind, said in (
        ("Cache-Control", "string", "How long the answer may be kept without asking again"),
        ("Content-Language", "string", "The language of the sentences: zh or en"),
        ("ETag", "string", "The tag of this state of the answer, for `If-None-Match`"),
        ("Idempotency-Replayed", "string", "`true` where this is the answer that an earlier request with the same key was given"),
        ("Retry-After", "integer", "How many seconds to wait"),
        ("WWW-Authenticate", "string", "How to show who one is (RFC 9110, 11.6.1)"),
    )
}
SECURITY: Final[dict[str, Schema]] = {
    "session": {"type": "http", "scheme": "bearer", "description": "The `token` of a log-in of a person, unit or official"},
    "service": {"type": "http", "scheme": "bearer", "description": "The `access_token` that a downstream system gets from /v1/oauth/token"},
    "client": {"type": "http", "scheme": "basic", "description": "A downstream system's credentials; they may be in the form instead"},
    "recovery_ticket": {
        "type": "apiKey",
        "in": "header",
        "name": "recovery-ticket",
        "description": "The ticket that the start of a recovery answered",
    },
    "provider": {
        "type": "apiKey",
        "in": "header",
        "name": "x-provider-signature",
        "description": "The face provider's signature, with `x-provider-time` and `x-provider-nonce`",
    },
}


def components(refusals: Iterable[Refusal]) -> dict[str, dict[str, Schema]]:
    """Return all components of the reference besides the models of doors."""
    schemas = {"Problem": _PROBLEM, "BrokenRule": _broken_rule(), "Throttled": _THROTTLED} | {key_of(one): _schema(one) for one in refusals}
    return {"schemas": schemas, "responses": {"500": _unexpected()}, "securitySchemes": SECURITY}


def key_of(refusal: Refusal) -> str:
    """Return the name of a refusal's schema."""
    return f"problem.{refusal.code}"


def _schema(refusal: Refusal) -> Schema:
    own = _told(refusal.code, status(refusal))
    if named := facts().of(refusal):
        known = {name: {"type": "integer"} if name == "retry_after" and issubclass(refusal, TooMany) else {} for name in named}
        own["properties"]["facts"] = {"type": "object", "properties": known}
    if issubclass(refusal, InvalidInput):
        own["required"] = ["errors"]
    if refusal.members:
        words = {
            "error": {"const": refusal.members["error"]},
            "error_description": {"type": "string", "description": "In English (RFC 6749, 5.2)"},
        }
        own = {**own, "required": [*own.get("required", []), *words], "properties": {**own["properties"], **words}}
    promise = str(refusal.__doc__).partition("\n")[0]
    return {"description": promise, "allOf": [{"$ref": "#/components/schemas/Problem"}, own]}


def _told(code: str, number: int) -> Schema:
    said = {"type": "string", "examples": sentences(code)}
    return {"type": "object", "properties": {"status": {"const": number}, "code": {"const": code}, "title": said}}


def _unexpected() -> Schema:
    own = {"allOf": [{"$ref": "#/components/schemas/Problem"}, _told(_INTERNAL, 500)]}
    return {
        "description": "Internal error; only the request id is told: {} / {}".format(*sentences(_INTERNAL)),
        "content": {"application/problem+json": {"schema": own}},
    }


_RULE: Final = "The rule that is broken; `missing` is a field that is not there, `required` one that is there and empty:"


def _broken_rule() -> Schema:
    """Return one entry of `errors`, with the words of all rules."""
    lines = ["| `{}` | {} | {} |".format(rule, *sentences(rule, "fields")) for rule in sorted(section("fields"))]
    told = "\n".join([_RULE, "", "| rule | 中文 | English |", "| --- | --- | --- |", *lines])
    return {
        "type": "object",
        "required": ["field", "rule", "message"],
        "properties": {
            "field": {"type": "string", "description": "The field as it was sent, parts divided by points"},
            "rule": {"type": "string", "description": told},
            "message": {"type": "string", "description": "The rule's sentence in the language asked for"},
        },
    }
