"""The straight way through a door: a request in good order meets its action without a chain of middlewares.

Powertools looks at each request for all it may be: forms, files, cookies, lists in headers, injected dependencies; that cost a small
request a fifth of its time. Here the fields Powertools made of the action's signature are asked directly. Whatever is out of the ordinary,
every refusal of a field first of all, takes Powertools' way, so that both know one set of rules (docs/decisions/0015).
"""

import json
from collections.abc import Mapping
from types import UnionType
from typing import Any, Final, get_args, get_type_hints

from aws_lambda_powertools.event_handler.openapi.compat import is_scalar_field
from pydantic import BaseModel, TypeAdapter

_ORDINARY: Final = ("", "application/json")


def straight_way(route: Any) -> "Straight | None":  # noqa: ANN401 -- Powertools' Route
    """Return the way through a door's one route, None where it asks or answers something else than fields and models."""
    asked, told = route.dependant, get_type_hints(route.func)["return"]
    is_plain = all(is_scalar_field(field) for field in (*asked.query_params, *asked.header_params)) and _is_one_model(asked.body_params)
    return Straight(route, told) if is_plain and _is_model(told) and not asked.cookie_params and not route.has_dependencies else None


class Straight:
    """The way through a door's one route."""

    def __init__(self, route: Any, told: Any) -> None:  # noqa: ANN401 -- Powertools' Route, an annotation
        """Take what the route asks for and what it answers."""
        self._route = route
        self._asked = route.dependant
        self._answer = TypeAdapter[Any](told)

    def arguments(self, event: Mapping[str, Any], path: str, headers: Mapping[str, str]) -> dict[str, Any] | None:
        """Return what the action is called with, None where the request needs Powertools' eyes."""
        found = self._route.rule.match(path) if event["requestContext"]["http"]["method"] == self._route.method else None
        if found is None:
            return None
        asked, query = self._asked, event.get("queryStringParameters") or {}
        beside = [
            *((field, query.get(field.alias)) for field in asked.query_params),
            *((field, headers.get(field.alias)) for field in asked.header_params),
        ]
        if any("," in value for _, value in beside if value):
            return None  # perhaps several values
        within = [
            *((field, found[field.alias]) for field in asked.path_params),
            *((field, _read(event, headers)) for field in asked.body_params),
        ]
        return _accepted([*beside, *within])

    def answered(self, arguments: dict[str, Any]) -> dict[str, Any]:
        """Call the action and return its answer as API Gateway wants it."""
        body = self._answer.dump_json(self._route.func(**arguments), by_alias=True)
        return {"statusCode": self._route.status_code, "headers": {"Content-Type": "application/json"}, "body": body.decode()}


def _is_model(kind: Any) -> bool:  # noqa: ANN401 -- an annotation
    """Tell whether it is a model, or one of several; a response made by the action itself is none."""
    one_of = get_args(kind) if isinstance(kind, UnionType) else (kind,)
    return all(isinstance(one, type) and issubclass(one, BaseModel) for one in one_of)


def _is_one_model(fields: list[Any]) -> bool:
    """Tell whether there is no body or one, which is a JSON object itself and not a member of one."""
    return not fields or (len(fields) == 1 and _is_model(fields[0].type_) and not getattr(fields[0].field_info, "embed", None))


def _read(event: Mapping[str, Any], headers: Mapping[str, str]) -> dict[str, Any] | None:
    """Return the JSON object of a body, None for whatever else it is."""
    kind = headers.get("content-type", "").partition(";")[0].strip()
    if kind not in _ORDINARY or event.get("isBase64Encoded"):
        return None
    try:
        read = json.loads(event.get("body") or "")
    except ValueError:
        return None
    return read if isinstance(read, dict) else None


def _accepted(values: list[tuple[Any, Any]]) -> dict[str, Any] | None:
    """Return the values that their fields accept, None where one does not, or must have one and has none."""
    accepted = {}
    for field, value in values:
        if value is None:
            if field.required:
                return None
            accepted[field.name] = field.get_default()
            continue
        accepted[field.name], problems = field.validate(value=value, loc=())
        if problems:
            return None
    return accepted
