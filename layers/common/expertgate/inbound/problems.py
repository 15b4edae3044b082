"""From error to answer: the one table of statuses, and problem documents (RFC 9457) in the caller's language."""

import json
import re
from typing import Any

from aws_lambda_powertools.event_handler import Response
from aws_lambda_powertools.event_handler.exceptions import NotFoundError
from aws_lambda_powertools.event_handler.openapi.exceptions import RequestValidationError

from expertgate.caller import Language
from expertgate.errors import base
from expertgate.errors.base import ExpertGateError, InvalidInput, TooMany
from expertgate.errors.edge import MalformedBody, RouteUnknown, TryAgain
from expertgate.forms.problems import FieldProblem
from expertgate.outbound.passing import is_passing
from expertgate.wording import say, say_error

STATUS: dict[type[ExpertGateError], int] = {
    base.BadRequest: 400,
    base.NotAuthenticated: 401,
    base.NotAllowed: 403,
    base.NotFound: 404,
    base.Conflict: 409,
    base.Gone: 410,
    base.TooLarge: 413,
    base.Unprocessable: 422,
    base.TooMany: 429,
    base.Unavailable: 503,
}
UNEXPECTED = 500

_RULES = {
    "missing": "missing",
    "extra_forbidden": "unknown_field",
    "string_too_short": "too_short",
    "too_short": "too_short",
    "string_too_long": "too_long",
    "too_long": "too_long",
    "greater_than_equal": "too_small",
    "greater_than": "too_small",
    "less_than_equal": "too_big",
    "less_than": "too_big",
    "int_parsing": "whole_number",
    "int_parsing_size": "whole_number",
    "int_type": "whole_number",
    "int_from_float": "whole_number",
    "enum": "not_in_list",
    "literal_error": "not_in_list",
    "string_pattern_mismatch": "bad_form",
    "string_unicode": "bad_text",
}
_OF_LISTS = {"enum", "literal_error"}
_CHOICE = re.compile(r"'([^']*)'")
_LIMITS = ("min_length", "max_length", "ge", "gt", "le", "lt")


def status_of(error: ExpertGateError) -> int:
    """Return the status of the error's family."""
    return next(STATUS[family] for family in type(error).__mro__ if family in STATUS)


def translate(exc: Exception) -> ExpertGateError | None:
    """Return the domain error for what the framework raised, None for what nobody expected."""
    if isinstance(exc, ExpertGateError):
        return exc
    if isinstance(exc, FieldProblem | RequestValidationError):
        return _of_fields(exc)
    if isinstance(exc, NotFoundError):
        return RouteUnknown()
    if isinstance(exc, RecursionError):
        return MalformedBody()
    return TryAgain() if is_passing(exc) else None


def problem(error: ExpertGateError | None, language: Language, request_id: str) -> Response[str]:
    """Return the problem document of an error; for an unexpected one it says nothing but the request id."""
    status = status_of(error) if error is not None else UNEXPECTED
    code = error.code if error is not None else "internal_error"
    facts = error.facts if error is not None else {}
    document: dict[str, Any] = {
        "type": f"urn:expertgate:problem:{code}",
        "title": say_error(error, language) if error is not None else say("errors", code, language),
        "status": status,
        "code": code,
        "request_id": request_id,
        **({"facts": facts} if facts else {}),
        **_oauth(error),
    }
    if isinstance(error, InvalidInput):
        document["errors"] = [_field(*one, language) for one in error.problems]
    elif error is not None and error.field:
        document["errors"] = [{"field": error.field, "rule": code, "message": document["title"]}]
    headers: dict[str, str | list[str]] = {"Retry-After": str(error.retry_after)} if isinstance(error, TooMany) else {}
    if error is not None and error.challenge:
        headers["WWW-Authenticate"] = error.challenge
    headers["Content-Language"] = language.value
    media_type = "application/json" if error is not None and error.members else "application/problem+json"
    body = json.dumps(document, ensure_ascii=False, default=str)
    return Response(status_code=status, content_type=media_type, body=body, headers=headers)


def _oauth(error: ExpertGateError | None) -> dict[str, str]:
    """Return what OAuth's clients read; its description is ASCII, so English (RFC 6749, 5.2)."""
    if error is None or not error.members:
        return {}
    return {**error.members, "error_description": say("errors", error.code, Language.EN, error.facts)}


def _field(field: str, rule: str, facts: dict[str, object], language: Language) -> dict[str, object]:
    return {"field": field, "rule": rule, "message": say("fields", rule, language, facts)}


def _of_fields(exc: FieldProblem | RequestValidationError) -> ExpertGateError:
    if isinstance(exc, FieldProblem):  # a rule looked at the field after the request was parsed
        return InvalidInput([(exc.field or "body", exc.rule, exc.facts)])
    found = [_problem_of(one) for one in exc.errors()]
    if any(rule == "json_invalid" for _, rule, _ in found):
        return MalformedBody()
    return InvalidInput(found)


def _problem_of(error: dict[str, Any]) -> tuple[str, str, dict[str, object]]:
    kind, context = str(error["type"]), dict(error.get("ctx") or {})
    limit = next((context[name] for name in _LIMITS if name in context), None)
    facts = context | ({"limit": limit} if limit is not None else {})
    rule = context.pop("rule", None) or _RULES.get(kind, kind if kind == "json_invalid" else "wrong_type")
    if rule == "too_short" and limit == 1:
        rule = "required"  # whoever left a starred field empty is not told a length
    if kind in _OF_LISTS:
        facts["expected"] = _choices(context["expected"])
    return _path(error["loc"]), str(rule), facts


def _choices(expected: str) -> list[str] | str:
    """Return what pydantic enumerates in an English sentence; numbers stay as they are."""
    return _CHOICE.findall(expected) or expected


def _path(loc: tuple[int | str, ...]) -> str:
    names = [str(part) for part in loc if part not in {"body", "path", "query", "header"}]
    return ".".join(names) or "body"
