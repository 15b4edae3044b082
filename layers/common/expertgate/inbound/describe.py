"""What the API reference says of every door alike: who may call, how it refuses, which headers it knows."""

from typing import Any

from expertgate.caller import Allow
from expertgate.outbound.repeats import KEY_FORM
from expertgate.settings import HOUR, LIMITS

_REFUSALS = {
    "401": "Not logged in, or the session has ended",
    "403": "This account may not do this",
    "404": "Not there, or not for this caller",
    "409": "The state of things forbids it",
    "410": "Used up or too late",
    "413": "Too large",
    "422": "A rule is broken; the fields are named",
    "429": "Too many; Retry-After says how long to wait",
    "500": "Internal error; only the request id is told",
    "503": "Busy; repeat the same request",
}
PROBLEM: dict[str, Any] = {
    "type": "object",
    "description": "Problem details (RFC 9457) with a stable machine code",
    "required": ["type", "title", "status", "code", "request_id"],
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string", "description": "A sentence in the language asked for"},
        "status": {"type": "integer"},
        "code": {"type": "string"},
        "request_id": {"type": "string"},
        "facts": {"type": "object", "additionalProperties": True},
        "errors": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["field", "rule", "message"],
                "properties": {name: {"type": "string"} for name in ("field", "rule", "message")},
            },
        },
    },
}
_KEY_HEADER = {
    "name": "Idempotency-Key",
    "in": "header",
    "required": False,
    "schema": {"type": "string", "pattern": f"^{KEY_FORM}$"},
    "description": f"The same key and body again give the same answer and no second effect ({LIMITS.repeat_life // HOUR} hours)",
}
# What parameters of this name mean wherever they stand.
_MEANT: dict[str, dict[str, str]] = {
    "size": {"description": "How many on a page"},
    "cursor": {"description": "Where to go on: the `next_cursor` of the page before"},
    "service": {"description": "A code of the catalogue `services`"},
    "bureau": {"description": "A code of the catalogue `bureaus`"},
    "month": {"description": "A month of Shanghai, as in 2026-03"},
    "due_by": {"description": "Due on this day of Shanghai or before"},
    "at": {"description": "An instant with its offset (RFC 3339)"},
    "unit_id": {"description": "The unit's account"},
}
_LANGUAGE_HEADER = {"name": "Accept-Language", "in": "header", "required": False, "schema": {"type": "string", "enum": ["zh-CN", "en"]}}


def describe(schema: dict[str, Any], allow: Allow, area: str, operation: str, *, is_oauth: bool = False) -> dict[str, Any]:
    """Return the door's schema with what is the same for all doors added."""
    needs_session = Allow.STRANGER not in allow
    for methods in schema["paths"].values():
        for method, described in methods.items():
            described |= {"operationId": f"{area}_{operation}", "tags": [area]}
            described["description"] = f"{described.get('description', '')}\n\nFor: {callers(allow)}.".strip()
            described["security"] = [{"session": []}] if needs_session else [{}, {"session": []}]
            asked = [{**_MEANT.get(one["name"], {}), **one} for one in described.get("parameters", [])]
            common = [_LANGUAGE_HEADER, *([] if method == "get" else [_KEY_HEADER])]
            described["parameters"] = [*asked, *common]
            described["responses"] = {**described["responses"], **_refusals(), **(_oauth_refusals() if is_oauth else {})}
    components = schema.setdefault("components", {})
    components.setdefault("schemas", {})["Problem"] = PROBLEM
    components["securitySchemes"] = {
        "session": {"type": "http", "scheme": "bearer", "description": "The token of a log-in, for services that of /v1/oauth/token"}
    }
    return schema


def callers(allow: Allow) -> str:
    """Return who may call, in words."""
    return ", ".join(str(one.name).lower() for one in Allow if one in allow)


def _refusals() -> dict[str, Any]:
    content = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}
    return {status: {"description": text, "content": content} for status, text in _REFUSALS.items()}


def _oauth_refusals() -> dict[str, Any]:
    """Return the refusals of OAuth's token endpoint (RFC 6749, 5.2): plain JSON with the members of a problem beside `error`."""
    words = {name: {"type": "string"} for name in ("error", "error_description")}
    both = {"allOf": [{"$ref": "#/components/schemas/Problem"}, {"type": "object", "required": [*words], "properties": words}]}
    content = {"application/json": {"schema": both}}
    refused = {"content": {**content, **_refusals()["401"]["content"]}, "description": "The client is not known; WWW-Authenticate says how"}
    return {"400": {"description": "invalid_request, invalid_scope or unsupported_grant_type", "content": content}, "401": refused}
